import type { Amount, ChargeRequest, CheckoutRequest, ObjectFacts } from '../port.ts'
import { type GatewayHarness, newTransactionId } from './harness.ts'

const TEN_EUROS: Amount = { amount: 1000n, currency: 'EUR' }

export function chargeRequest(
  harness: GatewayHarness,
  more: Partial<ChargeRequest> = {},
): ChargeRequest {
  const request = {
    transaction_id: newTransactionId(),
    amount: TEN_EUROS,
    reference: 'Order 7',
    description: 'Two tickets',
    token: harness.tokens.approve,
    event_url: harness.event_url,
    ...more,
  }
  harness.willUse?.(request.token)
  return request
}

export const checkoutRequest = (
  harness: GatewayHarness,
  more: Partial<CheckoutRequest> = {},
): CheckoutRequest => ({
  transaction_id: newTransactionId(),
  amount: TEN_EUROS,
  reference: 'Order 7',
  description: 'Two tickets',
  locale: 'fr',
  return_url: 'https://merchant.example/return',
  cancel_url: 'https://merchant.example/cancel',
  event_url: harness.event_url,
  expires_at_s: Math.floor(Date.now() / 1000) + 1800,
  ...more,
})

export const prepareCharge = (harness: GatewayHarness, request: ChargeRequest) =>
  harness.gateway.prepareCharge(harness.account, request)

export const sendCharge = (harness: GatewayHarness, call: ReturnType<typeof prepareCharge>) =>
  harness.gateway.sendCharge(harness.account, call, harness.http)

/** An approved charge, to be refunded. */
export async function approvedCharge(
  harness: GatewayHarness,
  amount: Amount = TEN_EUROS,
): Promise<ObjectFacts> {
  const request = chargeRequest(harness, { amount })
  const outcome = await sendCharge(harness, prepareCharge(harness, request))
  if (outcome.kind !== 'approved') throw new Error(`the charge was ${outcome.kind}`)
  return outcome.object
}

export const prepareRefund = (
  harness: GatewayHarness,
  charge: ObjectFacts,
  amount: bigint,
  transaction_id = newTransactionId(),
) =>
  harness.gateway.prepareRefund(harness.account, {
    transaction_id,
    charge_ref: charge.gateway_ref,
    amount: { amount, currency: charge.currency },
    reason: 'Returned goods',
  })

export const sendRefund = (harness: GatewayHarness, call: ReturnType<typeof prepareRefund>) =>
  harness.gateway.sendRefund(harness.account, call, harness.http)

export const lookUp = (
  harness: GatewayHarness,
  transaction_id: string,
  gateway_ref: string | null = null,
) => harness.gateway.lookUp(harness.account, { transaction_id, gateway_ref }, harness.http)

export const capturesOf = async (harness: GatewayHarness, transaction_id: string) =>
  (await harness.books()).captures.filter((one) => one.transaction_id === transaction_id)

export const refundsOf = async (harness: GatewayHarness, transaction_id: string) =>
  (await harness.books()).refunds.filter((one) => one.transaction_id === transaction_id)
