import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Payment } from '#contract/payments.ts'
import { openFlorin, type TestFlorin, transfersOf } from './florin.ts'
import { createPayment, goToGateway, payByCard, paymentIs } from './payer.ts'
import { submitPage } from './sandbox.ts'

let at: TestFlorin
beforeAll(async () => {
  at = await openFlorin()
})
afterAll(async () => {
  expect(await at.audit()).toEqual([])
  await at.close()
})

const PARTIAL = '4000000000130007'
const PENDING = '4000000000120008'

const read = (id: string) => paymentIs(at.api, id, () => true)
const is = (id: string, status: Payment['status']) =>
  paymentIs(at.api, id, (one) => one.status === status)
const statusOf = async (checkoutUrl: string) =>
  (await (await fetch(`${checkoutUrl}/status`)).json()) as { state: string; title: string }
const charges = (payment: Payment) =>
  payment.transactions?.map((one) => `${one.status} ${one.approved_amount.value}`)
const walletsOf = async (customer: string) =>
  (
    await at.api.get<{ data: { balance: { value: string } }[] }>(
      `/v1/wallets?customer_id=${customer}`,
    )
  ).body.data.map((one) => one.balance.value)

/** The payer stands at the gateway's page; meanwhile a stored card pays the same payment. */
async function payTwice(more = {}): Promise<string> {
  const made = await createPayment(at.api, '10.00', more)
  const page = await goToGateway(made.checkout_url)
  const token = { token: 'tok_success' }
  expect((await at.api.post(`/v1/payments/${made.id}/charges`, token)).status).toBe(201)
  await is(made.id, 'succeeded')
  await submitPage(page, { card_number: '4242424242424242' })
  await paymentIs(at.api, made.id, (one) => one.captured_amount.value === '20.00')
  return made.id
}

describe('a part of the money', () => {
  it('leaves the rest to pay on the same page, and then succeeds', async () => {
    const made = await createPayment(at.api, '100.00')
    await payByCard(made.checkout_url, PARTIAL)
    const part = await is(made.id, 'partially_paid')
    expect(part.captured_amount.value).toBe('60.00')
    expect(part.flags).toEqual(['needs_action', 'partial'])
    expect(part.next_step).toBe('collect_remainder')
    expect(await statusOf(made.checkout_url)).toMatchObject({
      state: 'partial',
      title: expect.stringContaining('€60.00 of €100.00 received'),
    })
    const page = await (await fetch(made.checkout_url)).text()
    expect(page).toContain('€40.00')
    await payByCard(made.checkout_url)
    const paid = await is(made.id, 'succeeded')
    expect(paid.flags).toEqual([])
    expect(paid.fee_amount.value).toBe('1.50')
    expect(charges(paid)).toEqual(['approved 60.00', 'approved 40.00'])
    expect(await transfersOf(at.api, made.id)).toEqual([
      'gateway_clearing → sales 60.00 EUR',
      'gateway_fees → gateway_clearing 0.90 EUR',
      'gateway_clearing → sales 40.00 EUR',
      'gateway_fees → gateway_clearing 0.60 EUR',
    ])
  })

  it('can still be completed after the time to pay is over', async () => {
    const made = await createPayment(at.api, '10.00')
    await payByCard(made.checkout_url, PARTIAL)
    await is(made.id, 'partially_paid')
    await at.db.query({
      text: `with late as (update payments set expires_at = now() - interval '1 h' where id = $1)
        update checkout_sessions set expires_at = now() - interval '1 h' where payment_id = $1`,
      values: [made.id],
    })
    expect((await statusOf(made.checkout_url)).state).toBe('partial')
    await payByCard(made.checkout_url)
    const paid = await is(made.id, 'succeeded')
    expect(charges(paid)).toEqual(['approved 6.00', 'approved 4.00'])
    expect(paid.flags).toEqual([])
  })

  it('is credited to the wallet as it comes', async () => {
    const customer = await at.api.post<{ id: string }>('/v1/customers', { name: 'Cleo' })
    const more = { purpose: 'top_up', customer_id: customer.body.id }
    const made = await createPayment(at.api, '50.00', more)
    await payByCard(made.checkout_url, PARTIAL)
    await is(made.id, 'partially_paid')
    expect(await walletsOf(customer.body.id)).toEqual(['30.00'])
    await payByCard(made.checkout_url)
    await is(made.id, 'succeeded')
    expect(await walletsOf(customer.body.id)).toEqual(['50.00'])
  })
})

