import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { PERMISSIONS } from '#contract/permissions.ts'
import { announce } from '#server/platform/outbox.ts'
import { firstRunOfAnother } from './another-merchant.ts'
import { eventually, openFlorin, signInAs, type TestFlorin } from './florin.ts'
import { type Listener, listen } from './listener.ts'
import { createPayment, paidPayment, payByCard } from './payer.ts'

let at: TestFlorin
let secret: string
let open: Listener[] = []
beforeAll(async () => {
  at = await openFlorin()
  const owner = await signInAs(at.origin, at.owner.email, at.config.ownerPassword ?? '')
  const scopes = ['access_payments', 'access_events']
  const key = await owner.post<{ secret: string }>('/v1/api_keys', { name: 'screen', scopes })
  secret = key.body.secret
})
afterEach(() => {
  for (const listener of open) listener.close()
  open = []
})
afterAll(async () => {
  expect(await at.audit()).toEqual([])
  await at.close()
})

const hear = async (headers: Record<string, string> = {}) => {
  const listener = await listen(at.origin, { authorization: `Bearer ${secret}`, ...headers })
  open.push(listener)
  return listener
}
/** Ids of every event of this merchant after one of them, as the database has them. */
const eventsAfter = async (id: string) =>
  (
    await at.db.query<{ id: string }>({
      text: `select id::text from events where merchant_id = $1 and mode = 'test' and id > $2
        order by id`,
      values: [at.owner.merchantId, id],
    })
  ).map((row) => row.id)

/** Everything has been told to those who listen now. */
const allTold = () =>
  eventually(async () => (await at.db.query({ text: 'select 1 from outbox' })).length === 0)

describe('the live stream', () => {
  it('tells of a payment within two seconds of its being paid', async () => {
    const listener = await hear()
    expect(listener.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(listener.headers.get('cache-control')).toBe('no-store')
    const made = await createPayment(at.api)
    const started = performance.now()
    await payByCard(made.checkout_url)
    const notice = await eventually(async () =>
      listener.heard.find((one) => one.type === 'payment.succeeded' && one.object_id === made.id),
    )
    expect(performance.now() - started).toBeLessThan(2000)
    expect(notice).toMatchObject({ kind: 'payment', payment_id: made.id, mode: 'test' })
    expect(Object.keys(notice)).not.toContain('data')
  })

  it('loses nothing for a browser that was away', async () => {
    const first = await hear()
    const before = await paidPayment(at.api)
    await eventually(async () => first.heard.some((one) => one.object_id === before.id))
    const last = first.heard.at(-1)?.id ?? ''
    first.close()
    await Promise.all(Array.from({ length: 5 }, () => paidPayment(at.api)))
    await allTold()
    const missed = await eventsAfter(last)
    expect(missed.length).toBeGreaterThan(15)
    const again = await hear({ 'last-event-id': last })
    await eventually(async () => missed.every((id) => again.heard.some((one) => one.id === id)))
    const ids = again.heard.map((one) => one.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('loses nothing for one that was away for long', async () => {
    const listener = await hear()
    const { body } = await at.api.post<{ id: string }>('/v1/customers', { name: 'Ivan' })
    const made = await createPayment(at.api)
    await eventually(async () => listener.heard.some((one) => one.object_id === made.id))
    const last = listener.heard.at(-1)?.id ?? ''
    listener.close()
    const scope = { merchantId: at.owner.merchantId, mode: 'test' } as const
    const actor = { kind: 'system', id: null, name: null } as const
    const events = Array.from({ length: 2500 }, (_, index) => ({
      type: 'customer.updated',
      objectId: body.id,
      objectVersion: index + 2,
      paymentId: null,
      data: {},
    }))
    await at.db.tx((tx) => announce(tx, at.florin.deps.newId, scope, actor, events))
    await allTold()
    const missed = await eventsAfter(last)
    const again = await hear({ 'last-event-id': last })
    await eventually(async () => {
      const ids = new Set(again.heard.map((one) => one.id))
      return missed.every((id) => ids.has(id))
    })
  })

  it('tells what was missed while its own ear at the database was deaf', async () => {
    const listener = await hear()
    const owner = new pg.Client({ connectionString: at.url })
    await owner.connect()
    await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query ilike 'listen%'`)
    await owner.end()
    const made = await createPayment(at.api)
    await eventually(async () => listener.heard.some((one) => one.object_id === made.id))
  })

  it('begins now for a Last-Event-ID that is none', async () => {
    for (const odd of ['', 'evt_1', "evt_' or 1=1", `evt_${'z'.repeat(26)}`]) {
      const listener = await hear({ 'last-event-id': odd })
      expect([odd, listener.status]).toEqual([odd, 200])
    }
    await createPayment(at.api)
    await eventually(async () => open.every((one) => one.heard.length > 0))
  })

  it('is each merchant’s and each mode’s own', async () => {
    const mine = await hear()
    const theirs = await firstRunOfAnother(at, PERMISSIONS)
    const live = await at.as(['create_payment'], 'live')
    const amount = { amount: { value: '1.00', currency: 'EUR' } }
    const paid = await paidPayment(theirs.api)
    const other = await live.post<{ id: string }>('/v1/payments', amount)
    const own = await createPayment(at.api)
    await eventually(async () => mine.heard.some((one) => one.object_id === own.id))
    const named = new Set(mine.heard.map((one) => one.object_id))
    expect([named.has(paid.id), named.has(other.body.id)]).toEqual([false, false])
    expect(new Set(mine.heard.map((one) => one.mode))).toEqual(new Set(['test']))
  })

  it('is for who may see payments', async () => {
    expect((await listen(at.origin, {})).status).toBe(401)
    const owner = await signInAs(at.origin, at.owner.email, at.config.ownerPassword ?? '')
    const scopes = ['access_events']
    const { body } = await owner.post<{ secret: string }>('/v1/api_keys', { name: 'no', scopes })
    const refused = await listen(at.origin, { authorization: `Bearer ${body.secret}` })
    expect(refused.status).toBe(403)
  })
})
