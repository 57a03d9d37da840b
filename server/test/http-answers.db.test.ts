import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PERMISSIONS } from '#contract/permissions.ts'
import type { Problem } from '#contract/shapes.ts'
import { openFlorin, signInAs, type TestFlorin } from './florin.ts'
import { createPayment } from './payer.ts'

let at: TestFlorin
/** A key with a few scopes. */
let key: { id: string; secret: string }
beforeAll(async () => {
  at = await openFlorin()
  const owner = await signInAs(at.origin, at.owner.email, at.config.ownerPassword ?? '')
  const scopes = ['create_payment', 'access_payment_details', 'sync_payment']
  key = (await owner.post<typeof key>('/v1/api_keys', { name: 'shop', scopes })).body
})
afterAll(async () => {
  expect(await at.audit()).toEqual([])
  await at.close()
})

const AMOUNT = { amount: { value: '10.00', currency: 'EUR' } }
const MAX_BYTES = 256 * 1024

/** What is answered to a request of which every byte is chosen here. */
async function say(path: string, init: RequestInit = {}) {
  const answer = await fetch(`${at.origin}${path}`, init)
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text }
}
const identity = () => ({ authorization: `Bearer ${key.secret}` })
const count = async (table: string) =>
  (await at.db.query<{ n: number }>({ text: `select count(*)::int as n from ${table}` }))[0]?.n

async function create(body: string, headers: Record<string, string> = {}) {
  const all = {
    ...identity(),
    'content-type': 'application/json',
    'idempotency-key': crypto.randomUUID(),
    ...headers,
  }
  return say('/v1/payments', { method: 'POST', headers: all, body })
}
const codeOf = ({ status, text }: { status: number; text: string }) => [
  status,
  (JSON.parse(text) as Problem).code,
]

describe('a refusal', () => {
  const refusals: [string, number, string, () => ReturnType<typeof say>][] = [
    ['no JSON', 400, 'body_invalid', () => create('{"amount":')],
    ['an empty body', 400, 'body_invalid', () => create('')],
    ['a poisoned prototype', 400, 'body_invalid', () => create('{"__proto__":{"x":1}}')],
    ['an array', 400, 'body_invalid', () => create('[]')],
    ['nobody', 401, 'sign_in_required', () => say('/v1/me')],
    [
      'no permission',
      403,
      'permission_missing',
      async () => say('/v1/customers', { headers: identity() }),
    ],
    ['no such address', 404, 'not_found', () => say('/v1/nothing')],
    ['no such address, outside the API', 404, 'not_found', () => say('/docs/nothing')],
    ['a method it has not', 404, 'not_found', () => say('/v1/payments', { method: 'DELETE' })],
    [
      'no such thing',
      404,
      'payment_not_found',
      async () => say('/v1/payments/pay_none', { headers: identity() }),
    ],
    [
      'an id that is no text',
      400,
      'body_invalid',
      async () => say('/v1/payments/%00', { headers: identity() }),
    ],
    ['an address that is no text', 400, 'body_invalid', () => say('/v1/payments/%E0%A4%A')],
    [
      'a state that does not allow it',
      409,
      'not_cancelable',
      async () => {
        const made = await createPayment(at.api)
        const path = `/v1/payments/${made.id}/cancel`
        await at.api.post(path)
        const again = await at.api.post(path)
        return { status: again.status, headers: again.headers, text: JSON.stringify(again.body) }
      },
    ],
    [
      'too much',
      413,
      'body_too_large',
      () => create(JSON.stringify({ description: 'x'.repeat(MAX_BYTES) })),
    ],
    [
      'another type',
      415,
      'media_type_unsupported',
      () => create(JSON.stringify(AMOUNT), { 'content-type': 'application/xml' }),
    ],
    [
      'what cannot be',
      422,
      'customer_not_found',
      () => create(JSON.stringify({ ...AMOUNT, customer_id: 'cus_none' })),
    ],
  ]

  it.each(refusals)('of %s is %i %s, as problem details', async (_what, status, code, ask) => {
    const answer = await ask()
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    const problem = JSON.parse(answer.text) as Problem
    expect([answer.status, problem.code]).toEqual([status, code])
    expect(problem).toMatchObject({
      type: `/docs/api#error-${code}`,
      title: expect.stringMatching(/^[A-Z].+[^.]$/),
      status,
      detail: expect.stringMatching(/\.$/),
      instance: expect.stringMatching(/^\//),
      request_id: answer.headers.get('x-request-id'),
      retryable: status === 409,
    })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('is given to who signs in with text that cannot be stored', async () => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } }
    const body = JSON.stringify({ email: 'a\u0000@shop.test', password: 'x' })
    expect(codeOf(await say('/v1/sign_in', { ...init, body }))).toEqual([400, 'body_invalid'])
  })

  it('points at what is wrong', async () => {
    const pointers: [object, string][] = [
      [{}, '/amount'],
      [{ amount: 'ten' }, '/amount'],
      [{ amount: { value: '1', currency: 'EUR', cents: 100 } }, '/amount/cents'],
      [{ ...AMOUNT, status: 'succeeded' }, '/status'],
      [{ ...AMOUNT, reference: 'x'.repeat(201) }, '/reference'],
      [{ ...AMOUNT, expires_in_s: 59 }, '/expires_in_s'],
      [{ ...AMOUNT, expires_in_s: '60' }, '/expires_in_s'],
      [{ ...AMOUNT, recorded: { method: 'cash' } }, '/recorded/reason'],
      [{ ...AMOUNT, metadata: { ok: 1 } }, '/metadata/ok'],
    ]
    for (const [body, pointer] of pointers) {
      const problem = JSON.parse((await create(JSON.stringify(body))).text) as Problem
      expect([body, problem.code, problem.errors?.[0]?.pointer]).toEqual([
        body,
        'body_invalid',
        pointer,
      ])
    }
  })

  it('is given to text that cannot be stored, and nothing is', async () => {
    const before = await count('payments')
    const bodies: object[] = [
      { ...AMOUNT, reference: 'a\u0000b' },
      { ...AMOUNT, description: '\u0000' },
      { ...AMOUNT, metadata: { key: 'a\u0000b' } },
      { ...AMOUNT, metadata: { 'a key with spaces': 'x' } },
      { ...AMOUNT, metadata: { nested: { deeper: 'x' } } },
      { ...AMOUNT, metadata: { 'no\u0000': { deeper: 1 } } },
      { ...AMOUNT, metadata: { __proto__: 'x', constructor: { prototype: {} } } },
    ]
    for (const body of bodies) {
      expect([body, ...codeOf(await create(JSON.stringify(body)))]).toEqual([
        body,
        400,
        'body_invalid',
      ])
    }
    expect(await count('payments')).toBe(before)
    const half = await create(JSON.stringify({ ...AMOUNT, metadata: { half: '\ud800' } }))
    expect(codeOf(half)).toEqual([400, 'body_invalid'])
  })
})

