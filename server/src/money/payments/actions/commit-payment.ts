import type { Actor, Scope } from '#server/kernel/scope.ts'
import type { NewId } from '#server/platform/clock.ts'
import { announce, type NewEvent } from '#server/platform/outbox.ts'
import type { Tx } from '#server/platform/postgres/index.ts'
import type { PaymentRow } from '../payment.ts'
import { presentPayment } from '../present.ts'
import type { Purposes } from '../purpose.ts'
import { savePayment } from '../store.ts'

/**
 * One announced change; its number is the payment's version, so that no change is without an event.
 */
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

/**
 * What is announced, one line for each new version: a status change by its own event, any other
 * change by those given, else `updated`.
 */
export function changesOf(
  before: PaymentRow,
  after: PaymentRow,
  changes: readonly Change[],
): Change[] {
  const moved = after.status !== before.status
  const all = moved ? [{ type: STATUS_EVENT[after.status] }, ...changes] : [...changes]
  return all.length === 0 ? [{ type: 'payment.updated' }] : all
}

/**
 * Writes a changed payment and announces it in the caller's transaction, under the payment's lock.
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
  const all = changesOf(before, after, changes)
  const row = { ...after, version: before.version + all.length }
  const saved = await savePayment(tx, scope, row, before.version)
  if (before.status !== 'succeeded' && saved.status === 'succeeded') {
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
