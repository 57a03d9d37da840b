import type { Scope } from '../../kernel/scope.ts'
import type { Queryable, Tx } from '../../platform/postgres/index.ts'
import type { CurrencyAccountRef } from '../accounts.ts'

/** Refuses further transfers. Only accounts with live counters close, and only when empty. */
export async function closeAccount(
  tx: Tx,
  scope: Scope,
  ref: CurrencyAccountRef,
): Promise<'closed' | 'not_empty' | 'not_found'> {
  const [row] = await tx.query<{ answer: 'closed' | 'not_empty' | 'not_found' }>({
    text: 'select ledger_close($1, $2, $3, $4, $5) as answer',
    values: [scope.merchantId, scope.mode, ref.kind, ref.owner, ref.currency],
  })
  return row?.answer ?? 'not_found'
}

/** Why money may not leave now, or null. */
export async function isHalted(q: Queryable, scope: Scope): Promise<string | null> {
  const [row] = await q.query<{ reason: string }>({
    name: 'ledger_is_halted',
    text: `select reason from ledger_halts
      where merchant_id = $1 and mode = $2 and released_at is null`,
    values: [scope.merchantId, scope.mode],
  })
  return row?.reason ?? null
}

export async function halt(q: Queryable, scope: Scope, reason: string): Promise<void> {
  await q.query({
    text: 'select ledger_halt($1, $2, $3)',
    values: [scope.merchantId, scope.mode, reason.slice(0, 2000)],
  })
}

/** Lets money leave again; `note` says who looked and what they found. */
export async function release(q: Queryable, scope: Scope, note: string): Promise<void> {
  await q.query({
    text: 'select ledger_release($1, $2, $3)',
    values: [scope.merchantId, scope.mode, note],
  })
}

/**
 * Moves every merchant's checkpoints up to where no running transaction can still add a transfer.
 * Outside any transaction. Returns how many moved.
 */
export async function advanceCheckpoints(q: Queryable): Promise<number> {
  const books = await q.query<{ merchant_id: string; mode: string }>({
    text: `select m.merchant_id, v.mode from merchants m cross join (values ('test'), ('live'))
        as v (mode)
      where exists (select from ledger_accounts a where a.merchant_id = m.merchant_id
        and a.mode = v.mode and not a.live)`,
  })
  let moved = 0
  for (const { merchant_id, mode } of books) {
    const [row] = await q.query<{ moved: number }>({
      text: 'select ledger_checkpoint($1, $2) as moved',
      values: [merchant_id, mode],
    })
    moved += row?.moved ?? 0
  }
  return moved
}
