import { assert } from '../kernel/assert.ts'
import type { Id } from '../kernel/ids.ts'
import { type AccountRef, sameAccount } from './accounts.ts'

/** One debit and one credit of one amount, wished for. */
export type TransferInput = {
  readonly id: Id<'transfer'>
  /** Transfers with the same number, next to each other, post together or not at all. */
  readonly group: number
  readonly debit: AccountRef
  readonly credit: AccountRef
  /** Minor units, above zero. */
  readonly amount: bigint
  readonly currency: string
  /** The business fact behind it: the same kind, id and leg never post twice. */
  readonly source_kind: string
  readonly source_id: string
  readonly leg: number
  readonly payment_id: string | null
  /** Holds the amount until `settle` posts or voids it. */
  readonly pending?: boolean
}

export type PostRefusal = 'overdraft' | 'account_closed' | 'group_refused'

export type PostAnswer = {
  /** `already`: this source was posted before, with the same accounts and amount. */
  readonly outcome: 'posted' | 'already' | 'refused'
  readonly code?: PostRefusal
  /** Of the transfer that stands for the source; the wished id if it was refused. */
  readonly transfer_id: string
  /** With `overdraft`: what the debited account had. */
  readonly available?: bigint
}

export type SettleInput = {
  /** Of the settling row. */
  readonly id: Id<'transfer'>
  readonly source_kind: string
  readonly source_id: string
  readonly leg: number
  readonly outcome: 'post' | 'void'
  /** If given, the source must be that of this transfer. */
  readonly pending_id?: string
}

export type SettleAnswer = {
  readonly outcome: 'settled' | 'already' | 'refused'
  readonly code?: 'pending_not_found' | 'settled_otherwise'
  /** Of the pending transfer. */
  readonly transfer_id: string | null
}

type AccountOfTransfer = AccountRef & { readonly account_id: string }

export type TransferRow = {
  readonly id: string
  readonly amount: bigint
  readonly currency: string
  readonly debit: AccountOfTransfer
  readonly credit: AccountOfTransfer
  readonly state: 'posted' | 'pending' | 'voided'
  readonly source_kind: string
  readonly source_id: string
  readonly leg: number
  readonly payment_id: string | null
  readonly created_at: Date
  readonly settled_at: Date | null
}

/** A line of an account: `amount` is signed, positive on the side the account grows on. */
export type EntryRow = {
  readonly id: string
  readonly at: Date
  readonly amount: bigint
  readonly balance_after: bigint
  readonly source_kind: string
  readonly source_id: string
  readonly payment_id: string | null
}

/** More in one call would hold its locks for too long. */
export const TRANSFERS_PER_POST_MAX = 5000

export function assertPostable(inputs: readonly TransferInput[]): void {
  assert(inputs.length <= TRANSFERS_PER_POST_MAX, 'too many transfers in one call')
  const groups = new Set<number>()
  for (const [at, { amount, debit, credit, source_id, group }] of inputs.entries()) {
    const begins = inputs[at - 1]?.group !== group
    assert(!begins || !groups.has(group), `group ${group} is in two places of one call`)
    groups.add(group)
    assert(amount > 0n, `a transfer of ${amount} for ${source_id}`)
    assert(!sameAccount(debit, credit), `a transfer for ${source_id} stays on one account`)
  }
}
