import type { Static } from 'typebox'
import type { CancelPayment, EffectPreview } from '#contract/payments.ts'
import { ok, type Result, refuse } from '#server/kernel/result.ts'
import type { Actor, Scope } from '#server/kernel/scope.ts'
import { transactionsOf } from '#server/money/transactions/index.ts'
import type { NewId } from '#server/platform/clock.ts'
import type { Tx } from '#server/platform/postgres/index.ts'
import { AVAILABLE, WHY_NOT } from '../available.ts'
import { type PaymentRow, stepped } from '../payment.ts'
import type { Purposes } from '../purpose.ts'
import { lockPayments } from '../store.ts'
import { commitPayment } from './commit-payment.ts'

type CancelDeps = { readonly newId: NewId; readonly now_ms: number; readonly purposes: Purposes }

/** Stops collecting. Money that arrives all the same still moves the payment on. */
export async function cancelPayment(
  deps: CancelDeps,
  tx: Tx,
  scope: Scope,
  actor: Actor,
  id: string,
  input: Static<typeof CancelPayment>,
): Promise<Result<PaymentRow | EffectPreview, string>> {
  const row = (await lockPayments(tx, scope, [id])).get(id)
  if (!row) return refuse('payment_not_found')
  const charges = await transactionsOf(tx, scope, [id])
  const own = charges.filter((one) => one.type === 'charge')
  const may = AVAILABLE.cancel(row, own, {})
  if (!may.allowed) {
    const detail = WHY_NOT[may.why_not ?? ''] ?? ''
    return refuse(may.why_not === 'outcome_unknown' ? 'outcome_unknown' : 'not_cancelable', {
      detail,
    })
  }
  if (input.dry_run) {
    return ok({
      object: 'effect_preview',
      status: { from: row.status, to: 'canceled' },
      lines: [],
      max: null,
      why_max: null,
    } satisfies EffectPreview)
  }
  const after = stepped(
    { ...row, message: input.reason ?? row.message },
    'cancel',
    new Date(deps.now_ms),
  )
  return ok(await commitPayment(deps, tx, scope, actor, row, after))
}
