import { lowestIdAt } from '#server/kernel/ids.ts'
import type { Scope } from '#server/kernel/scope.ts'
import type { Queryable } from '#server/platform/postgres/index.ts'
import type { Days } from './home.ts'

export type TodayRow = {
  currency: string
  amount: string
  refunded: string
  received: bigint
  succeeded: bigint
  failed: bigint
}

/** Payments of today in each currency: a range of the primary key. */
export async function todayOf(q: Queryable, scope: Scope, days: Days): Promise<TodayRow[]> {
  return q.query<TodayRow>({
    name: 'home_today',
    text: `select currency, sum(captured) as amount, sum(refunded) as refunded,
        count(*) filter (where captured > 0) as received,
        count(*) filter (where status = 'succeeded') as succeeded,
        count(*) filter (where status = 'failed') as failed
      from payments where merchant_id = $1 and mode = $2 and id >= $3
      group by currency order by sum(captured) desc, currency`,
    values: [scope.merchantId, scope.mode, lowestIdAt('payment', days.today_ms)],
  })
}

export async function succeededBetween(
  q: Queryable,
  scope: Scope,
  { from_ms, to_ms }: Days['lastWeek'],
): Promise<number> {
  const [row] = await q.query<{ count: bigint }>({
    name: 'home_succeeded',
    text: `select count(*) as count from payments
      where merchant_id = $1 and mode = $2 and id >= $3 and id < $4 and status = 'succeeded'`,
    values: [
      scope.merchantId,
      scope.mode,
      lowestIdAt('payment', from_ms),
      lowestIdAt('payment', to_ms),
    ],
  })
  return Number(row?.count ?? 0n)
}

/** Jobs that gave up: nobody tries them again until a person looks. */
export async function deadJobs(q: Queryable, scope: Scope): Promise<number> {
  const [row] = await q.query<{ count: bigint }>({
    name: 'home_dead_jobs',
    text: `select count(*) as count from jobs
      where merchant_id = $1 and mode = $2 and dead_at is not null`,
    values: [scope.merchantId, scope.mode],
  })
  return Number(row?.count ?? 0n)
}
