import type { Query, Queryable } from '#server/platform/postgres/index.ts'

type Explained = { 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }

/** How many rows the planner expects of an `explain (format json)`; it reads none of them. */
export async function expectedRows(q: Queryable, explain: Query): Promise<number> {
  const [row] = await q.query<Explained>(explain)
  return Math.round(row?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0)
}
