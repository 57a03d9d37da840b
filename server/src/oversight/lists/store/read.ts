import type { ResolvedQuery } from '#contract/query/index.ts'
import { assert } from '#server/kernel/assert.ts'
import type { Scope } from '#server/kernel/scope.ts'
import type { EventRow } from '#server/platform/outbox.ts'
import type { Queryable } from '#server/platform/postgres/index.ts'
import type { Asked } from '../ask.ts'
import type { Position } from '../cursor.ts'
import { beyondSql, type Order, orderSql, valueSql } from '../order.ts'
import { boundParams } from '../params.ts'
import type { AnyList, Facet, ListSpec } from '../spec.ts'
import { whereSql } from '../where.ts'
import { expectedRows } from './explain.ts'

/** Counting stops here; above it a number is the planner's estimate. */
export const COUNT_CAP = 10_000
/** Values of a facet are counted among this many of the newest rows. */
const FACET_ROWS = 100_000
const FACET_VALUES = 50

export type Rows = {
  readonly order: Order
  readonly position: Position | null
  readonly backward: boolean
  readonly limit: number
}

export type Statement = { readonly text: string; readonly values: readonly unknown[] }

/** The statement that reads one page; `sort_value` is where the next page begins. */
export function pageStatement(
  list: AnyList,
  scope: Scope,
  asked: Asked,
  { order, position, backward, limit }: Rows,
): Statement {
  const { params, values } = boundParams()
  const writing = { ...asked, params }
  const where = whereSql(list, scope, asked.resolved, writing)
  const beyond = position ? `\n    and ${beyondSql(list, order, position, backward, writing)}` : ''
  const text = `select ${list.columns},
    ${valueSql(order.sort)} as sort_value
  from ${list.from}
  where ${where}${beyond}
  order by ${orderSql(list, order, backward)}
  limit ${limit}`
  return { text, values }
}

export type Read<R> = R & { readonly sort_value: string }

/** In the order asked for, whichever way they were read. */
export async function readRows<R extends { readonly id: string }>(
  q: Queryable,
  list: ListSpec<R>,
  scope: Scope,
  asked: Asked,
  rows: Rows,
): Promise<Read<R>[]> {
  return q.query<Read<R>>(pageStatement(list, scope, asked, rows))
}

/**
 * Exact up to the cap, or all the way if `exactly`. Where the planner expects far more than that,
 * its estimate is the answer and nothing is counted.
 */
export async function countRows(
  q: Queryable,
  list: AnyList,
  scope: Scope,
  asked: Asked,
  exactly: boolean,
): Promise<{ value: number; exact: boolean }> {
  const expected = exactly ? 0 : await estimateRows(q, list, scope, asked)
  if (expected > 2 * COUNT_CAP) return { value: expected, exact: false }
  const { text, values } = countStatement(list, scope, asked, exactly ? null : COUNT_CAP + 1)
  const [row] = await q.query<{ count: bigint }>({ text, values })
  const counted = Number(row?.count ?? 0n)
  if (exactly || counted <= COUNT_CAP) return { value: counted, exact: true }
  return { value: Math.max(counted, expected), exact: false }
}

function countStatement(list: AnyList, scope: Scope, asked: Asked, cap: number | null): Statement {
  const { params, values } = boundParams()
  const where = whereSql(list, scope, asked.resolved, { ...asked, params })
  const limit = cap === null ? '' : ` limit ${cap}`
  const text = `select count(*) as count from (select from ${list.from} where ${where}${limit}) r`
  return { text, values }
}

function estimateRows(q: Queryable, list: AnyList, scope: Scope, asked: Asked): Promise<number> {
  const { params, values } = boundParams()
  const where = whereSql(list, scope, asked.resolved, { ...asked, params })
  const text = `explain (format json) select from ${list.from} where ${where}`
  return expectedRows(q, { text, values })
}

export type Sum = { readonly currency: string; readonly count: bigint; readonly amount: string }

/** Count and sum of `amount` per currency, of every row. */
export async function sumRows(
  q: Queryable,
  list: AnyList,
  scope: Scope,
  asked: Asked,
): Promise<Sum[]> {
  const { params, values } = boundParams()
  const where = whereSql(list, scope, asked.resolved, { ...asked, params })
  return q.query<Sum>({ text: sumsText(list, where), values })
}

/** Shared with exports, so that a file and the list cannot count in two ways. */
export function sumsText(list: AnyList, where: string): string {
  const money = list.keys.amount?.money
  assert(money, `${list.name} has no amounts`)
  return `select ${money.currency} as currency, count(*) as count, sum(${money.amount}) as amount
  from ${list.from}
  where ${where}
  group by 1 order by 1`
}

/** Rows without any filter, and without each one alone, all capped; in one statement. */
export async function hiddenRows(
  q: Queryable,
  list: AnyList,
  scope: Scope,
  asked: Asked,
): Promise<{ total: number; without: number[] }> {
  const { params, values } = boundParams()
  const terms = asked.query?.terms ?? []
  const count = (all: ResolvedQuery['all']) => {
    const resolved = { ...asked.resolved, all }
    const where = whereSql(list, scope, resolved, { ...asked, params })
    return `(select count(*) from (select from ${list.from} where ${where} limit ${COUNT_CAP}) r)`
  }
  const { all } = asked.resolved
  const without = terms.map((_, index) => count(all.filter(({ term }) => term !== index)))
  const text = `select array[${[count([]), ...without].join(', ')}] as counts`
  const [row] = await q.query<{ counts: bigint[] }>({ text, values })
  const [total = 0, ...rest] = (row?.counts ?? []).map(Number)
  return { total, without: rest }
}

export type FacetRow = { readonly value: string; readonly label: string; readonly count: bigint }

export async function facetRows(
  q: Queryable,
  list: AnyList,
  scope: Scope,
  asked: Asked,
  facet: Facet,
): Promise<FacetRow[]> {
  const { params, values } = boundParams()
  const where = whereSql(list, scope, asked.resolved, { ...asked, params })
  const text = `select f.value, min(f.label) as label, least(count(*), ${COUNT_CAP}) as count
    from (
      select ${facet.value} as value, ${facet.label} as label from ${list.from}
      where ${where} order by ${list.alias}.id desc limit ${FACET_ROWS}) f
    where f.value is not null
    group by f.value order by count(*) desc, f.value limit ${FACET_VALUES}`
  return q.query<FacetRow>({ text, values })
}

export async function eventById(
  q: Queryable,
  scope: Scope,
  id: string,
): Promise<EventRow | undefined> {
  const [row] = await q.query<EventRow>({
    name: 'events_by_id',
    text: 'select * from events where merchant_id = $1 and mode = $2 and id = $3',
    values: [scope.merchantId, scope.mode, id],
  })
  return row
}
