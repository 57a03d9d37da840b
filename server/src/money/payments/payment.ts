import type { PaymentFlag, PaymentStatus } from '#contract/payments.ts'
import type { Flow } from '#server/kernel/flow.ts'
import type { ActorKind, Mode } from '#server/kernel/scope.ts'

export type PaymentEvent =
  | 'start'
  | 'return_to_payer'
  | 'authorize'
  | 'pay_part'
  | 'pay'
  | 'fail'
  | 'cancel'
  | 'expire'

/**
 * Late money moves expired, canceled and failed on. Refunded, overpaid and disputed are no
 * statuses.
 */
export const paymentFlow = {
  open: {
    start: 'processing',
    authorize: 'authorized',
    pay_part: 'partially_paid',
    pay: 'succeeded',
    fail: 'failed',
    cancel: 'canceled',
    expire: 'expired',
  },
  processing: {
    return_to_payer: 'open',
    authorize: 'authorized',
    pay_part: 'partially_paid',
    pay: 'succeeded',
    fail: 'failed',
    expire: 'expired',
  },
  authorized: {
    pay_part: 'partially_paid',
    pay: 'succeeded',
    fail: 'failed',
    cancel: 'canceled',
    expire: 'expired',
  },
  partially_paid: { pay: 'succeeded' },
  succeeded: {},
  failed: {
    start: 'processing',
    return_to_payer: 'open',
    authorize: 'authorized',
    pay_part: 'partially_paid',
    pay: 'succeeded',
    cancel: 'canceled',
  },
  canceled: { pay_part: 'partially_paid', pay: 'succeeded' },
  expired: { pay_part: 'partially_paid', pay: 'succeeded' },
} as const satisfies Flow<PaymentStatus, PaymentEvent>

export type PaymentRow = {
  merchant_id: string
  mode: Mode
  id: string
  shop_id: string
  customer_id: string | null
  purpose: string
  purpose_ref: string | null
  source: 'api' | 'link' | 'checkout' | 'dashboard' | 'gateway'
  status: PaymentStatus
  currency: string
  amount: bigint
  captured: bigint
  refund_reserved: bigint
  refunded_outside: bigint
  refunded: bigint
  disputed: bigint
  fee: bigint
  credited: bigint | null
  manual_open: bigint
  manual: boolean
  late: boolean
  reference: string | null
  description: string | null
  payer_name: string | null
  payer_email: string | null
  country: string | null
  gateway: string | null
  gateway_account_id: string | null
  method: string | null
  gateway_ref: string | null
  card_brand: string | null
  card_last4: string | null
  gateway_details: Record<string, string>
  reason: string | null
  message: string | null
  session_id: string | null
  link_id: string | null
  metadata: Record<string, string>
  created_by_kind: ActorKind
  created_by_id: string | null
  created_by_name: string | null
  created_at: Date
  updated_at: Date
  processed_at: Date | null
  expires_at: Date | null
  version: number
}

/** What the charges under a payment say, as far as its status is concerned. */
export type ChargeView = {
  readonly state: string
  readonly reason: string | null
  readonly authorized: boolean
}

/**
 * The event that the sum of facts calls for, or null. A pure function of amounts and of the newest
 * charge, so that the order in which facts arrive cannot matter.
 */
export function eventFor(
  row: Pick<PaymentRow, 'amount' | 'captured' | 'status'>,
  newest: ChargeView | null,
): PaymentEvent | null {
  if (row.captured >= row.amount) return 'pay'
  if (row.captured > 0n) return 'pay_part'
  if (newest === null) return null
  if (newest.authorized) return 'authorize'
  if (newest.state === 'action_required') return 'return_to_payer'
  if (newest.state !== 'rejected') return 'start'
  if (newest.reason === 'customer_canceled') return 'return_to_payer'
  return newest.reason === 'session_expired' ? 'expire' : 'fail'
}

export const stepPayment = (from: PaymentStatus, event: PaymentEvent): PaymentStatus => {
  const flow: Flow<PaymentStatus, PaymentEvent> = paymentFlow
  return flow[from][event] ?? from
}

/** The row after a flow event; the same row when the flow has no such step from here. */
export function stepped(row: PaymentRow, event: PaymentEvent | null, now: Date): PaymentRow {
  if (event === null) return row
  const status = stepPayment(row.status, event)
  if (status === row.status) return row
  const late = row.late || (['expired', 'canceled'].includes(row.status) && row.captured > 0n)
  const settled = status === 'succeeded' || status === 'partially_paid'
  return { ...row, status, late, processed_at: settled ? now : row.processed_at }
}

/** Amount facts, derived each time and never stored as a status. */
export function flagsOf(row: PaymentRow): PaymentFlag[] {
  const overpaid = row.captured > row.amount && row.captured - row.refunded > row.amount
  const all: Record<PaymentFlag, boolean> = {
    needs_action: needsAction(row),
    partial: row.status === 'partially_paid',
    overpaid,
    refunded: row.refunded > 0n && row.refunded >= row.captured,
    partly_refunded: row.refunded > 0n && row.refunded < row.captured,
    disputed: row.disputed > 0n,
    manual: row.manual,
    late: row.late,
    uncredited: row.credited !== null && row.credited < row.captured,
  }
  return (Object.keys(all) as PaymentFlag[]).filter((flag) => all[flag])
}

/**
 * The same condition as the partial index `payments_needing_action` allows and the list filters by.
 */
export const needsAction = (row: PaymentRow): boolean =>
  row.status === 'partially_paid' ||
  row.captured - row.refunded > row.amount ||
  row.manual_open > 0n ||
  row.disputed > 0n

export function nextStepOf(row: PaymentRow, hasUnknown: boolean): string {
  if (hasUnknown) return 'check_with_gateway'
  if (row.manual_open > 0n) return 'gateway_fact_pending'
  if (row.captured - row.refunded > row.amount) return 'refund_excess'
  if (row.status === 'partially_paid') return 'collect_remainder'
  if (row.status === 'open') return 'wait_for_payer'
  if (row.status === 'processing' || row.status === 'authorized') return 'wait_for_gateway'
  if (row.status === 'failed') return 'ask_other_method'
  if (row.status === 'expired' || row.status === 'canceled') return 'none_old'
  return 'nothing'
}

/** What may still be asked back: captured and not yet given back or on its way back. */
export const refundable = (row: PaymentRow): bigint => {
  const left = row.captured - row.manual_open - row.refund_reserved - row.refunded_outside
  return left > 0n ? left : 0n
}

/** What the payer still owes. */
export const remaining = (row: PaymentRow): bigint =>
  row.amount > row.captured ? row.amount - row.captured : 0n
