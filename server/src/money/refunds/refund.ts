import type { Flow } from '#server/kernel/flow.ts'
import type { ActorKind, Mode } from '#server/kernel/scope.ts'

export type RefundStatus =
  | 'requested'
  | 'awaiting_approval'
  | 'sending'
  | 'unknown'
  | 'succeeded'
  | 'failed'
export type RefundEvent = 'ask' | 'send' | 'lose_sight' | 'succeed' | 'fail'

/** `failed` may still turn to `succeeded` on the gateway's own evidence. */
export const refundFlow = {
  requested: { ask: 'awaiting_approval', send: 'sending' },
  awaiting_approval: { send: 'sending', fail: 'failed' },
  sending: { lose_sight: 'unknown', succeed: 'succeeded', fail: 'failed' },
  unknown: { succeed: 'succeeded', fail: 'failed' },
  succeeded: { fail: 'failed' },
  failed: { succeed: 'succeeded' },
} as const satisfies Flow<RefundStatus, RefundEvent>

export type RefundRow = {
  merchant_id: string
  mode: Mode
  id: string
  payment_id: string
  transaction_id: string | null
  status: RefundStatus
  currency: string
  amount: bigint
  reason: string
  message: string | null
  source: 'dashboard' | 'api' | 'gateway'
  gateway: string | null
  gateway_ref: string | null
  created_by_kind: ActorKind
  created_by_id: string | null
  created_by_name: string | null
  created_at: Date
  updated_at: Date
  version: number
  customer_id?: string | null
  customer_name?: string | null
  customer_email?: string | null
}
