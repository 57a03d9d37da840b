import { describe, expect, test } from 'vitest'
import type { GatewayHttp, HttpAnswer } from '#gateway-kit'
import { sandboxGateway } from './adapter.ts'

const account = {
  id: 'gwa_1',
  mode: 'test',
  base_url: 'https://florin.example/sandbox',
  credentials: { account_ref: 'sac_1', api_key: 'sandbox_test_1', webhook_secret: 'whsec_1' },
} as const

const REFUND = {
  object: 'refund',
  id: 'sre_1',
  charge: 'sch_1',
  transaction_id: 'txn_2',
  currency: 'KWD',
  amount: '0.250',
  status: 'succeeded',
  message: null,
}

const CHARGE = {
  object: 'charge',
  id: 'sch_1',
  account: 'sac_1',
  mode: 'test',
  transaction_id: 'txn_1',
  currency: 'KWD',
  amount: '1.250',
  amount_captured: '1.250',
  fee: '0.010',
  status: 'succeeded',
  failure: null,
  card: { brand: 'visa', last4: '4242' },
  country: null,
  next_action: null,
  refunds: [REFUND],
  disputes: [],
}

const answering =
  (answer: HttpAnswer): GatewayHttp =>
  async () =>
    answer
const says = (status: number, body: unknown): HttpAnswer => ({
  kind: 'answer',
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const error = (code: string) => ({ error: { code, message: `because ${code}`, charge: 'sch_1' } })

const charge = (answer: HttpAnswer) => {
  const call = { method: 'POST', path: '/v1/charges', body: '{}', idempotency_key: 'k' } as const
  return sandboxGateway.sendCharge(account, call, answering(answer))
}
const refund = (answer: HttpAnswer) => {
  const call = { method: 'POST', path: '/v1/refunds', body: '{}', idempotency_key: 'k' } as const
  return sandboxGateway.sendRefund(account, call, answering(answer))
}

describe('prepared calls are the bytes that will be sent', () => {
  const amount = { amount: 12_345n, currency: 'BTC' }
  const named = { transaction_id: 'txn_1', reference: 'R', description: 'D' }

  test('a checkout', () => {
    const call = sandboxGateway.prepareCheckout(account, {
      ...{ ...named, amount, locale: 'fr', expires_at_s: 1_900_000_000 },
      return_url: 'https://a.example/r',
      cancel_url: 'https://a.example/c',
      event_url: 'https://a.example/e',
    })
    expect(call).toEqual({
      method: 'POST',
      path: '/v1/checkouts',
      idempotency_key: 'txn_1',
      body:
        '{"amount":"0.00012345","currency":"BTC","transaction_id":"txn_1","reference":"R",' +
        '"description":"D","locale":"fr","return_url":"https://a.example/r",' +
        '"cancel_url":"https://a.example/c","event_url":"https://a.example/e",' +
        '"expires_at":1900000000}',
    })
  })

  test('a refund', () => {
    const wish = { transaction_id: 'txn_2', charge_ref: 'sch_1', amount, reason: 'returned' }
    expect(sandboxGateway.prepareRefund(account, wish)).toEqual({
      method: 'POST',
      path: '/v1/refunds',
      idempotency_key: 'txn_2',
      body:
        '{"amount":"0.00012345","currency":"BTC","transaction_id":"txn_2","charge":"sch_1",' +
        '"reason":"returned"}',
    })
  })

  test('the key and the token go in headers, to the account’s own address', async () => {
    const seen: unknown[] = []
    const http: GatewayHttp = async (request) => {
      seen.push(request)
      return says(201, CHARGE)
    }
    const token = { ...named, amount, token: 'tok_success', event_url: 'https://a.example/e' }
    const call = sandboxGateway.prepareCharge(account, token)
    await sandboxGateway.sendCharge(account, call, http)
    expect(seen).toEqual([
      {
        method: 'POST',
        url: 'https://florin.example/sandbox/v1/charges',
        headers: {
          authorization: 'Bearer sandbox_test_1',
          accept: 'application/json',
          'content-type': 'application/json',
          'idempotency-key': 'txn_1',
        },
        body: call.body,
      },
    ])
  })
})

describe('outcomes of a charge', () => {
  test('every field of a whole answer', async () => {
    expect(await charge(says(201, CHARGE))).toEqual({
      kind: 'approved',
      gateway_ref: 'sch_1',
      object: {
        gateway_ref: 'sch_1',
        transaction_id: 'txn_1',
        account_ref: 'sac_1',
        mode: 'test',
        currency: 'KWD',
        requested: 1250n,
        captured: 1250n,
        fee: 10n,
        status: 'succeeded',
        refunds: [
          {
            gateway_ref: 'sre_1',
            transaction_id: 'txn_2',
            amount: 250n,
            status: 'succeeded',
            message: null,
          },
        ],
        reason: null,
        message: null,
        card: { brand: 'visa', last4: '4242' },
        country: null,
        details: { sandbox_status: 'succeeded' },
      },
    })
  })

  test.for([
    ['succeeded', 'approved'],
    ['partially_captured', 'approved'],
    ['pending', 'pending'],
    ['action_required', 'action_required'],
    ['failed', 'rejected'],
    ['canceled', 'rejected'],
    ['expired', 'rejected'],
  ])('a charge that is %s is %s', async ([status, kind]) => {
    expect(await charge(says(200, { ...CHARGE, status }))).toMatchObject({ kind })
  })

  test('the payer’s address comes with action_required', async () => {
    const next_action = { redirect_url: 'https://pay.example/1' }
    const waiting = { ...CHARGE, status: 'action_required', next_action }
    expect(await charge(says(201, waiting))).toMatchObject({
      kind: 'action_required',
      redirect_url: 'https://pay.example/1',
    })
  })

  test.for([
    ['card_declined', 'card_declined'],
    ['insufficient_funds', 'insufficient_funds'],
    ['invalid_card', 'invalid_card'],
    ['expired_card', 'expired_card'],
    ['authentication_failed', 'authentication_failed'],
    ['fraud_block', 'fraud_block'],
    ['processing_error', 'processing_error'],
    ['a_code_of_next_year', 'other'],
    ['constructor', 'other'],
  ])('402 %s is rejected as %s', async ([code = '', reason]) => {
    expect(await charge(says(402, error(code)))).toEqual({
      kind: 'rejected',
      reason,
      message: `because ${code}`,
      gateway_ref: 'sch_1',
    })
  })

  test.for([400, 404])('%d with a reason is rejected', async (status) => {
    expect(await charge(says(status, error('amount_invalid')))).toMatchObject({ kind: 'rejected' })
  })

  test.for([401, 403])('%d says only that this call did nothing', async (status) => {
    expect(await charge(says(status, error('unauthorized')))).toMatchObject({
      kind: 'rejected',
      reason: 'credentials_refused',
    })
  })

  test('429 is rate_limited, with the wait the vendor asks for', async () => {
    const limited = { ...says(429, error('rate_limited')), retry_after_ms: 7000 } as HttpAnswer
    expect(await charge(limited)).toMatchObject({ kind: 'rate_limited', retry_after_ms: 7000 })
    expect(await charge(says(429, '<html>'))).toMatchObject({ kind: 'rate_limited' })
  })

  test.for([
    ...[204, 301, 302, 307, 408, 409, 422, 425, 500, 502, 503, 504].map(
      (status): [string, HttpAnswer] => [`${status}`, says(status, error('card_declined'))],
    ),
    ['402 that is not ours', says(402, '<html>Payment required</html>')],
    ['404 that is not ours', says(404, '<html>Not found</html>')],
    ['200 without a body', says(200, '')],
    ['200 cut in half', says(200, JSON.stringify(CHARGE).slice(0, 200))],
    ['200 of another kind', says(200, REFUND)],
    ['200 that is an error', says(200, error('card_declined'))],
    ['another status word', says(200, { ...CHARGE, status: 'probably' })],
    ['an amount as a number', says(200, { ...CHARGE, amount_captured: 1.25 })],
    ['an amount with other digits', says(200, { ...CHARGE, amount_captured: '1.25001' })],
    ['a negative amount', says(200, { ...CHARGE, amount_captured: '-1.250' })],
    [
      'a refund in another currency',
      says(200, { ...CHARGE, refunds: [{ ...REFUND, currency: 'EUR' }] }),
    ],
    ['no account', says(200, { ...CHARGE, account: undefined })],
    ['no mode', says(200, { ...CHARGE, mode: undefined })],
    ['a timeout', { kind: 'unknown', message: 'No whole answer within 25 s.' }],
  ] as [string, HttpAnswer][])('%s is unknown', async ([, answer]) => {
    expect(await charge(answer)).toMatchObject({ kind: 'unknown' })
  })

  test('what was not sent stays not_sent', async () => {
    const answer = { kind: 'not_sent', message: 'ECONNREFUSED' } as const
    expect(await charge(answer)).toEqual(answer)
  })
})

describe('outcomes of a refund', () => {
  test.for([
    ['succeeded', 'approved'],
    ['pending', 'pending'],
    ['failed', 'rejected'],
  ])('a refund that %s is %s', async ([status, kind]) => {
    expect(await refund(says(201, { ...REFUND, status }))).toMatchObject({ kind })
  })

  test('more than is left is refund_refused; a 500 is unknown', async () => {
    expect(await refund(says(400, error('refund_refused')))).toMatchObject({
      kind: 'rejected',
      reason: 'refund_refused',
    })
    expect(await refund(says(500, error('refund_refused')))).toMatchObject({ kind: 'unknown' })
  })
})

describe('look-ups', () => {
  const lookUp = (answer: HttpAnswer, gateway_ref: string | null = null) =>
    sandboxGateway.lookUp(account, { transaction_id: 'txn_1', gateway_ref }, answering(answer))
  const list = (...data: object[]) => says(200, { object: 'list', data })

  test('one charge is found, by either name', async () => {
    const facts = { gateway_ref: 'sch_1', captured: 1250n }
    expect(await lookUp(list(CHARGE))).toMatchObject({ kind: 'found', facts })
    expect(await lookUp(says(200, CHARGE), 'sch_1')).toMatchObject({ kind: 'found', facts })
  })

  test('none is not_found', async () => {
    expect(await lookUp(list())).toEqual({ kind: 'not_found' })
    expect(await lookUp(says(404, error('not_found')), 'sch_1')).toEqual({ kind: 'not_found' })
  })

  test('two under one reference are not chosen between', async () => {
    const found = await lookUp(list(CHARGE, { ...CHARGE, id: 'sch_2' }))
    expect(found).toMatchObject({ kind: 'unknown', message: expect.stringContaining('sch_2') })
  })

  test.for([
    ['a 404 of someone else', says(404, '<html>')],
    ['refused credentials', says(401, error('unauthorized'))],
    ['a 500', says(500, error('internal_error'))],
    ['half a list', says(200, '{"object":"list","data":[')],
    ['a list with one that does not read', list(CHARGE, { ...CHARGE, amount: null })],
    ['silence', { kind: 'unknown', message: 'timeout' }],
    ['a refused connection', { kind: 'not_sent', message: 'ECONNREFUSED' }],
  ] as [string, HttpAnswer][])('%s is unknown', async ([, answer]) => {
    expect(await lookUp(answer)).toMatchObject({ kind: 'unknown' })
  })
})
