import type { Actor, Scope } from '#server/kernel/scope.ts'
import type { NewId } from '#server/platform/clock.ts'
import { announce, type NewEvent } from '#server/platform/outbox.ts'
import type { Tx } from '#server/platform/postgres/index.ts'
import { type PaymentEvent, type PaymentRow, stepPayment } from './payment.ts'
import { presentPayment } from './present.ts'
import type { Purposes } from './purpose.ts'
import { savePayment } from './store.ts'

/** One announced change; its number is the payment's version, so that no change is without an event. */
export type Change = { readonly type: string; readonly data?: Readonly<Record<string, unknown>> }

type ChangeDeps = { readonly newId: NewId; readonly purposes: Purposes }

const STATUS_EVENT: Readonly<Record<PaymentRow['status'], string>> = {
  open: 'payment.waiting_for_payer',
  processing: 'payment.processing',
  authorized: 'payment.authorized',
  partially_paid: 'payment.partially_paid',
  succeeded: 'payment.succeeded',
  failed: 'payment.failed',
  canceled: 'payment.canceled',
  expired: 'payment.expired',
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

/**
 * Writes a changed payment and announces it in the caller's transaction, under the payment's lock.
 * A status change is announced by its own event; any other change by those given, else `updated`.
 */
export async function commitPayment(
  deps: ChangeDeps,
  tx: Tx,
  scope: Scope,
  actor: Actor,
  before: PaymentRow,
  after: PaymentRow,
  changes: readonly Change[] = [],
): Promise<PaymentRow> {
  const moved = after.status !== before.status
  const all = moved ? [{ type: STATUS_EVENT[after.status] }, ...changes] : [...changes]
  if (all.length === 0) all.push({ type: 'payment.updated' })
  const row = { ...after, version: before.version + all.length }
  const saved = await savePayment(tx, scope, row, before.version)
  if (moved && saved.status === 'succeeded') {
    await deps.purposes[saved.purpose]?.whenPaid?.(tx, scope, saved)
  }
  await announce(
    tx,
    deps.newId,
    scope,
    actor,
    all.map((change, index) => eventOf(saved, change, before.version + index + 1)),
  )
  return saved
}

export function eventOf(row: PaymentRow, change: Change, version: number): NewEvent {
  const data = { ...presentPayment(row), version, ...change.data }
  return {
    type: change.type,
    objectId: row.id,
    objectVersion: version,
    paymentId: row.id,
    data,
  }
}
