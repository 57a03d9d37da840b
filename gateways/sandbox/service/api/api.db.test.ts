import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSandbox, type RunningSandbox } from '#test/sandbox.ts'
import { createSandboxAccount } from '../actions/open-account.ts'
import { tryLockKey } from '../store/accounts.ts'

let sandbox: RunningSandbox
beforeAll(async () => {
  sandbox = await openSandbox()
})
afterAll(async () => {
  await sandbox.close()
})

let made = 0
const key = () => {
  made += 1
  return `key_${made}`
}
const CHARGE = {
  ...{ amount: '10.00', currency: 'EUR', transaction_id: 'txn_api', reference: 'R' },
  ...{ description: 'D', token: 'tok_success', event_url: 'http://127.0.0.1:9/events' },
}

async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
) {
  const answer = await fetch(`${sandbox.account.base_url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${sandbox.account.credentials.api_key}`,
      ...(method === 'POST' ? { 'idempotency-key': key() } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, json: JSON.parse(text), headers: answer.headers }
}
const error = (code: string) => ({ json: { error: { code } } })
const charges = async () => (await sandbox.service.truth(sandbox.account_ref)).charges.length

describe('who may ask', () => {
  test.for([
    ['no key', ''],
    ['another key', 'Bearer sandbox_test_of_someone_else'],
    ['another scheme', 'Basic c2FuZGJveA=='],
  ])('%s: 401 everywhere, and nothing is done', async ([, authorization = '']) => {
    const before = await charges()
    for (const [method, path] of [
      ['POST', '/v1/charges'],
      ['GET', '/v1/charges/sch_1'],
      ['GET', '/v1/switches'],
      ['DELETE', '/v1/switches'],
      ['GET', '/v1/books'],
    ] as const) {
      const body = method === 'POST' ? CHARGE : undefined
      const answer = await ask(method, path, body, { authorization })
      expect(answer).toMatchObject({ status: 401, ...error('unauthorized') })
    }
    expect(await charges()).toBe(before)
  })

  test('an account sees and switches only its own', async () => {
    const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) }
    const other = await createSandboxAccount(sandbox.db, { mode: 'test', random, now_ms: 0 })
    const authorization = `Bearer ${other.api_key}`
    const { json } = await ask('POST', '/v1/charges', CHARGE)
    const found = await ask('GET', `/v1/charges/${json.id}`, undefined, { authorization })
    expect(found).toMatchObject({ status: 404, ...error('not_found') })
    const refund = {
      charge: json.id,
      amount: '1.00',
      currency: 'EUR',
      transaction_id: 't',
      reason: '',
    }
    const refused = await ask('POST', '/v1/refunds', refund, { authorization })
    expect(refused).toMatchObject({ status: 404, ...error('not_found') })
    await ask('PUT', '/v1/switches', { lose_events: { times: 1 } }, { authorization })
    expect((await ask('GET', '/v1/switches')).json).toEqual({})
  })
})

describe('what may be asked', () => {
  test.for([
    ['no key for the effect', CHARGE, { 'idempotency-key': '' }, 400, 'idempotency_key_missing'],
    ['no JSON', '{"amount":', {}, 400, 'request_malformed'],
    ['a list', [], {}, 400, 'request_malformed'],
    ['an amount as a number', { ...CHARGE, amount: 10 }, {}, 400, 'request_malformed'],
    ['nothing', { ...CHARGE, amount: '0.00' }, {}, 400, 'amount_invalid'],
    ['less than nothing', { ...CHARGE, amount: '-1.00' }, {}, 400, 'amount_invalid'],
    ['too many digits', { ...CHARGE, amount: '1.001' }, {}, 400, 'amount_invalid'],
    ['too much', { ...CHARGE, amount: '10000000000.01' }, {}, 400, 'amount_invalid'],
    ['a currency there is not', { ...CHARGE, currency: 'eur' }, {}, 400, 'currency_unknown'],
    ['a token there is not', { ...CHARGE, token: 'tok_x' }, {}, 400, 'token_unknown'],
    ['no web address', { ...CHARGE, event_url: 'file:///etc' }, {}, 400, 'request_malformed'],
    ['another kind of body', 'a=b', { 'content-type': 'text/plain' }, 415, 'request_refused'],
    ['too large a body', 'x'.repeat(70_000), {}, 413, 'request_refused'],
  ] as [string, unknown, Record<string, string>, number, string][])(
    '%s is refused, and nothing is written',
    async ([, body, headers, status, code]) => {
      const before = await charges()
      expect(await ask('POST', '/v1/charges', body, headers)).toMatchObject({
        status,
        ...error(code),
      })
      expect(await charges()).toBe(before)
    },
  )

  test('a checkout that would have expired already', async () => {
    const urls = { return_url: 'https://a.example', cancel_url: 'https://a.example' }
    const body = { ...CHARGE, ...urls, locale: 'en', expires_at: 1 }
    expect(await ask('POST', '/v1/checkouts', body)).toMatchObject({
      status: 400,
      ...error('expiry_past'),
    })
  })

  test('a charge that is not there, and a look-up without a name', async () => {
    expect(await ask('GET', '/v1/charges/sch_none')).toMatchObject({ status: 404 })
    expect(await ask('GET', '/v1/charges')).toMatchObject({ status: 400 })
  })
})

