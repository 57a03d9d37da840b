import type { Flow } from '#server/kernel/flow.ts'
import type { Mode } from '#server/kernel/scope.ts'

export type TransactionState =
  | 'prepared'
  | 'dispatched'
  | 'action_required'
  | 'pending'
  | 'unknown'
  | 'approved'
  | 'rejected'
export type TransactionEvent =
  | 'dispatch'
  | 'require_action'
  | 'wait'
  | 'lose_sight'
  | 'approve'
  | 'reject'

/** One row per try. `rejected` may still turn to `approved`: gateways do take money late. */
export const transactionFlow = {
  prepared: { dispatch: 'dispatched', approve: 'approved', reject: 'rejected' },
  dispatched: {
    dispatch: 'dispatched',
    require_action: 'action_required',
    wait: 'pending',
    lose_sight: 'unknown',
    approve: 'approved',
    reject: 'rejected',
  },
  action_required: { wait: 'pending', approve: 'approved', reject: 'rejected' },
  pending: { approve: 'approved', reject: 'rejected' },
  unknown: {
    dispatch: 'unknown',
    require_action: 'action_required',
    wait: 'pending',
    lose_sight: 'unknown',
    approve: 'approved',
    reject: 'rejected',
  },
  approved: {},
  rejected: { approve: 'approved' },
} as const satisfies Flow<TransactionState, TransactionEvent>

export type TransactionRow = {
  merchant_id: string
  mode: Mode
  id: string
  payment_id: string
  type: 'charge' | 'refund' | 'chargeback'
  state: TransactionState
  currency: string
  amount: bigint
  approved: bigint
  cleared: bigint
  charge_id: string | null
  fee: bigint
  gateway_account_id: string | null
  gateway: string | null
  gateway_ref: string | null
  method: string | null
  manual: boolean
  redirect_url: string | null
  request_path: string | null
  request_body: string | null
  attempts: number
  first_sent_at: Date | null
  resend_until: Date | null
  quarantine_until: Date | null
  not_found_at: Date | null
  reason: string | null
  message: string | null
  created_at: Date
  updated_at: Date
}

/** How the outside sees a state: processing until the end is known. */
export const outsideStatus = (state: TransactionState): 'processing' | 'approved' | 'rejected' =>
  state === 'approved' || state === 'rejected' ? state : 'processing'

export const isOpen = (state: TransactionState): boolean => outsideStatus(state) === 'processing'

/** The first request of this transaction must be sent by whoever holds it; set by main. */
export type Dispatch = (
  scope: { merchantId: `mer_${string}`; mode: Mode },
  transactionId: string,
) => Promise<void>

const FIRST_LOOK_MS = { unknown: 3000, pending: 5000, action_required: 30_000 } as const
const LAST_LOOK_MS = 6 * 3600 * 1000

/**
 * Milliseconds until the gateway is asked again, or null when nothing is left to learn: half of the
 * time that has passed, so that a young transaction is watched closely and an old one cheaply.
 */
export function nextLook_ms(state: TransactionState, age_ms: number): number | null {
  if (!isOpen(state)) return null
  const known = state === 'pending' || state === 'action_required' ? state : 'unknown'
  return Math.min(LAST_LOOK_MS, Math.max(FIRST_LOOK_MS[known], Math.round(age_ms / 2)))
}
