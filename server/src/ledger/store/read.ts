import type { Scope } from '../../kernel/scope.ts'
import type { Queryable } from '../../platform/postgres/index.ts'
import {
  type AccountKind,
  type Balance,
  balanceOf,
  type Counters,
  type CurrencyAccountRef,
  NO_BALANCE,
  type Side,
} from '../accounts.ts'
import type { EntryRow, TransferRow } from '../transfers.ts'

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
      where t.merchant_id = $1 and t.mode = $2 and t.payment_id = $3
        and t.state in ('posted', 'pending')
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

/** The lines of one account, newest first; `before` is the id of the last line already seen. */
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
