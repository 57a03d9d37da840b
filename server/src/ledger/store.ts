import { AssertionFault } from '../kernel/assert.ts'
import type { Scope } from '../kernel/scope.ts'
import { type Queryable, sqlState, type Tx } from '../platform/postgres/index.ts'
import {
  type AccountKind,
  type Balance,
  balanceOf,
  type Counters,
  type CurrencyAccountRef,
  NO_BALANCE,
  type Side,
} from './accounts.ts'
import {
  assertPostable,
  type EntryRow,
  type PostAnswer,
  type PostRefusal,
  type SettleAnswer,
  type SettleInput,
  type TransferInput,
  type TransferRow,
} from './transfers.ts'

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
 * Posts transfers in one round trip and answers each, in order. Transfers are taken group by group,
 * in order of first appearance, so that a credit may fund a later debit. Accounts are made when they
 * are first named. `at` is for imports: when it happened, never later than now.
 */
export async function post(
  tx: Tx,
  scope: Scope,
  inputs: readonly TransferInput[],
  at: Date | null = null,
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

/** Posts or voids what pending transfers hold. Safe to repeat: the second time answers `already`. */
export async function settle(
  tx: Tx,
  scope: Scope,
  inputs: readonly SettleInput[],
  at: Date | null = null,
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

/** What an account's counters say; for a hot account, its checkpoint and the tail after it. */
const COUNTERS = `
  a.id, a.normal_side,
  (case when a.live then a.debits_posted else coalesce(k.debits_posted, 0) + t.debits_posted end
    )::bigint as debits_posted,
  (case when a.live then a.credits_posted else coalesce(k.credits_posted, 0) + t.credits_posted end
    )::bigint as credits_posted,
  (case when a.live then a.debits_pending else coalesce(k.debits_pending, 0) + t.debits_pending end
    )::bigint as debits_pending,
  (case when a.live then a.credits_pending else coalesce(k.credits_pending, 0) + t.credits_pending
    end)::bigint as credits_pending`
const COUNTERS_JOINS = `
  left join ledger_checkpoints k on k.merchant_id = a.merchant_id and k.mode = a.mode
    and k.account_id = a.id
  left join lateral ledger_sums(a.merchant_id, a.mode, a.id, coalesce(k.seq, 0),
    9223372036854775807) t on not a.live`

/** In the order asked for; zeros for an account that nothing has touched yet. */
export async function balances(
  q: Queryable,
  scope: Scope,
  refs: readonly CurrencyAccountRef[],
): Promise<Balance[]> {
  const rows = await q.query<Counters & { id: string | null; normal_side: Side }>({
    name: 'ledger_balances',
    text: `select ${COUNTERS}
      from unnest($3::text[], $4::text[], $5::text[]) with ordinality
        as r (kind, owner, currency, ord)
      left join ledger_accounts a on a.merchant_id = $1 and a.mode = $2 and a.kind = r.kind
        and a.owner = r.owner and a.currency = r.currency
      ${COUNTERS_JOINS}
      order by r.ord`,
    values: [
      scope.merchantId,
      scope.mode,
      refs.map((ref) => ref.kind),
      refs.map((ref) => ref.owner),
      refs.map((ref) => ref.currency),
    ],
  })
  return rows.map((row) => (row.id === null ? NO_BALANCE : balanceOf(row.normal_side, row)))
}

type FlatTransfer = Omit<TransferRow, 'debit' | 'credit'> & {
  debit_id: string
  debit_kind: AccountKind
  debit_owner: string
  credit_id: string
  credit_kind: AccountKind
  credit_owner: string
}

/** Every transfer of a payment, oldest first; a settled one once, in the state it ended in. */
export async function transfersOf(
  q: Queryable,
  scope: Scope,
  of: { readonly payment_id: string },
): Promise<TransferRow[]> {
  const rows = await q.query<FlatTransfer>({
    name: 'ledger_transfers_of',
    text: `select t.id, t.amount, t.currency, t.source_kind, t.source_id, t.leg, t.payment_id,
        t.created_at, s.created_at as settled_at,
        case when s.state = 'void' then 'voided' when s.state = 'post' then 'posted'
          else t.state end as state,
        d.id as debit_id, d.kind as debit_kind, d.owner as debit_owner,
        c.id as credit_id, c.kind as credit_kind, c.owner as credit_owner
      from ledger_transfers t
      join ledger_accounts d on d.merchant_id = $1 and d.mode = $2 and d.id = t.debit_account_id
      join ledger_accounts c on c.merchant_id = $1 and c.mode = $2 and c.id = t.credit_account_id
      left join ledger_transfers s on s.merchant_id = $1 and s.mode = $2 and s.pending_id = t.id
      where t.merchant_id = $1 and t.mode = $2 and t.payment_id = $3 and t.pending_id is null
      order by t.seq`,
    values: [scope.merchantId, scope.mode, of.payment_id],
  })
  return rows.map(
    ({ debit_id, debit_kind, debit_owner, credit_id, credit_kind, credit_owner, ...row }) => ({
      ...row,
      debit: { account_id: debit_id, kind: debit_kind, owner: debit_owner },
      credit: { account_id: credit_id, kind: credit_kind, owner: credit_owner },
    }),
  )
}

/** One side of an account as signed lines; what is pending is no line until it is posted. */
const entriesOnSide = (side: Side, limited: boolean) => `
  select x.id, x.seq, x.created_at, x.source_kind, x.source_id, x.payment_id,
    case when a.normal_side = '${side}' then x.amount else -x.amount end as amount
  from account a join ledger_transfers x on x.merchant_id = $1 and x.mode = $2
    and x.${side}_account_id = a.id and x.state in ('posted', 'post')
    and x.seq ${limited ? '<' : '>='} a.before
  ${limited ? 'order by x.seq desc limit $6' : ''}`

const ENTRIES = `
  with account as (
    select ${COUNTERS}, coalesce((select b.seq from ledger_transfers b where b.merchant_id = $1
      and b.mode = $2 and b.id = $7), 9223372036854775807) as before
    from ledger_accounts a ${COUNTERS_JOINS}
    where a.merchant_id = $1 and a.mode = $2 and a.kind = $3 and a.owner = $4 and a.currency = $5),
  start as (
    select case a.normal_side when 'credit' then a.credits_posted - a.debits_posted
      else a.debits_posted - a.credits_posted end - coalesce((select sum(n.amount) from (
        ${entriesOnSide('debit', false)} union all ${entriesOnSide('credit', false)}) n), 0)
      as balance
    from account a)
  select p.id, p.created_at as at, p.amount::bigint as amount, p.source_kind, p.source_id,
    p.payment_id, (s.balance - coalesce(sum(p.amount) over (order by p.seq desc
      rows between unbounded preceding and 1 preceding), 0))::bigint as balance_after
  from start s cross join (
    (${entriesOnSide('debit', true)}) union all (${entriesOnSide('credit', true)})) p
  order by p.seq desc limit $6`

/** The lines of one account, newest first; `before` is the id of the last line of the page before. */
export const entriesOf = (
  q: Queryable,
  scope: Scope,
  of: CurrencyAccountRef & { readonly limit: number; readonly before?: string },
): Promise<EntryRow[]> =>
  q.query<EntryRow>({
    name: 'ledger_entries_of',
    text: ENTRIES,
    values: [
      scope.merchantId,
      scope.mode,
      of.kind,
      of.owner,
      of.currency,
      of.limit,
      of.before ?? null,
    ],
  })

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
