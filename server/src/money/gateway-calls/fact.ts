import type { ObjectFacts, RefundFact } from '#gateway-kit'
import type { TransactionRow, TransactionState } from '#server/money/transactions/index.ts'

/**
 * What is known of one of our transactions, wherever it came from: a gateway's event, an answer to
 * our call, a look-up, the return page, an import. All of them end in `applyFacts`.
 *
 * - `object`: the gateway's own words about a charge and everything refunded from it.
 * - `refund`: its answer to one refund of ours, which says nothing else of the charge.
 * - `rejected`: a definite no to our request, for which the gateway made no object.
 * - `unknown`: the request left and the answer is lost.
 */
export type Fact =
  | { readonly kind: 'object'; readonly accountId: string; readonly object: ObjectFacts }
  | {
      readonly kind: 'refund'
      readonly transactionId: string
      readonly chargeId: string
      readonly refund: RefundFact
    }
  | {
      readonly kind: 'rejected'
      readonly transactionId: string
      readonly reason: string
      readonly message: string
      readonly gateway_ref: string | null
    }
  | { readonly kind: 'unknown'; readonly transactionId: string; readonly message: string }

/** A fact without any object of the gateway behind it. */
export type Verdict = Extract<Fact, { kind: 'rejected' | 'unknown' }>

export type FactAnswer = {
  readonly outcome: 'applied' | 'nothing_new' | 'parked'
  /** Why it was parked. */
  readonly reason: ParkReason | null
  readonly payment_id: string | null
  readonly transaction_id: string | null
  readonly changed: readonly string[]
}

export type ParkReason =
  | 'unknown_object'
  | 'other_account'
  | 'other_mode'
  | 'other_currency'
  | 'other_amount'
  | 'other_object'

/** Facts only move a transaction up; `unknown` says nothing and moves nothing that is known. */
const RANK: Readonly<Record<TransactionState, number>> = {
  prepared: 0,
  dispatched: 1,
  unknown: 2,
  action_required: 3,
  pending: 4,
  rejected: 5,
  approved: 6,
}

const STATE_OF: Readonly<Record<ObjectFacts['status'], TransactionState>> = {
  created: 'action_required',
  action_required: 'action_required',
  pending: 'pending',
  authorized: 'pending',
  succeeded: 'approved',
  failed: 'rejected',
  canceled: 'rejected',
  expired: 'rejected',
}

export function mergeState(now: TransactionState, object: ObjectFacts): TransactionState {
  const said = object.captured > 0n ? 'approved' : STATE_OF[object.status]
  if (said === 'approved' && object.captured === 0n) return now
  return RANK[said] > RANK[now] ? said : now
}

/** A genuine fact of somebody else's money must never be applied: every identity is compared. */
export function mismatchOf(
  object: ObjectFacts,
  charge: TransactionRow,
  account: { account_ref: string; mode: string },
): ParkReason | null {
  if (object.account_ref !== account.account_ref) return 'other_account'
  if (object.mode !== account.mode) return 'other_mode'
  if (charge.gateway_ref !== null && charge.gateway_ref !== object.gateway_ref)
    return 'other_object'
  if (object.transaction_id !== null && object.transaction_id !== charge.id) return 'other_object'
  if (object.currency !== charge.currency) return 'other_currency'
  if (object.requested !== charge.amount || object.captured > object.requested)
    return 'other_amount'
  return null
}

export function reasonOf(object: ObjectFacts): string | null {
  if (object.reason) return object.reason
  if (object.status === 'canceled') return 'customer_canceled'
  if (object.status === 'expired') return 'session_expired'
  return object.status === 'failed' ? 'other' : null
}
