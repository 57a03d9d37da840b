import type { Queryable } from '../../platform/postgres/index.ts'
import { type PaymentFacts, SOURCES } from './payment-facts.ts'

/** Where a walk through a table by its primary key stands. */
export type Position = {
  readonly merchant_id: string
  readonly mode: string
  readonly id: string
}
export const START: Position = { merchant_id: '', mode: '', id: '' }

const TRANSACTIONS = `
  select json_agg(json_build_object('id', t.id, 'type', t.type, 'manual', t.manual,
    'approved', t.approved::text, 'cleared', t.cleared::text, 'fee', t.fee::text)) as list
  from transactions t
  where t.merchant_id = p.merchant_id and t.mode = p.mode and t.payment_id = p.id`

const REFUNDS = `
  select json_agg(json_build_object('id', r.id, 'status', r.status, 'source', r.source,
    'amount', r.amount::text)) as list
  from refunds r
  where r.merchant_id = p.merchant_id and r.mode = p.mode and r.payment_id = p.id`

const TRANSFERS = `
  select json_agg(json_build_object('kind', g.kind, 'source', g.source, 'state', g.state,
    'credit', g.credit, 'amount', g.amount::text)) as list
  from (
    select x.source_kind as kind, split_part(x.source_id, ':', 1) as source, c.kind as credit,
      case when s.state = 'void' then 'voided' when x.state = 'pending' and s.id is null then 'held'
        else 'posted' end as state, sum(x.amount) as amount
    from ledger_transfers x
    join ledger_accounts c on c.merchant_id = x.merchant_id and c.mode = x.mode
      and c.id = x.credit_account_id
    left join ledger_transfers s on s.merchant_id = x.merchant_id and s.mode = x.mode
      and s.pending_id = x.id
    where x.merchant_id = p.merchant_id and x.mode = p.mode and x.payment_id = p.id
      and x.state in ('posted', 'pending')
    group by 1, 2, 3, 4) g`

const EVENTS = `
  select count(distinct e.object_version)
      filter (where e.object_version between 1 and p.version)::int as told,
    count(*) filter (where e.object_version not between 1 and p.version)::int as odd
  from events e
  where e.merchant_id = p.merchant_id and e.mode = p.mode and e.payment_id = p.id
    and e.object_id = p.id`

/** The next payments by primary key, each with what should agree with it, in one snapshot. */
export const paymentsAfter = (q: Queryable, after: Position, limit: number) =>
  q.query<PaymentFacts>({
    name: 'integrity_payments',
    text: `select p.merchant_id, p.mode, p.id, p.currency, p.version, p.captured, p.refunded,
        p.refund_reserved, p.refunded_outside, p.fee, p.credited, p.manual_open,
        e.told as versions_told, e.odd as versions_odd, coalesce(t.list, '[]') as transactions,
        coalesce(r.list, '[]') as refunds, coalesce(x.list, '[]') as transfers
      from (select * from payments where (merchant_id, mode, id) > ($1, $2, $3)
        order by merchant_id, mode, id limit $4) p
      cross join lateral (${TRANSACTIONS}) t
      cross join lateral (${REFUNDS}) r
      cross join lateral (${TRANSFERS}) x
      cross join lateral (${EVENTS}) e
      order by p.merchant_id, p.mode, p.id`,
    values: [after.merchant_id, after.mode, after.id, limit],
  })

export type LostTransfer = {
  readonly merchant_id: string
  readonly mode: 'test' | 'live'
  readonly id: string
  readonly source_kind: string
  readonly source_id: string
  readonly lost: boolean
  readonly looked_at: number
}

/**
 * Transfers, among the next `limit`, that a payment should have posted and that name none. The last
 * row says where the walk stands.
 */
export const lostTransfersAfter = (q: Queryable, after: Position, limit: number) =>
  q.query<LostTransfer>({
    name: 'integrity_lost_transfers',
    text: `with page as materialized (
        select t.merchant_id, t.mode, t.id, t.source_kind, t.source_id,
          t.source_kind = any($5) and not exists (select from payments p
            where p.merchant_id = t.merchant_id and p.mode = t.mode and p.id = t.payment_id) as lost
        from ledger_transfers t where (t.merchant_id, t.mode, t.id) > ($1, $2, $3)
        order by t.merchant_id, t.mode, t.id limit $4)
      select *, (select count(*) from page)::int as looked_at from page
      where lost or (merchant_id, mode, id) = (select merchant_id, mode, id from page
        order by merchant_id desc, mode desc, id desc limit 1)
      order by merchant_id, mode, id`,
    values: [after.merchant_id, after.mode, after.id, limit, Object.keys(SOURCES)],
  })

export const merchantIds = async (q: Queryable): Promise<string[]> => {
  const rows = await q.query<{ merchant_id: string }>({
    text: 'select merchant_id from merchants order by merchant_id',
  })
  return rows.map((row) => row.merchant_id)
}
