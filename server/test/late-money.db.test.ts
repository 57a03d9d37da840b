import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EffectPreview, Payment } from '#contract/payments.ts'
import { eventually, openFlorin, type TestFlorin, transfersOf } from './florin.ts'
import { CARD, createPayment, goToGateway, type Made, payByCard, paymentIs } from './payer.ts'
import { submitPage } from './sandbox.ts'

let at: TestFlorin
beforeAll(async () => {
  at = await openFlorin()
})
afterAll(async () => {
  expect(await at.audit()).toEqual([])
  await at.close()
})

const LATE = '4000000000140006'
const PENDING = '4000000000120008'
const THREE_D_SECURE = '4000002500003155'
const SLOW = '4000000000110009'
/** A little longer than one round of the expiry. */
const ONE_ROUND_MS = 2300

const read = (id: string) => paymentIs(at.api, id, () => true)
const is = (id: string, status: Payment['status']) =>
  paymentIs(at.api, id, (one) => one.status === status)
const stateOf = async (checkoutUrl: string) =>
  ((await (await fetch(`${checkoutUrl}/status`)).json()) as { state: string }).state
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const run = (text: string, ...values: unknown[]) => at.db.query({ text, values })

/** The time to pay is over. */
const timeIsOver = (id: string) =>
  run(
    `with p as (update payments set expires_at = now() - interval '1 s' where id = $1)
      update checkout_sessions set expires_at = now() - interval '1 s' where payment_id = $1`,
    id,
  )
/** What the gateway does by itself later, it does now. */
const gatewayGoesOn = (id: string) =>
  run(
    `update sandbox.charges set due_ms = 0 where due_ms is not null and transaction_id in
      (select t.id from transactions t where t.payment_id = $1)`,
    id,
  )
const cancel = <T = Payment>(id: string, body = {}) =>
  at.api.post<T & { code?: string; detail?: string }>(`/v1/payments/${id}/cancel`, body)

