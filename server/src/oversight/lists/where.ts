import type { Condition, ResolvedQuery, Test } from '#contract/query/index.ts'
import { assert } from '#server/kernel/assert.ts'
import { lowestIdAt } from '#server/kernel/ids.ts'
import type { Scope } from '#server/kernel/scope.ts'
import { moneySql } from './amounts.ts'
import type { AnyList, Column, FreeText, InScope, Writing } from './spec.ts'

/** The rows of one merchant and mode that pass a query: text for `where`, values apart. */
export function whereSql(
  list: AnyList,
  scope: Scope,
  resolved: ResolvedQuery,
  writing: Writing,
): string {
  const merchant = writing.params(scope.merchantId, 'text')
  const mode = writing.params(scope.mode, 'text')
  const inScope: InScope = (alias) =>
    `${alias}.merchant_id = ${merchant} and ${alias}.mode = ${mode}`
  const conditions = resolved.all.map((one) => conditionSql(list, one, writing, inScope))
  return [inScope(list.alias), ...conditions].join('\n    and ')
}

/** A test on an empty field is false, so `not` is `is not true`: it keeps rows without a value. */
function conditionSql(
  list: AnyList,
  condition: Condition,
  writing: Writing,
  inScope: InScope,
): string {
  const sql =
    condition.source === 'search' && list.search
      ? list.search(freeText(list, condition, writing), writing, inScope)
      : condition.any.map((test) => testSql(list, test, writing)).join(' or ')
  return condition.negated ? `(${sql}) is not true` : `(${sql})`
}

function freeText(list: AnyList, condition: Condition, writing: Writing): FreeText {
  const texts = textsIn(condition)
  const others = condition.any.filter((test) => test.test !== 'text')
  const exact = others.map((test) => testSql(list, test, writing))
  const eachRow = condition.negated || texts.some((text) => writing.common.has(text))
  return { texts, exact, eachRow }
}

/** The words of a piece of free text, each once. */
export const textsIn = (condition: Condition): string[] => [
  ...new Set(condition.any.flatMap((test) => (test.test === 'text' ? [test.text] : []))),
]

function testSql(list: AnyList, test: Test, { params }: Writing): string {
  if (test.test === 'flag') {
    const sql = list.flags[test.flag]
    assert(sql, `${list.name} knows no flag ${test.flag}`)
    return sql
  }
  const column = columnOf(list, test.key, params)
  switch (test.test) {
    case 'one_of':
      return oneOf(column, test.values, params)
    case 'text':
      return textsOf(column)
        .map((source) => textSql(source, test, params))
        .join(' or ')
    case 'time':
      return timeSql(list, column, test, params)
    case 'money':
    case 'money_range':
      assert(column.money, `${test.key} is no amount`)
      return moneySql(test, column.money, params)
    case 'absent':
      return absentSql(column)
  }
}

function columnOf(list: AnyList, key: string, params: Writing['params']): Column {
  if (key.startsWith('meta.') && list.meta) {
    return { texts: [`(${list.meta} ->> ${params(key.slice('meta.'.length), 'text')})`] }
  }
  const column = list.keys[key]
  assert(column, `${list.name} knows no key ${key}`)
  return column
}

function oneOf(column: Column, values: readonly string[], params: Writing['params']): string {
  assert(column.exact, 'only an exact column has values')
  const stored = values.flatMap((value) => column.stored?.[value] ?? [value])
  // One value by `=`, so that an index on it gives rows in the order of what follows.
  const [only] = stored
  if (stored.length === 1 && only !== undefined) return `${column.exact} = ${params(only, 'text')}`
  return `${column.exact} = any(${params(stored, 'text[]')})`
}

const textsOf = (column: Column): readonly string[] =>
  column.texts ?? (column.exact ? [column.exact] : [])

type TextTest = Extract<Test, { test: 'text' }>

function textSql(source: string, test: TextTest, params: Writing['params']): string {
  if (test.match === 'equals') return `lower(${source}) = lower(${params(test.text, 'text')})`
  const escaped = escapeLike(test.text)
  const before = test.match === 'prefix' ? '' : '%'
  const after = test.match === 'suffix' ? '' : '%'
  return `lower(${source}) like lower(${params(`${before}${escaped}${after}`, 'text')})`
}

/** What `like` would read as a pattern stands for itself. */
export const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&')

type TimeTest = Extract<Test, { test: 'time' }>

/** PostgreSQL ends in the year 294276, ids in 10889; no query means a time beyond these. */
const FIRST_MS = Date.UTC(1, 0, 1)
const LAST_MS = Date.UTC(9999, 11, 31)
const withinReason = (time_ms: number): number => Math.min(LAST_MS, Math.max(FIRST_MS, time_ms))

function timeSql(list: AnyList, column: Column, test: TimeTest, params: Writing['params']): string {
  const { made, time } = column
  const edge = (time_ms: number): string =>
    made
      ? params(lowestIdAt(list.idKind, Math.max(0, withinReason(time_ms))), 'text')
      : params(new Date(withinReason(time_ms)), 'timestamptz')
  const source = made ?? time
  assert(source, `${test.key} is no time`)
  const edges = [
    ...(test.from_ms === null ? [] : [`${source} >= ${edge(test.from_ms)}`]),
    ...(test.to_ms === null ? [] : [`${source} < ${edge(test.to_ms)}`]),
  ]
  return edges.length === 0 ? `${source} is not null` : `(${edges.join(' and ')})`
}

function absentSql(column: Column): string {
  const kept = column.money?.amount ?? column.time ?? column.made
  if (kept) return `${kept} is null`
  const sources = new Set([...(column.exact ? [column.exact] : []), ...(column.texts ?? [])])
  return [...sources].map((source) => `coalesce(${source}, '') = ''`).join(' and ')
}
