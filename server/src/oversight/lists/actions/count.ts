import { termsOf } from '#contract/query/index.ts'
import type { HiddenRows, ListSummary } from '#contract/watching.ts'
import { toWire } from '#server/kernel/money.ts'
import { ok, type Result, refuse } from '#server/kernel/result.ts'
import type { ListRefusal } from '../refusals.ts'
import type { AnyList } from '../spec.ts'
import { facetRows, hiddenRows, type Sum, sumRows } from '../store/read.ts'
import { ask, type Reader } from './read-page.ts'

/** The very count and sums that an export of the same search carries. */
export async function summarise(
  reader: Reader,
  list: AnyList,
  text: string | undefined,
): Promise<Result<ListSummary, ListRefusal>> {
  const asked = await ask(reader, list, text)
  if (!asked.ok) return asked
  const rows = await sumRows(reader.db, list, reader.scope, asked.value)
  const sums = presentSums(rows)
  const count = sums.reduce((total, sum) => total + sum.count, 0)
  return ok({ object: 'list_summary', count, sums })
}

const presentSums = (rows: readonly Sum[]): ListSummary['sums'] =>
  rows.map(({ currency, count, amount }) => ({
    currency,
    count: Number(count),
    amount: toWire({ amount: BigInt(amount), currency }),
  }))

export async function countHidden(
  reader: Reader,
  list: AnyList,
  text: string | undefined,
): Promise<Result<HiddenRows, ListRefusal>> {
  const asked = await ask(reader, list, text)
  if (!asked.ok) return asked
  const { query } = asked.value
  const { total, without } = await hiddenRows(reader.db, list, reader.scope, asked.value)
  const chips = query ? termsOf(query) : []
  const terms = chips.map(({ index, text: term }) => ({
    index,
    term,
    rows_without: without[index] ?? 0,
  }))
  return ok({ object: 'hidden_rows', total, terms })
}

export type Facets = {
  readonly object: 'facets'
  readonly key: string
  readonly values: readonly { value: string; label: string; count: number }[]
}

export async function countFacet(
  reader: Reader,
  list: AnyList,
  key: string,
  text: string | undefined,
): Promise<Result<Facets, ListRefusal>> {
  const facets = list.facets ?? {}
  const facet = Object.hasOwn(facets, key) ? facets[key] : undefined
  if (!facet) {
    const keys = Object.keys(facets)
    const detail = `The values of "${key}" are not counted. Use one of ${keys.join(', ')}.`
    return refuse('facet_invalid', { pointer: '/key', detail, allowed: { keys } })
  }
  const asked = await ask(reader, list, text)
  if (!asked.ok) return asked
  const rows = await facetRows(reader.db, list, reader.scope, asked.value, facet)
  const values = rows.map(({ value, label, count }) => {
    return { value, label: label ?? value, count: Number(count) }
  })
  return ok({ object: 'facets', key, values })
}
