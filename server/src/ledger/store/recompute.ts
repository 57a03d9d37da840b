import type { Queryable } from '../../platform/postgres/index.ts'
import type { Counters } from '../accounts.ts'
import type { AccountRow, BrokenTransfer } from '../findings.ts'

/** Where a walk through a table by its primary key stands. */
export type Position = {
  readonly merchant_id: string
  readonly mode: string
  readonly id: string
}
export const START: Position = { merchant_id: '', mode: 'live', id: '' }

const ACCOUNT = 'a.merchant_id, a.mode, a.id, a.kind, a.owner, a.currency, a.may_overdraw'

type Summed = AccountRow & {
  readonly sum_debits_posted: bigint
  readonly sum_credits_posted: bigint
  readonly sum_debits_pending: bigint
  readonly sum_credits_pending: bigint
}

/** Accounts with live counters and the sums of their transfers, in one snapshot. */
export const liveAccountsAfter = (q: Queryable, after: Position, limit: number) =>
  q.query<Summed>({
    name: 'ledger_recompute_accounts',
    text: `select ${ACCOUNT}, a.debits_posted, a.credits_posted, a.debits_pending,
        a.credits_pending, s.debits_posted::bigint as sum_debits_posted,
        s.credits_posted::bigint as sum_credits_posted,
        s.debits_pending::bigint as sum_debits_pending,
        s.credits_pending::bigint as sum_credits_pending
      from (select * from ledger_accounts a where a.live and (merchant_id, mode, id) > ($1, $2, $3)
        order by merchant_id, mode, id limit $4) a
      cross join lateral ledger_sums(a.merchant_id, a.mode, a.id, -1, 9223372036854775807) s
      order by a.merchant_id, a.mode, a.id`,
    values: [after.merchant_id, after.mode, after.id, limit],
  })

/** Checkpoints as if they were counters, with how far they reach. */
export const checkpoints = (q: Queryable) =>
  q.query<AccountRow & { readonly seq: bigint }>({
    text: `select ${ACCOUNT}, k.debits_posted, k.credits_posted, k.debits_pending,
        k.credits_pending, k.seq
      from ledger_checkpoints k join ledger_accounts a on a.merchant_id = k.merchant_id
        and a.mode = k.mode and a.id = k.account_id
      order by a.merchant_id, a.mode, a.id`,
  })

/** The sums of one account's next transfers, at most `limit` on each side, and where they end. */
export async function sumsBetween(
  q: Queryable,
  account: Position,
  after: bigint,
  until: bigint,
  limit: number,
): Promise<Counters & { readonly end: bigint }> {
  const [row] = await q.query<Counters & { end: bigint }>({
    name: 'ledger_recompute_window',
    text: `with reach as (
        select least($5::bigint,
          (select seq from ledger_transfers where merchant_id = $1 and mode = $2
            and debit_account_id = $3 and seq > $4 order by seq offset $6 limit 1),
          (select seq from ledger_transfers where merchant_id = $1 and mode = $2
            and credit_account_id = $3 and seq > $4 order by seq offset $6 limit 1)) as seq)
      select r.seq as "end", s.debits_posted::bigint, s.credits_posted::bigint,
        s.debits_pending::bigint, s.credits_pending::bigint
      from reach r cross join lateral ledger_sums($1, $2, $3, $4, r.seq) s`,
    values: [account.merchant_id, account.mode, account.id, after, until, limit],
  })
  if (row === undefined) throw new Error('sums of no rows are a row')
  return row
}

type Looked = Omit<BrokenTransfer, 'broken'> & {
  readonly broken: BrokenTransfer['broken'] | null
  readonly looked_at: number
}

/**
 * Transfers that the constraints of their table would refuse, among the next `limit`. The last row
 * says where the walk stands, broken or not.
 */
export const brokenTransfersAfter = (q: Queryable, after: Position, limit: number) =>
  q.query<Looked>({
    name: 'ledger_recompute_transfers',
    text: `with page as materialized (
        select * from ledger_transfers where (merchant_id, mode, id) > ($1, $2, $3)
        order by merchant_id, mode, id limit $4),
      judged as (
        select t.merchant_id, t.mode, t.id, case
          when d.id is null then 'debit_account'
          when c.id is null then 'credit_account'
          when t.amount <= 0 then 'amount'
          when t.debit_account_id = t.credit_account_id then 'same_account'
          when t.state in ('post', 'void') and p.id is null
            or t.state in ('posted', 'pending') and t.pending_id is not null then 'pending'
          when p.id is not null and (p.debit_account_id, p.credit_account_id, p.amount, p.currency,
            p.source_kind, p.source_id, p.leg) is distinct from (t.debit_account_id,
            t.credit_account_id, t.amount, t.currency, t.source_kind, t.source_id, t.leg)
            then 'settlement'
          end as broken
        from page t
        left join ledger_accounts d on d.merchant_id = t.merchant_id and d.mode = t.mode
          and d.id = t.debit_account_id and d.currency = t.currency
        left join ledger_accounts c on c.merchant_id = t.merchant_id and c.mode = t.mode
          and c.id = t.credit_account_id and c.currency = t.currency
        left join ledger_transfers p on p.merchant_id = t.merchant_id and p.mode = t.mode
          and p.id = t.pending_id and p.state = 'pending')
      select merchant_id, mode, id, broken, (select count(*) from page)::int as looked_at
      from judged where broken is not null
        or (merchant_id, mode, id) = (select merchant_id, mode, id from page
          order by merchant_id desc, mode desc, id desc limit 1)
      order by merchant_id, mode, id`,
    values: [after.merchant_id, after.mode, after.id, limit],
  })
