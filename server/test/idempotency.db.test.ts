import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Problem } from '#contract/shapes.ts'
import { apiOf, eventually, openFlorin, signInAs, type TestFlorin } from './florin.ts'
import { createPayment, paidPayment, paymentIs } from './payer.ts'

let at: TestFlorin
let secret: string
let keyId: string
beforeAll(async () => {
  at = await openFlorin()
  const owner = await signInAs(at.origin, at.owner.email, at.config.ownerPassword ?? '')
  const scopes = ['create_payment', 'request_refund', 'create_transaction']
  const made = await owner.post<{ secret: string; id: string }>('/v1/api_keys', {
    name: 'shop',
    scopes,
  })
  secret = made.body.secret
  keyId = made.body.id
})
afterAll(async () => {
  expect(await at.audit()).toEqual([])
  await at.close()
})

const BODY = { amount: { value: '10.00', currency: 'EUR' }, reference: 'once' }
const count = async (table: string) =>
  (await at.db.query<{ n: number }>({ text: `select count(*)::int as n from ${table}` }))[0]?.n

/** A request whose Idempotency-Key is exactly this, or missing. */
async function post(path: string, body: object, key: string | null, origin = at.origin) {
  const answer = await fetch(`${origin}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
      ...(key === null ? {} : { 'idempotency-key': key }),
    },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  const { id, code } = JSON.parse(text) as Problem & { id: string }
  return { status: answer.status, text, id, code, headers: answer.headers }
}

describe('the key', () => {
  it('must be there, on everything that moves money', async () => {
    const made = await createPayment(at.api)
    const paths = ['/v1/payments', `/v1/payments/${made.id}/charges`, '/v1/checkout_sessions']
    const bodies = [BODY, { token: 'tok_success' }, BODY]
    for (const [index, path] of paths.entries()) {
      const { status, code } = await post(path, bodies[index] ?? {}, null)
      expect([path, status, code]).toEqual([path, 400, 'idempotency_key_missing'])
    }
  })

  it('is not asked for by a look at what would happen', async () => {
    const paid = await paidPayment(at.api)
    const before = await count('idempotent_requests')
    const look = await post(
      `/v1/payments/${paid.id}/refunds`,
      { reason: 'look only', dry_run: true },
      null,
    )
    expect(look.status).toBe(200)
    expect(await count('idempotent_requests')).toBe(before)
    expect(await count('refunds')).toBe(0)
  })

  it.each([
    ['spaces', '   '],
    ['quotes around nothing', '""'],
    ['256 characters', 'k'.repeat(256)],
    ['a letter that is not ASCII', 'clé'],
  ])('is refused with %s', async (_what, key) => {
    const { status, code } = await post('/v1/payments', BODY, key)
    expect([status, code]).toEqual([400, expect.stringMatching(/^idempotency_key_/)])
  })

  it('is the same with and without quotes, and has up to 255 characters', async () => {
    const key = 'k'.repeat(255)
    const bare = await post('/v1/payments', BODY, key)
    const quoted = await post('/v1/payments', BODY, `"${key}"`)
    expect(quoted.id).toBe(bare.id)
    expect(quoted.headers.get('idempotency-replayed')).toBe('true')
  })

  it('belongs to one address and to one caller', async () => {
    const key = crypto.randomUUID()
    const first = await post('/v1/payments', BODY, key)
    expect(first.status).toBe(201)
    const elsewhere = await post('/v1/checkout_sessions', BODY, key)
    expect([elsewhere.status, elsewhere.code]).toEqual([422, 'idempotency_key_reused'])
    const other = await at.api.post('/v1/payments', BODY, { 'idempotency-key': key })
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused'])
    expect(JSON.stringify(other.body)).not.toContain(first.id)
  })
})

describe('the answer', () => {
  it('of a repeat is the first one, byte for byte', async () => {
    const key = crypto.randomUUID()
    const first = await post('/v1/payments', BODY, key)
    await at.api.post(`/v1/payments/${first.id}/cancel`)
    const again = await post('/v1/payments', BODY, key)
    expect([again.status, again.text]).toEqual([201, first.text])
    expect(first.headers.get('idempotency-replayed')).toBe(null)
  })

  it('of a refusal is not kept: once the cause is gone, the same key works', async () => {
    const made = await createPayment(at.api)
    const path = `/v1/payments/${made.id}/refunds`
    const key = crypto.randomUUID()
    const refused = await post(path, { reason: 'too early' }, key)
    expect([refused.status, refused.code]).toEqual([409, 'not_refundable'])
    await at.api.post(`/v1/payments/${made.id}/charges`, { token: 'tok_success' })
    await paymentIs(at.api, made.id, (one) => one.status === 'succeeded')
    expect((await post(path, { reason: 'too early' }, key)).status).toBe(201)
    const repeated = await post(path, { reason: 'too early' }, key)
    expect([repeated.status, await count('refunds')]).toEqual([201, 1])
  })

  it('survives the process, in one that is started later', async () => {
    const key = crypto.randomUUID()
    const first = await post('/v1/payments', BODY, key)
    const before = await count('payments')
    const later = await openFlorin({ url: at.url, poolSize: 4 })
    const again = await post('/v1/payments', BODY, key, later.origin)
    expect([again.status, again.text]).toEqual([201, first.text])
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    await later.close()
    expect(await count('payments')).toBe(before)
  })

  it('of one whose process died after the effect comes from the effect', async () => {
    const paid = await paidPayment(at.api)
    const path = `/v1/payments/${paid.id}/refunds`
    const key = crypto.randomUUID()
    const body = { reason: 'died' }
    const first = await post(path, body, key)
    const die = (lease: string) =>
      at.db.query({
        text: `update idempotent_requests set status = null, body = null, finished_at = null,
            lease_until = clock_timestamp() + $2::interval where key = $1`,
        values: [key, lease],
      })
    await die('30 s')
    const early = await post(path, body, key)
    expect([early.status, early.code]).toEqual([409, 'idempotency_in_flight'])
    expect(early.headers.get('retry-after')).toBe('1')
    await die('-1 s')
    const late = await post(path, body, key)
    expect([late.status, late.id]).toEqual([201, first.id])
  })

  it('is for callers that still may ask', async () => {
    const key = crypto.randomUUID()
    expect((await post('/v1/payments', BODY, key)).status).toBe(201)
    const set = (scopes: string[]) =>
      at.db.query({
        text: 'update api_keys set scopes = $2 where id = $1',
        values: [keyId, scopes],
      })
    await set(['access_events'])
    const refused = await post('/v1/payments', BODY, key)
    expect([refused.status, refused.code]).toEqual([403, 'permission_missing'])
    await at.db.query({
      text: 'update api_keys set revoked_at = now() where id = $1',
      values: [keyId],
    })
    expect((await post('/v1/payments', BODY, key)).status).toBe(401)
    const gone = apiOf(at.origin, { authorization: `Bearer ${secret}` })
    await eventually(async () => (await gone.get('/v1/me')).status === 401)
  })
})
