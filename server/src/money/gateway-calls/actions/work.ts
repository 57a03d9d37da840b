import type { Actor, Scope } from '#server/kernel/scope.ts'
import type { Change, PaymentRow, Purposes } from '#server/money/payments/index.ts'
import type { NewId } from '#server/platform/clock.ts'
import type { Tx } from '#server/platform/postgres/index.ts'

export type FactDeps = {
  readonly newId: NewId
  readonly now_ms: number
  readonly purposes: Purposes
}

/** The payment as it becomes while facts are applied to it, under its lock. */
export type Work = {
  readonly deps: FactDeps
  readonly tx: Tx
  readonly scope: Scope
  readonly actor: Actor
  row: PaymentRow
  readonly changes: Change[]
}
