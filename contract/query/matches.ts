import { compareAmounts } from './amounts.ts'
import type { Comparison, Condition, Match, ResolvedQuery, Test } from './ast.ts'

export type FieldValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly string[]
  | { readonly value: string; readonly currency: string }
  | Readonly<Record<string, string>>

/**
 * A row keyed by query keys. Text, enums, codes and ids: a string, or several of which any may
 * match; money: a decimal string or wire money; dates: milliseconds since 1970. `flags` holds the
 * names of the flags that are on, `meta` the metadata.
 */
export type QueryRecord = { readonly [key: string]: FieldValue }

/** Whether a row passes. The oracle for every other way of running a query. */
export const matches = (resolved: ResolvedQuery, record: QueryRecord): boolean =>
  resolved.all.every((condition) => passes(condition, record))

const passes = ({ any, negated }: Condition, record: QueryRecord): boolean =>
  any.some((test) => holds(test, record)) !== negated

function holds(test: Test, record: QueryRecord): boolean {
  switch (test.test) {
    case 'flag':
      return textsOf(record.flags).includes(test.flag)
    case 'absent':
      return isAbsent(fieldOf(record, test.key))
    case 'one_of':
      return textsOf(fieldOf(record, test.key)).some((text) => test.values.includes(text))
    case 'text':
      return textsOf(fieldOf(record, test.key)).some((text) => fits(text, test.match, test.text))
    case 'time':
      return isWithin(fieldOf(record, test.key), test.from_ms, test.to_ms)
    case 'money': {
      const amount = amountOf(fieldOf(record, test.key))
      return amount !== null && compares(compareAmounts(amount, test.amount), test.op)
    }
    case 'money_range': {
      const amount = amountOf(fieldOf(record, test.key))
      if (amount === null) return false
      return compareAmounts(amount, test.from) >= 0 && compareAmounts(amount, test.to) <= 0
    }
  }
}

function fieldOf(record: QueryRecord, key: string): FieldValue {
  if (!key.startsWith('meta.')) return record[key]
  const meta = record.meta
  const name = key.slice('meta.'.length)
  if (typeof meta !== 'object' || meta === null || !Object.hasOwn(meta, name)) return null
  return (meta as Readonly<Record<string, string>>)[name]
}

const isAbsent = (value: FieldValue): boolean =>
  value === null ||
  value === undefined ||
  (typeof value !== 'number' && textsOf(value).length === 0 && amountOf(value) === null)

/** An empty text is no text. */
function textsOf(value: FieldValue): readonly string[] {
  const texts = typeof value === 'string' ? [value] : Array.isArray(value) ? value : []
  return texts.filter((text) => text !== '')
}

function amountOf(value: FieldValue): string | null {
  if (typeof value === 'string') return value === '' ? null : value
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { value: amount } = value as Readonly<Record<string, string>>
  return amount ?? null
}

function fits(text: string, match: 'equals' | Match, wanted: string): boolean {
  const [have, want] = [text.toLowerCase(), wanted.toLowerCase()]
  switch (match) {
    case 'equals':
      return have === want
    case 'prefix':
      return have.startsWith(want)
    case 'suffix':
      return have.endsWith(want)
    case 'contains':
      return have.includes(want)
  }
}

const isWithin = (value: FieldValue, from_ms: number | null, to_ms: number | null): boolean =>
  typeof value === 'number' &&
  (from_ms === null || value >= from_ms) &&
  (to_ms === null || value < to_ms)

function compares(order: number, op: '=' | Comparison): boolean {
  switch (op) {
    case '=':
      return order === 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
  }
}