describe('a key', () => {
  test('at work: 409; with another body: 422; the same: the same answer', async () => {
    const held = key()
    const headers = { 'idempotency-key': held }
    await sandbox.db.tx(async (tx) => {
      await tryLockKey(tx, sandbox.account_ref, held)
      const answer = await ask('POST', '/v1/charges', CHARGE, headers)
      expect(answer).toMatchObject({ status: 409, ...error('request_in_flight') })
    })
    const first = await ask('POST', '/v1/charges', CHARGE, headers)
    expect(first.status).toBe(201)
    const second = await ask('POST', '/v1/charges', CHARGE, headers)
    expect([second.status, second.json]).toEqual([201, first.json])
    for (const [path, body] of [
      ['/v1/charges', { ...CHARGE, amount: '11.00' }],
      ['/v1/checkouts', CHARGE],
    ] as const) {
      expect(await ask('POST', path, body, headers)).toMatchObject({
        status: 422,
        ...error('idempotency_key_reused'),
      })
    }
  })
})

describe('the switchboard over HTTP', () => {
  test('sets, shows and resets', async () => {
    const input = { duplicate_events: { times: 2, copies: 3 } }
    expect(await ask('PUT', '/v1/switches', input)).toMatchObject({ status: 200, json: input })
    expect((await ask('GET', '/v1/switches')).json).toEqual(input)
    const wrong = await ask('PUT', '/v1/switches', { duplicate_events: { times: 0 } })
    expect(wrong).toMatchObject({ status: 400, ...error('switches_invalid') })
    expect((await ask('GET', '/v1/switches')).json).toEqual(input)
    expect(await ask('PUT', '/v1/switches', { duplicate_events: null })).toMatchObject({ json: {} })
    await ask('PUT', '/v1/switches', input)
    await ask('DELETE', '/v1/switches')
    expect((await ask('GET', '/v1/switches')).json).toEqual({})
  })

  test('acts only where it is told to', async () => {
    await ask('PUT', '/v1/switches', { error_before_charge: { times: 'always', on: ['refund'] } })
    const { status, json } = await ask('POST', '/v1/charges', CHARGE)
    expect(status).toBe(201)
    const refund = {
      charge: json.id,
      amount: '1.00',
      currency: 'EUR',
      transaction_id: 't',
      reason: '',
    }
    expect((await ask('POST', '/v1/refunds', refund)).status).toBe(500)
    expect((await ask('GET', `/v1/charges/${json.id}`)).json.refunds).toEqual([])
    await ask('DELETE', '/v1/switches')
  })

  test('a limit says when to come back', async () => {
    await ask('PUT', '/v1/switches', { rate_limit: { times: 1, retry_after_s: 7 } })
    const answer = await ask('POST', '/v1/charges', CHARGE)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7'])
  })

  test('a dripping answer takes its time and comes whole', async () => {
    await ask('PUT', '/v1/switches', { drip_answers: { times: 1, total_ms: 500 } })
    const before = performance.now()
    const answer = await ask('POST', '/v1/charges', CHARGE)
    expect(performance.now() - before).toBeGreaterThan(450)
    expect(answer).toMatchObject({ status: 201, json: { status: 'succeeded' } })
  })

  test('events, books, disputes', async () => {
    const { json } = await ask('POST', '/v1/charges', CHARGE)
    const events = await ask('GET', '/v1/events')
    const [event] = events.json.data
    expect(event).toMatchObject({ type: 'charge.succeeded', charge_ref: json.id })
    expect(await ask('POST', `/v1/events/${event.id}/resend`)).toMatchObject({ status: 200 })
    expect(await ask('POST', '/v1/events/sev_none/resend')).toMatchObject({ status: 404 })
    const dispute = await ask('POST', '/v1/disputes', { charge: json.id, amount: '4.00' })
    expect(dispute).toMatchObject({ status: 200, json: { amount: '4.00' } })
    const close = `/v1/disputes/${dispute.json.id}/close`
    expect(await ask('POST', close, { outcome: 'won' })).toMatchObject({ json: { status: 'won' } })
    expect(await ask('POST', close, { outcome: 'maybe' })).toMatchObject({ status: 400 })
    const { charges: written } = (await ask('GET', '/v1/books')).json
    expect(written).toContainEqual(expect.objectContaining({ ref: json.id, amount: '10.00' }))
    expect((await ask('GET', '/v1/summary')).json.charges[0]).toMatchObject({ currency: 'EUR' })
  })
})
