import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFlorin, type TestFlorin, transfersOf } from './florin.ts'
import { CARD, createPayment, goToGateway, paidPayment, payByCard, paymentIs } from './payer.ts'

let at: TestFlorin
beforeAll(async () => {
  at = await openFlorin()
})
afterAll(async () => {
  expect(await at.audit()).toEqual([])
  await at.close()
})

describe('the main job', () => {
  it('takes a payment from checkout through the signed event to the ledger', async () => {
    const paid = await paidPayment(at.api, '49.90', { reference: 'A-17', payer_name: 'Zoé Martin' })
    expect(paid.captured_amount).toEqual({ value: '49.90', currency: 'EUR' })
    expect(paid.fee_amount.value).toBe('0.74')
    expect(paid.net_amount.value).toBe('49.16')
    expect(paid.card).toEqual({ brand: 'visa', last4: '4242' })
    expect(await transfersOf(at.api, paid.id)).toEqual([
      'gateway_clearing → sales 49.90 EUR',
      'gateway_fees → gateway_clearing 0.74 EUR',
    ])
    const events = await at.db.query<{ type: string; object_version: number }>({
      text: 'select type, object_version from events where payment_id = $1 order by object_version',
      values: [paid.id],
    })
    expect(events.map((event) => event.object_version)).toEqual(events.map((_, i) => i + 1))
    expect(events.at(0)?.type).toBe('payment.created')
    expect(events.map((event) => event.type)).toContain('payment.succeeded')
  })

  it('credits a wallet for a top-up, and takes a refund out of it again', async () => {
    const customer = await at.api.post<{ id: string }>('/v1/customers', { name: 'Ada' })
    const more = { purpose: 'top_up', customer_id: customer.body.id }
    const paid = await paidPayment(at.api, '20.00', more)
    expect(paid.credited_amount?.value).toBe('20.00')
    const wallet = async () =>
      (
        await at.api.get<{ data: { balance: { value: string } }[] }>(
          `/v1/wallets?customer_id=${customer.body.id}`,
        )
      ).body.data[0]?.balance.value
    expect(await wallet()).toBe('20.00')
    const refund = await at.api.post(`/v1/payments/${paid.id}/refunds`, {
      amount: { value: '5.00', currency: 'EUR' },
      reason: 'unused credit',
    })
    expect(refund.status).toBe(201)
    await paymentIs(at.api, paid.id, (one) => one.refunded_amount.value === '5.00')
    expect(await wallet()).toBe('15.00')
  })

  it('shows a decline with its reason and lets the payer try again', async () => {
    const made = await createPayment(at.api, '10.00')
    await payByCard(made.checkout_url, CARD.declined)
    const failed = await paymentIs(at.api, made.id, (one) => one.status === 'failed')
    expect(failed.reason).toBe('card_declined')
    await payByCard(made.checkout_url)
    const paid = await paymentIs(at.api, made.id, (one) => one.status === 'succeeded')
    expect(paid.reason).toBe(null)
    expect(paid.transactions?.map((one) => one.status)).toEqual(['rejected', 'approved'])
  })

  it('never makes a second charge for refresh, Back, a double click or 20 tabs', async () => {
    const made = await createPayment(at.api, '10.00')
    const pages = await Promise.all(
      Array.from({ length: 20 }, () => goToGateway(made.checkout_url)),
    )
    expect(new Set(pages.map((page) => new URL(page).pathname)).size).toBe(1)
    await payByCard(made.checkout_url)
    await paymentIs(at.api, made.id, (one) => one.status === 'succeeded')
    const again = await fetch(`${made.checkout_url}/pay`, { method: 'POST', redirect: 'manual' })
    expect(again.headers.get('location')).toContain('/c/')
    const truth = await at.florin.sandbox?.truth(at.sandboxRef)
    const ids = (await paymentIs(at.api, made.id, () => true)).transactions?.map((one) => one.id)
    expect(truth?.captures.filter((one) => ids?.includes(one.transaction_id)).length).toBe(1)
  })
})