describe('every answer', () => {
  it('carries the request id that came, if it is one', async () => {
    const idOf = async (id: string) =>
      (await say('/livez', { headers: { 'x-request-id': id } })).headers.get('x-request-id')
    expect(await idOf('checkout-7f3a.2_b')).toBe('checkout-7f3a.2_b')
    for (const odd of ['short', 'x'.repeat(65), 'with space', '<script>', '"quoted"']) {
      expect(await idOf(odd)).toMatch(/^req_[0-9a-z]{26}$/)
    }
    expect((await say('/livez')).headers.get('x-request-id')).toMatch(/^req_/)
  })

  it('to an id that is none is a refusal, of whatever length', async () => {
    const headers = identity()
    const ids: [string, number][] = [
      ['x'.repeat(64), 404],
      ['x'.repeat(65), 400],
      ['x'.repeat(5000), 404],
      ['..%2f..', 404],
      ["'or''='", 404],
    ]
    for (const [id, expected] of ids) {
      const { status, headers: said } = await say(`/v1/payments/${id}`, { headers })
      expect([id, status]).toEqual([id, expected])
      expect(said.get('content-type')).toMatch(/^application\/problem\+json/)
    }
  })

  it.each([
    ['/c/x/pay', 'application/x-www-form-urlencoded'],
    ['/l/x/pay', 'application/x-www-form-urlencoded'],
    ['/webhooks/x', 'application/json'],
    ['/v1/sign_in', 'application/json'],
  ])('to more than 256 kB at %s is 413', async (path, type) => {
    const body = 'x'.repeat(MAX_BYTES + 1)
    const answer = await say(path, { method: 'POST', headers: { 'content-type': type }, body })
    expect(answer.status).toBe(413)
  })
})

describe('permissions', () => {
  it('are asked for by every operation, and everything else does not help', async () => {
    const spec = JSON.parse((await say('/openapi.json')).text) as {
      paths: Record<string, Record<string, { 'x-permission'?: string }>>
    }
    const by = new Map<string, Awaited<ReturnType<TestFlorin['as']>>>()
    for (const permission of PERMISSIONS) {
      by.set(permission, await at.as(PERMISSIONS.filter((one) => one !== permission)))
    }
    let asked = 0
    for (const [path, operations] of Object.entries(spec.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        const api = by.get(operation['x-permission'] ?? '')
        if (!api) continue
        const address = path.replaceAll(/\{\w+\}/g, key.id)
        const body = method === 'get' ? undefined : {}
        const { status, body: said } = await api.send(method.toUpperCase(), address, body)
        expect([method, path, status, said.code]).toEqual([method, path, 403, 'permission_missing'])
        expect(said.detail).toContain(operation['x-permission'])
        asked += 1
      }
    }
    expect(asked).toBeGreaterThan(40)
  })
})

describe('the service’s own addresses', () => {
  it('tell that it lives, is ready, what it is and what it counts', async () => {
    expect(JSON.parse((await say('/livez')).text)).toEqual({ status: 'ok' })
    expect(JSON.parse((await say('/readyz')).text)).toEqual({ status: 'ready', reasons: [] })
    expect(JSON.parse((await say('/version')).text)).toEqual({
      version: '0.0.0-test',
      schema: 0,
      node: process.version,
    })
    const metrics = await say('/metrics')
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(metrics.text).toMatch(/^# HELP /m)
    expect(metrics.text).not.toMatch(/pay_|cus_|mer_/)
  })
})