describe('what cards do', () => {
  it('waits for a pending one, and is paid when the gateway says so', async () => {
    const made = await createPayment(at.api, '10.00')
    await payByCard(made.checkout_url, PENDING)
    const pending = await is(made.id, 'processing')
    expect(pending.next_step).toBe('wait_for_gateway')
    expect(await stateOf(made.checkout_url)).toBe('pending')
    const second = await fetch(`${made.checkout_url}/pay`, {
      method: 'POST',
      body: new URLSearchParams({ method: 'card' }),
      redirect: 'manual',
    })
    expect(second.headers.get('location')).toMatch(/^\/c\//)
    await gatewayGoesOn(made.id)
    expect((await is(made.id, 'succeeded')).transactions).toHaveLength(1)
  })

  it.each([
    ['approve', 'succeeded', null],
    ['refuse', 'failed', 'authentication_failed'],
  ] as const)('asks for 3-D Secure: %s', async (act, status, reason) => {
    const made = await createPayment(at.api, '10.00')
    const { location } = await submitPage(await goToGateway(made.checkout_url), {
      card_number: THREE_D_SECURE,
    })
    expect(location).toContain('/3ds')
    expect((await read(made.id)).status).toBe('open')
    const back = await submitPage(location ?? '', { act })
    expect(back.location).toContain('/return')
    expect((await is(made.id, status)).reason).toBe(reason)
  })

  it('knows of the money before a slow gateway has answered the payer', async () => {
    const made = await createPayment(at.api, '10.00')
    const page = await goToGateway(made.checkout_url)
    const impatient = new AbortController()
    const browser = fetch(page, {
      method: 'POST',
      body: new URLSearchParams({ card_number: SLOW }),
      signal: impatient.signal,
    }).catch(() => 'gave up')
    await is(made.id, 'succeeded')
    impatient.abort()
    expect(await browser).toBe('gave up')
  })

  it('lets the payer come back without paying, and pay then', async () => {
    const made = await createPayment(at.api, '10.00')
    const { location } = await submitPage(await goToGateway(made.checkout_url), { act: 'cancel' })
    await fetch(location ?? '')
    const open = await paymentIs(at.api, made.id, (one) => one.reason === 'customer_canceled')
    expect(open.status).toBe('open')
    expect(await stateOf(made.checkout_url)).toBe('choose_method')
    await payByCard(made.checkout_url)
    expect((await is(made.id, 'succeeded')).reason).toBe(null)
  })
})

describe('expiry', () => {
  it('ends an open payment, its session and its page', async () => {
    const made = await createPayment(at.api, '10.00', { expires_in_s: 60 })
    await timeIsOver(made.id)
    const over = await is(made.id, 'expired')
    expect([over.reason, over.next_step]).toEqual(['session_expired', 'none_old'])
    expect(await stateOf(made.checkout_url)).toBe('expired')
    const pay = await fetch(`${made.checkout_url}/pay`, {
      method: 'POST',
      body: new URLSearchParams({ method: 'card' }),
      redirect: 'manual',
    })
    expect(pay.headers.get('location')).toMatch(/^\/c\//)
    expect((await read(made.id)).transactions).toEqual([])
    const session = await at.api.get(`/v1/checkout_sessions/${made.session_id}`)
    expect(session.body.status).toBe('expired')
    const token = await at.api.post(`/v1/payments/${made.id}/charges`, { token: 'tok_success' })
    expect([token.status, token.body.code]).toEqual([409, 'payment_over'])
    const again = await at.api.post('/v1/checkout_sessions', { payment_id: made.id })
    expect([again.status, again.body.code]).toEqual([409, 'payment_over'])
  })

  it('waits while the payer is at the gateway, who is the one to say how it ended', async () => {
    const paying = await createPayment(at.api, '10.00')
    const leaving = await createPayment(at.api, '10.00')
    const page = await goToGateway(paying.checkout_url)
    await goToGateway(leaving.checkout_url)
    await timeIsOver(paying.id)
    await timeIsOver(leaving.id)
    await wait(ONE_ROUND_MS)
    expect((await read(paying.id)).status).toBe('open')
    await submitPage(page, { card_number: CARD.success })
    const paid = await is(paying.id, 'succeeded')
    expect(paid.flags).toEqual([])
    await gatewayGoesOn(leaving.id)
    expect((await is(leaving.id, 'expired')).reason).toBe('session_expired')
  })

  it('reaches a payment behind a hundred others that wait for the gateway', async () => {
    const behind = await createPayment(at.api, '10.00')
    const waiting = await Promise.all(
      Array.from({ length: 100 }, () => createPayment(at.api, '10.00')),
    )
    const ids = waiting.map((one) => one.id)
    await run(
      `insert into transactions (merchant_id, mode, id, payment_id, type, state, currency, amount)
        select merchant_id, mode, replace(id, 'pay_', 'txn_'), id, 'charge', 'action_required',
          currency, amount from payments where id = any($1)`,
      ids,
    )
    await run(`update payments set expires_at = now() - interval '1 day' where id = any($1)`, ids)
    await timeIsOver(behind.id)
    await is(behind.id, 'expired')
  })

  it('takes no time from a payment that failed: it can still be paid', async () => {
    const made = await createPayment(at.api, '10.00')
    await payByCard(made.checkout_url, CARD.declined)
    await is(made.id, 'failed')
    await timeIsOver(made.id)
    const again = await at.api.post<{ url: string; status: string }>('/v1/checkout_sessions', {
      payment_id: made.id,
    })
    expect([again.status, again.body.status]).toEqual([201, 'open'])
    await payByCard(again.body.url)
    await is(made.id, 'succeeded')
  })
})

describe('late money', () => {
  it('moves an expired payment on, and is marked as late', async () => {
    const made = await createPayment(at.api, '10.00')
    await payByCard(made.checkout_url, LATE)
    await is(made.id, 'processing')
    expect(await stateOf(made.checkout_url)).toBe('pending')
    await gatewayGoesOn(made.id)
    await is(made.id, 'expired')
    await gatewayGoesOn(made.id)
    const paid = await is(made.id, 'succeeded')
    expect(paid.flags).toEqual(['late'])
    expect(paid.reason).toBe(null)
    expect(await stateOf(made.checkout_url)).toBe('paid')
    expect(await transfersOf(at.api, made.id)).toEqual([
      'gateway_clearing → sales 10.00 EUR',
      'gateway_fees → gateway_clearing 0.15 EUR',
    ])
  })

  it.each([
    ['all of it', CARD.success, 'succeeded', ['late']],
    ['a part', '4000000000130007', 'partially_paid', ['needs_action', 'partial', 'late']],
  ] as const)('moves a canceled payment on when %s comes', async (_what, card, status, flags) => {
    const made = await createPayment(at.api, '10.00')
    const page = await goToGateway(made.checkout_url)
    expect((await cancel(made.id, { reason: 'changed my mind' })).status).toBe(200)
    expect(await stateOf(made.checkout_url)).toBe('canceled')
    await submitPage(page, { card_number: card })
    expect((await is(made.id, status)).flags).toEqual(flags)
  })
})

describe('cancel', () => {
  const whyNot = async (made: Made) => (await read(made.id)).actions?.cancel

  it('shows what it would do, and does it once', async () => {
    const made = await createPayment(at.api, '10.00')
    expect(await whyNot(made)).toEqual({ allowed: true, why_not: null })
    const preview = await cancel<EffectPreview>(made.id, { dry_run: true })
    expect(preview.body.status).toEqual({ from: 'open', to: 'canceled' })
    expect((await read(made.id)).status).toBe('open')
    const done = await cancel(made.id, { reason: 'ordered twice' })
    expect([done.status, done.body.status]).toEqual([200, 'canceled'])
    const again = await cancel(made.id)
    expect([again.status, again.body.code]).toEqual([409, 'not_cancelable'])
    expect(again.body.detail).toMatch(/canceled already/)
    expect(await whyNot(made)).toEqual({ allowed: false, why_not: 'already_canceled' })
    const paid = await at.api.post(`/v1/payments/${made.id}/charges`, { token: 'tok_success' })
    expect([paid.status, paid.body.code]).toEqual([409, 'payment_over'])
  })

  it.each([
    ['money has been received', CARD.success, 'succeeded', 'not_cancelable', 'money_received'],
    ['a part has', '4000000000130007', 'partially_paid', 'not_cancelable', 'money_received'],
    ['a try is under way', PENDING, 'processing', 'outcome_unknown', 'outcome_unknown'],
  ] as const)('refuses when %s, and says why', async (_when, card, status, code, why_not) => {
    const made = await createPayment(at.api, '10.00')
    await payByCard(made.checkout_url, card)
    await is(made.id, status)
    expect(await whyNot(made)).toEqual({ allowed: false, why_not })
    const refused = await cancel(made.id)
    expect([refused.status, refused.body.code]).toEqual([409, code])
  })

  it('refuses what has expired, and allows what has failed', async () => {
    const expired = await createPayment(at.api, '10.00')
    await timeIsOver(expired.id)
    await is(expired.id, 'expired')
    expect(await whyNot(expired)).toEqual({ allowed: false, why_not: 'already_over' })
    const failed = await createPayment(at.api, '10.00')
    await payByCard(failed.checkout_url, CARD.declined)
    await is(failed.id, 'failed')
    expect((await cancel(failed.id)).body.status).toBe('canceled')
    await eventually(async () => (await stateOf(failed.checkout_url)) === 'canceled')
  })
})
