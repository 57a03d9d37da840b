import { AssertionFault } from '../../kernel/assert.ts'
import type { Scope } from '../../kernel/scope.ts'
import { type Queryable, sqlState, type Tx } from '../../platform/postgres/index.ts'
import {
  assertPostable,
  type PostAnswer,
  type PostRefusal,
  type SettleAnswer,
  type SettleInput,
  type TransferInput,
} from '../transfers.ts'

/** The functions of the database raise this for a bug, never for a refusal. */
const BUG = 'FL001'

async function ask<R>(q: Queryable, name: string, text: string, values: unknown[]): Promise<R[]> {
  try {
    return await q.query<R>({ name, text, values })
  } catch (fault) {
    if (sqlState(fault) !== BUG) throw fault
    throw new AssertionFault(`ledger: ${fault instanceof Error ? fault.message : String(fault)}`)
  }
}

type PostRow = {
  outcome: PostAnswer['outcome']
  code: PostRefusal | null
  transfer_id: string
  available: bigint | null
}

/**
 * Posts transfers in one round trip and answers each, in order. They are taken one after the other,
 * so that a credit may fund a later debit. Accounts are made when they are first named. `at` is for
 * imports: when each happened, never later than now.
 */
export async function post(
  tx: Tx,
  scope: Scope,
  inputs: readonly TransferInput[],
  at: readonly Date[] | null = null,
): Promise<PostAnswer[]> {
  if (inputs.length === 0) return []
  assertPostable(inputs)
  const rows = await ask<PostRow>(
    tx,
    'ledger_post',
    `select outcome, code, transfer_id, available from ledger_post($1, $2, $3, $4, $5, $6, $7, $8,
      $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      scope.merchantId,
      scope.mode,
      inputs.map((input) => input.id),
      inputs.map((input) => input.group),
      inputs.map((input) => input.debit.kind),
      inputs.map((input) => input.debit.owner),
      inputs.map((input) => input.credit.kind),
      inputs.map((input) => input.credit.owner),
      inputs.map((input) => input.amount),
      inputs.map((input) => input.currency),
      inputs.map((input) => input.source_kind),
      inputs.map((input) => input.source_id),
      inputs.map((input) => input.leg),
      inputs.map((input) => input.payment_id),
      inputs.map((input) => input.pending ?? false),
      at,
    ],
  )
  return rows.map(({ outcome, code, transfer_id, available }) => ({
    outcome,
    transfer_id,
    ...(code === null ? {} : { code }),
    ...(available === null ? {} : { available }),
  }))
}

type SettleRow = {
  outcome: SettleAnswer['outcome']
  code: 'pending_not_found' | 'settled_otherwise' | null
  transfer_id: string | null
}

/** Posts or voids what pending transfers hold; the second time it answers `already`. */
export async function settle(
  tx: Tx,
  scope: Scope,
  inputs: readonly SettleInput[],
  at: readonly Date[] | null = null,
): Promise<SettleAnswer[]> {
  if (inputs.length === 0) return []
  const rows = await ask<SettleRow>(
    tx,
    'ledger_settle',
    `select outcome, code, transfer_id from ledger_settle($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      scope.merchantId,
      scope.mode,
      inputs.map((input) => input.id),
      inputs.map((input) => input.pending_id ?? null),
      inputs.map((input) => input.source_kind),
      inputs.map((input) => input.source_id),
      inputs.map((input) => input.leg),
      inputs.map((input) => input.outcome),
      at,
    ],
  )
  return rows.map(({ outcome, code, transfer_id }) => ({
    outcome,
    transfer_id,
    ...(code === null ? {} : { code }),
  }))
}
