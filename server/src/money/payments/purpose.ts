import type { Result } from '#server/kernel/result.ts'
import type { Scope } from '#server/kernel/scope.ts'
import type { AccountRef } from '#server/ledger/index.ts'
import type { Tx } from '#server/platform/postgres/index.ts'
import type { PaymentRow } from './payment.ts'

/**
 * What a payment is for: where received money goes, and what else happens when it is there or goes
 * back. Adding a purpose touches no payment code; main puts the modules into one table.
 */
export type Purpose = {
  readonly name: string
  /** The account that received money belongs to, up to the amount asked for. */
  readonly destination: (payment: PaymentRow) => AccountRef
  /** Whether money beyond the amount asked for belongs to the same account. */
  readonly takesExcess: boolean
  /** Refuses a payment that this purpose could not use, before it exists. */
  readonly check?: (
    tx: Tx,
    scope: Scope,
    payment: { customer_id: string | null; currency: string },
  ) => Promise<Result<null, string>>
  /** In the transaction that makes the payment succeed. */
  readonly whenPaid?: (tx: Tx, scope: Scope, payment: PaymentRow) => Promise<void>
}

export type Purposes = Readonly<Record<string, Purpose>>

export type Leg = { readonly account: AccountRef; readonly amount: bigint }

const UNMATCHED: AccountRef = { kind: 'unmatched_deposits', owner: '' }

/**
 * Splits newly received money: what was asked for to the purpose, the rest where it is nobody's
 * yet.
 */
export function creditLegs(purpose: Purpose, row: PaymentRow, amount: bigint): Leg[] {
  const account = purpose.destination(row)
  if (purpose.takesExcess) return [{ account, amount }]
  const due = row.amount > row.captured ? row.amount - row.captured : 0n
  const wanted = amount < due ? amount : due
  return legs([account, wanted], [UNMATCHED, amount - wanted])
}

/** Takes money back in the reverse order: what nobody asked for first. */
export function debitLegs(purpose: Purpose, row: PaymentRow, amount: bigint): Leg[] {
  const account = purpose.destination(row)
  if (purpose.takesExcess) return [{ account, amount }]
  const excess = row.captured - row.amount - row.refund_reserved - row.refunded_outside
  const spare = excess > 0n ? (excess < amount ? excess : amount) : 0n
  return legs([UNMATCHED, spare], [account, amount - spare])
}

const legs = (...parts: [AccountRef, bigint][]): Leg[] =>
  parts.filter(([, amount]) => amount > 0n).map(([account, amount]) => ({ account, amount }))

/** Money asked for by an API call or a link is a sale. */
export const salePurpose = (name: string): Purpose => ({
  name,
  destination: () => ({ kind: 'sales', owner: '' }),
  takesExcess: false,
})
