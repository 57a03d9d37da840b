import type { Database } from '#server/platform/postgres/index.ts'

export type Comparison = {
  readonly payments: number
  readonly captures: number
  readonly refunds: number
  readonly differences: readonly string[]
  readonly missing: (ids: readonly string[]) => Promise<string[]>
}

/**
 * Waits until nothing is under way any more: no open try, no job that is due, nothing unannounced.
 */
export async function untilSettled(db: Database, limit_ms: number): Promise<number> {
  const begun = performance.now()
  for (;;) {
    const [row] = await db.query<{ open: number }>({
      text: `select (
        (select count(*) from transactions
         where state in ('prepared', 'dispatched', 'unknown', 'pending'))
        + (select count(*) from refunds where status in ('sending', 'unknown'))
        + (select count(*) from gateway_events where status = 'waiting')
        + (select count(*) from sandbox.deliveries where state = 'scheduled')
        + (select count(*) from outbox))::int as open`,
    })
    const waited_ms = performance.now() - begun
    if (row?.open === 0 || waited_ms > limit_ms) return waited_ms
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

/** The sandbox's books are the truth: what it captured and gave back, per transaction of ours. */
export async function compareBooks(db: Database): Promise<Comparison> {
  const rows = await db.query<{ what: string }>({ text: `${CHARGES} union all ${REFUNDS}` })
  const counts = await db.query<{ payments: number; captures: number; refunds: number }>({
    text: `select (select count(*)::int from payments) as payments,
      (select count(*)::int from sandbox.captures) as captures,
      (select count(*)::int from sandbox.refunds where status = 'succeeded') as refunds`,
  })
  const [count] = counts
  return {
    payments: count?.payments ?? 0,
    captures: count?.captures ?? 0,
    refunds: count?.refunds ?? 0,
    differences: rows.map((row) => row.what),
    missing: async (ids) => {
      const known = await db.query<{ id: string }>({
        text: 'select id from payments where id = any($1)',
        values: [ids],
      })
      const found = new Set(known.map((row) => row.id))
      return ids.filter((id) => !found.has(id))
    },
  }
}

/**
 * Every capture is one approved charge of the same amount on a paid payment, and the other way
 * round.
 */
const CHARGES = `
  with theirs as (
    select c.transaction_id as id, count(*)::int as times, sum(k.amount) as amount
    from sandbox.captures k
    join sandbox.charges c on c.account_ref = k.account_ref and c.ref = k.charge_ref
    group by 1),
  ours as (
    select t.id, t.approved::numeric / 100 as amount, t.state, p.status, p.id as payment
    from transactions t
    join payments p on p.merchant_id = t.merchant_id and p.mode = t.mode and p.id = t.payment_id
    where t.type = 'charge' and not t.manual)
  select format('charge %s: the sandbox captured %s in %s, we say %s of %s (%s)',
    coalesce(o.id, h.id), coalesce(h.amount, 0), coalesce(h.times, 0), o.state,
    coalesce(o.amount, 0), o.status) as what
  from ours o full join theirs h on h.id = o.id
  where coalesce(h.amount, 0) <> coalesce(o.amount, 0) or coalesce(h.times, 1) <> 1
    or (h.id is not null and o.status <> 'succeeded')
    or (h.id is not null and o.state <> 'approved')`

const REFUNDS = `
  select format('refund %s: the sandbox gave back %s in %s, we say %s', coalesce(t.id, r.id),
    coalesce(r.amount, 0), coalesce(r.times, 0), t.state)
  from (select transaction_id as id, count(*)::int as times, sum(amount) as amount
        from sandbox.refunds where status = 'succeeded' group by 1) r
  full join (select id, state, approved from transactions where type = 'refund') t on t.id = r.id
  where coalesce(r.amount, 0) <> coalesce(t.approved, 0)::numeric / 100
    or coalesce(r.times, 1) <> 1`
