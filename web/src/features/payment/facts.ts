import type { Money, Payment } from '../../api/wire.ts'
import { compare, isZero, negate, subtract } from '../../ui/amount.ts'

export type TickName = 'completed' | 'received' | 'credited' | 'closed'
export type TickState = 'done' | 'part' | 'no' | 'waiting'
export type Tick = { readonly name: TickName; readonly state: TickState }

const OVER = new Set(['failed', 'canceled', 'expired'])
const AT_REST = new Set(['nothing', 'none_old'])

/** Where the payment stands, in at most four answers; only a top-up credits a balance. */
export function ticksOf(payment: Payment): Tick[] {
  const ticks: (Tick | null)[] = [
    { name: 'completed', state: completed(payment) },
    { name: 'received', state: received(payment) },
    payment.credited_amount === null
      ? null
      : { name: 'credited', state: credited(payment, payment.credited_amount) },
    { name: 'closed', state: AT_REST.has(payment.next_step) ? 'done' : 'waiting' },
  ]
  return ticks.filter((tick) => tick !== null)
}

function completed({ status }: Payment): TickState {
  if (status === 'succeeded') return 'done'
  return OVER.has(status) ? 'no' : 'waiting'
}

function received(payment: Payment): TickState {
  if (payment.next_step === 'gateway_fact_pending') return 'waiting'
  if (compare(payment.captured_amount, payment.amount) >= 0) return 'done'
  if (!isZero(payment.captured_amount)) return 'part'
  return OVER.has(payment.status) ? 'no' : 'waiting'
}

function credited(payment: Payment, amount: Money): TickState {
  if (isZero(payment.captured_amount)) return OVER.has(payment.status) ? 'no' : 'waiting'
  if (compare(amount, payment.captured_amount) >= 0) return 'done'
  return isZero(amount) ? 'no' : 'part'
}

export type BannerName =
  | 'unknown'
  | 'partial'
  | 'overpaid'
  | 'failed'
  | 'awaitingGateway'
  | 'late'
  | 'disputed'

/** What opens by itself on the page, most pressing first. */
export function bannersOf(payment: Payment): BannerName[] {
  const has = (flag: string) => payment.flags.includes(flag)
  const all: readonly (readonly [BannerName, boolean])[] = [
    ['unknown', payment.next_step === 'check_with_gateway'],
    ['disputed', has('disputed')],
    ['overpaid', has('overpaid')],
    ['partial', payment.status === 'partially_paid'],
    ['awaitingGateway', payment.next_step === 'gateway_fact_pending'],
    [
      'failed',
      payment.status === 'failed' || (OVER.has(payment.status) && payment.reason !== null),
    ],
    ['late', has('late')],
  ]
  return all.filter(([, shown]) => shown).map(([name]) => name)
}

export const missingOf = (payment: Payment): Money =>
  subtract(payment.amount, payment.captured_amount)

/** What was received beyond the amount asked for, and not yet given back. */
export const excessOf = (payment: Payment): Money =>
  subtract(subtract(payment.captured_amount, payment.refunded_amount), payment.amount)

export type MoneyLine = {
  readonly name: 'received' | 'fees' | 'refunded' | 'net'
  readonly amount: Money
}

/** A sum that adds up before the reader's eyes: received − fees − refunded = net. */
export function moneyLines(payment: Payment): MoneyLine[] {
  return [
    { name: 'received', amount: payment.captured_amount },
    { name: 'fees', amount: negate(payment.fee_amount) },
    { name: 'refunded', amount: negate(payment.refunded_amount) },
    { name: 'net', amount: payment.net_amount },
  ]
}

export type ActionName = 'sync' | 'mark_paid' | 'refund' | 'cancel'

/** The order of the menu; what cannot be undone is last. */
export const ACTION_ORDER: readonly ActionName[] = ['sync', 'mark_paid', 'refund', 'cancel']

export const ACTION_PERMISSIONS = {
  sync: 'sync_payment',
  mark_paid: 'mark_payment_paid',
  refund: 'request_refund',
  cancel: 'cancel_payment',
} as const satisfies Record<ActionName, string>

const PRIMARY: Readonly<Record<string, ActionName>> = {
  refund_excess: 'refund',
  nothing: 'refund',
  collect_remainder: 'mark_paid',
  check_with_gateway: 'sync',
  wait_for_gateway: 'sync',
  gateway_fact_pending: 'sync',
}

export type ActionState = { readonly allowed: boolean; readonly why_not: string | null }

/** Whether an action may be done now by this person, and if not, why (a code with words). */
export function actionState(
  payment: Payment,
  action: ActionName,
  permissions: readonly string[],
): ActionState {
  if (!permissions.includes(ACTION_PERMISSIONS[action])) {
    return { allowed: false, why_not: 'permission_missing' }
  }
  return payment.actions?.[action] ?? { allowed: false, why_not: null }
}

/** The one button that stands out, or none when the next step is not ours. */
export function primaryAction(payment: Payment, permissions: readonly string[]): ActionName | null {
  const action = PRIMARY[payment.next_step]
  if (action === undefined) return null
  return actionState(payment, action, permissions).allowed ? action : null
}
