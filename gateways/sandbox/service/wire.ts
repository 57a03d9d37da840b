import { toDecimal } from '../currencies.ts'
import { type Charge, type ChargeStatus, FAILURES, type Failure, minorOf } from './charge.ts'
import type { Acting } from './switches.ts'

/** What the API answers and the events carry. Amounts are decimal strings with all digits. */

export type Refund = {
  readonly ref: string
  readonly charge_ref: string
  readonly transaction_id: string | null
  readonly currency: string
  readonly amount: string
  readonly reason: string
  readonly status: 'pending' | 'succeeded' | 'failed'
  readonly message: string | null
  readonly created_ms: number
}

export type Dispute = {
  readonly ref: string
  readonly charge_ref: string
  readonly currency: string
  readonly amount: string
  readonly reason: string
  readonly status: 'needs_response' | 'won' | 'lost'
  readonly created_ms: number
}

export type WireRefund = ReturnType<typeof wireRefund>
export type WireDispute = ReturnType<typeof wireDispute>
export type WireCharge = ReturnType<typeof wireCharge>

const whole = (amount: string, currency: string): string =>
  toDecimal(minorOf(amount, currency), currency)

export const wireRefund = (refund: Refund) => ({
  object: 'refund' as const,
  id: refund.ref,
  charge: refund.charge_ref,
  transaction_id: refund.transaction_id,
  currency: refund.currency,
  amount: whole(refund.amount, refund.currency),
  reason: refund.reason,
  status: refund.status,
  message: refund.message,
  created_ms: refund.created_ms,
})

export const wireDispute = (dispute: Dispute) => ({
  object: 'dispute' as const,
  id: dispute.ref,
  charge: dispute.charge_ref,
  currency: dispute.currency,
  amount: whole(dispute.amount, dispute.currency),
  reason: dispute.reason,
  status: dispute.status,
  created_ms: dispute.created_ms,
})

export type Related = { readonly refunds: readonly Refund[]; readonly disputes: readonly Dispute[] }

/** `redirect_url` is where the payer goes while the charge waits for them. */
export function wireCharge(charge: Charge, related: Related, redirect_url: string | null) {
  const { currency, failure_code, card_brand, card_last4 } = charge
  const waits = charge.status === 'action_required' && redirect_url !== null
  return {
    object: 'charge' as const,
    id: charge.ref,
    account: charge.account_ref,
    mode: charge.mode,
    transaction_id: charge.transaction_id,
    reference: charge.reference,
    description: charge.description,
    currency,
    amount: whole(charge.amount, currency),
    amount_captured: whole(charge.captured, currency),
    amount_refunded: whole(charge.refunded, currency),
    fee: whole(charge.fee, currency),
    status: charge.status,
    failure: failure_code ? { code: failure_code, message: charge.failure_message ?? '' } : null,
    card: card_brand && card_last4 ? { brand: card_brand, last4: card_last4 } : null,
    country: charge.country,
    next_action: waits ? { redirect_url } : null,
    refunds: related.refunds.map(wireRefund),
    disputes: related.disputes.map(wireDispute),
    expires_at: charge.expires_ms === null ? null : Math.floor(charge.expires_ms / 1000),
    created_ms: charge.created_ms,
  }
}

/** The event that a charge's new status is worth; none while it waits for the payer. */
export const CHARGE_EVENT = {
  action_required: null,
  pending: 'charge.pending',
  succeeded: 'charge.succeeded',
  partially_captured: 'charge.partially_captured',
  failed: 'charge.failed',
  canceled: 'charge.canceled',
  expired: 'charge.expired',
} as const satisfies Record<ChargeStatus, string | null>

export const errorBody = (code: string, message: string, charge?: string) => ({
  error: { code, message, ...(charge === undefined ? {} : { charge }) },
})

export const failureMessage = (failure: Failure): string => FAILURES[failure]

const OTHER_CURRENCY: Readonly<Record<string, string>> = { EUR: 'USD' }

/** The same answer, told wrong in one field. */
export function misreported(body: object, acting: Acting): object {
  const field = acting.misreport?.field
  if (field === undefined || !('object' in body)) return body
  if ('data' in body && Array.isArray(body.data)) {
    return { ...body, data: body.data.map((one: object) => misreported(one, acting)) }
  }
  if (field === 'account') return { ...body, account: 'sac_of_someone_else' }
  if (field === 'mode')
    return { ...body, mode: 'mode' in body && body.mode === 'test' ? 'live' : 'test' }
  if (!('currency' in body) || typeof body.currency !== 'string') return body
  if (field === 'currency') return { ...body, currency: OTHER_CURRENCY[body.currency] ?? 'EUR' }
  return { ...body, ...raised(body, body.currency) }
}

/** Every amount of the answer, one minor unit higher. */
function raised(body: object, currency: string): object {
  const entries = Object.entries(body).filter(
    ([name, value]) => ['amount', 'amount_captured'].includes(name) && typeof value === 'string',
  )
  return Object.fromEntries(
    entries.map(([name, value]) => [name, toDecimal(minorOf(value, currency) + 1n, currency)]),
  )
}