describe('more money than was asked for', () => {
  it('puts the excess of a sale where it is nobody’s yet, and gives it back first', async () => {
    const id = await payTwice()
    const over = await read(id)
    expect(over.status).toBe('succeeded')
    expect(over.flags).toEqual(['needs_action', 'overpaid'])
    expect(over.next_step).toBe('refund_excess')
    expect((await transfersOf(at.api, id)).filter((line) => line.includes('→ s'))).toEqual([
      'gateway_clearing → sales 10.00 EUR',
    ])
    const refund = (value: string) =>
      at.api.post<{ code?: string; allowed?: unknown }>(`/v1/payments/${id}/refunds`, {
        amount: { value, currency: 'EUR' },
        reason: 'paid twice',
      })
    const spans = await refund('15.00')
    expect([spans.status, spans.body.code]).toEqual([422, 'refund_spans_charges'])
    expect(spans.body.allowed).toEqual({ max_refund: { value: '10.00', currency: 'EUR' } })
    expect((await refund('10.00')).status).toBe(201)
    const after = await paymentIs(at.api, id, (one) => one.refunded_amount.value === '10.00')
    expect(after.flags).toEqual(['partly_refunded'])
    expect(await transfersOf(at.api, id)).toContain(
      'unmatched_deposits → gateway_clearing 10.00 EUR',
    )
    const [event] = await at.db.query<{ n: number }>({
      text: `select count(*)::int as n from events
        where object_id = $1 and type = 'payment.overpaid'`,
      values: [id],
    })
    expect(event?.n).toBe(1)
  })

  it('puts the excess of a top-up on the wallet', async () => {
    const customer = await at.api.post<{ id: string }>('/v1/customers', { name: 'Dora' })
    const id = await payTwice({ purpose: 'top_up', customer_id: customer.body.id })
    const over = await read(id)
    expect(over.flags).toContain('overpaid')
    expect(over.credited_amount?.value).toBe('20.00')
    expect(await walletsOf(customer.body.id)).toEqual(['20.00'])
  })

  it('splits one capture between what is due and the excess', async () => {
    const made = await createPayment(at.api, '10.00')
    const page = await goToGateway(made.checkout_url)
    await at.api.post(`/v1/payments/${made.id}/charges`, { token: 'tok_partial' })
    await is(made.id, 'partially_paid')
    await submitPage(page, { card_number: '4242424242424242' })
    const over = await is(made.id, 'succeeded')
    expect(over.captured_amount.value).toBe('16.00')
    expect(over.flags).toEqual(['needs_action', 'overpaid'])
    const kept = (await transfersOf(at.api, made.id)).filter((line) => !line.includes('fees'))
    expect(kept).toEqual([
      'gateway_clearing → sales 6.00 EUR',
      'gateway_clearing → sales 4.00 EUR',
      'gateway_clearing → unmatched_deposits 6.00 EUR',
    ])
  })

  it('takes note of a charge that turns pending while another one is under way', async () => {
    const made = await createPayment(at.api, '10.00')
    const page = await goToGateway(made.checkout_url)
    await at.api.post(`/v1/payments/${made.id}/charges`, { token: 'tok_pending' })
    await submitPage(page, { card_number: PENDING })
    const back = await fetch(`${made.checkout_url}/return`, { redirect: 'manual' })
    expect(back.status).toBe(303)
    const states = (await read(made.id)).transactions?.map((one) => one.state)
    expect(states).toEqual(['pending', 'pending'])
    await at.db.query({
      text: `update sandbox.charges set due_ms = 0 where transaction_id = any($1)`,
      values: [(await read(made.id)).transactions?.map((one) => one.id)],
    })
    const over = await paymentIs(at.api, made.id, (one) => one.captured_amount.value === '20.00')
    expect(over.flags).toContain('overpaid')
  })
})
