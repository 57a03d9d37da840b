import { toDecimal, toMinor } from '../currencies.ts'
import type { Mode } from './books.ts'

export type ChargeStatus =
  | 'action_required'
  | 'pending'
  | 'succeeded'
  | 'partially_captured'
  | 'failed'
  | 'canceled'
  | 'expired'

/** Why a charge failed, in this company's words, with the sentence its answers carry. */
export const FAILURES = {
  card_declined: 'The card was declined.',
  insufficient_funds: 'The card has insufficient funds.',
  invalid_card: 'The card number is not valid.',
  expired_card: 'The card has expired.',
  authentication_failed: 'The payer did not pass 3-D Secure.',
  fraud_block: 'The charge was blocked as risky.',
  processing_error: 'An error occurred while processing the card.',
  customer_canceled: 'The payer canceled.',
  session_expired: 'The payer did not pay in time.',
} as const satisfies Record<string, string>
export type Failure = keyof typeof FAILURES

/** One thing that happens to a charge. */
export type Step =
  | { readonly do: 'capture'; readonly percent?: number }
  | { readonly do: 'wait' }
  | { readonly do: 'fail'; readonly failure: Failure }
  | { readonly do: 'cancel' }
  | { readonly do: 'expire' }

/** Money may still come after the end of a session, as it does from a slow bank. */
const FLOW = {
  action_required: ['capture', 'wait', 'fail', 'cancel', 'expire'],
  pending: ['capture', 'fail', 'expire'],
  expired: ['capture'],
  succeeded: [],
  partially_captured: [],
  failed: [],
  canceled: [],
} as const satisfies Record<ChargeStatus, readonly Step['do'][]>

/** Amounts are decimal strings as they came, exact in the charge's currency. */
export type Charge = {
  readonly account_ref: string
  readonly mode: Mode
  readonly ref: string
  readonly origin: 'checkout' | 'token' | 'past'
  readonly transaction_id: string
  readonly reference: string
  readonly description: string
  readonly currency: string
  readonly amount: string
  readonly captured: string
  readonly refunded: string
  readonly fee: string
  readonly fee_basis_points: number
  readonly status: ChargeStatus
  readonly failure_code: string | null
  readonly failure_message: string | null
  readonly card_brand: string | null
  readonly card_last4: string | null
  readonly country: string | null
  readonly pay_token: string | null
  readonly locale: string
  readonly return_url: string | null
  readonly cancel_url: string | null
  readonly event_url: string
  readonly scenario: string | null
  readonly authenticating: boolean
  readonly expires_ms: number | null
  readonly next_step: number
  readonly due_ms: number | null
  readonly created_ms: number
}

/** What a step changes; amounts in decimals, ready to be written. */
export type Change = {
  readonly status: ChargeStatus
  readonly captured: string | null
  readonly fee: string | null
  readonly failure: Failure | null
}

/** Null when the charge is past this step: nothing may change then. */
export function changeOf(charge: Charge, step: Step): Change | null {
  const allowed: readonly Step['do'][] = FLOW[charge.status]
  if (!allowed.includes(step.do)) return null
  const nothing = { captured: null, fee: null, failure: null }
  if (step.do === 'wait') return { ...nothing, status: 'pending' }
  if (step.do === 'fail') return { ...nothing, status: 'failed', failure: step.failure }
  if (step.do === 'cancel') return { ...nothing, status: 'canceled', failure: 'customer_canceled' }
  if (step.do === 'expire') return { ...nothing, status: 'expired', failure: 'session_expired' }
  const { captured, fee } = shareOf(charge, step.percent ?? 100)
  return {
    ...nothing,
    status: step.percent === undefined ? 'succeeded' : 'partially_captured',
    captured,
    fee,
  }
}

/** Part of the amount, rounded down but never to nothing, and the fee on it, rounded down. */
function shareOf(charge: Charge, percent: number): { captured: string; fee: string } {
  const { amount, currency } = charge
  const part = (minorOf(amount, currency) * BigInt(percent)) / 100n
  const captured = part === 0n ? 1n : part
  const fee = (captured * BigInt(charge.fee_basis_points)) / 10_000n
  return {
    captured: percent === 100 ? amount : toDecimal(captured, currency),
    fee: toDecimal(fee, currency),
  }
}

/** What may still be given back, in minor units. */
export const refundable = (charge: Charge): bigint =>
  minorOf(charge.captured, charge.currency) - minorOf(charge.refunded, charge.currency)

/** Minor units of an amount the books hold. */
export function minorOf(amount: string, currency: string): bigint {
  const minor = toMinor(amount, currency)
  if (minor === null) throw new Error(`the books hold ${amount} ${currency}, which is no amount`)
  return minor
}
