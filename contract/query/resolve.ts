import type { Condition, KeyTerm, Query, ResolvedQuery, Term, Test, Value } from './ast.ts'
import { periodOf, type Zoned } from './calendar.ts'
import { prefixOf } from './ids.ts'
import { searchTests } from './search-text.ts'
import { type KeySpec, META, type Vocabulary } from './vocabulary.ts'

export type ResolveOptions = Zoned & { readonly vocabulary: Vocabulary }

/**
 * Expands groups and free text and turns dates into half-open ranges, as of one moment in one time
 * zone. Throws a RangeError for a time zone that Intl does not know.
 */
export function resolve(query: Query, options: ResolveOptions): ResolvedQuery {
  const all = query.terms.map(
    (term, index): Condition => ({
      source: term.kind,
      term: index,
      negated: term.kind === 'has' ? !term.negated : term.negated,
      any: testsOf(term, options),
    }),
  )
  return { list: query.list, all }
}

function testsOf(term: Term, options: ResolveOptions): Test[] {
  switch (term.kind) {
    case 'flag':
      return [{ test: 'flag', flag: term.flag }]
    case 'has':
      return [{ test: 'absent', key: term.key }]
    case 'search':
      return searchTests(term.text, options.vocabulary)
    case 'key':
      return keyTests(term, options)
  }
}

function keyTests(term: KeyTerm, options: ResolveOptions): Test[] {
  const spec = options.vocabulary.keys[term.key] ?? META
  const exact = term.values.flatMap((value) => exactValues(value, spec))
  const others = term.values.filter((value) => exactValues(value, spec).length === 0)
  const tests = others.map((value) => testOf(term.key, value, spec, options))
  if (exact.length === 0) return tests
  return [{ test: 'one_of', key: term.key, values: [...new Set(exact)] }, ...tests]
}

/** The stored values an `is` stands for, when the column is compared exactly. */
function exactValues(value: Value, spec: KeySpec): readonly string[] {
  if (value.op !== 'is') return []
  const { literal } = value
  if (spec.type === 'enum') return spec.values?.[literal]?.expands ?? [literal]
  if (spec.type === 'id' || spec.type === 'code' || spec.exact) return [literal]
  return spec.ids?.includes(prefixOf(literal) ?? '') ? [literal] : []
}

function testOf(key: string, value: Value, spec: KeySpec, zoned: Zoned): Test {
  if (value.op === 'none') return { test: 'absent', key }
  if (spec.type === 'money') return moneyTest(key, value)
  if (spec.type === 'date') return { test: 'time', key, ...rangeOf(value, zoned) }
  if (value.op === 'prefix' || value.op === 'suffix' || value.op === 'contains') {
    return { test: 'text', key, match: value.op, text: value.literal }
  }
  const text = value.op === 'range' ? `${value.from}..${value.to}` : value.literal
  return { test: 'text', key, match: spec.type === 'name' ? 'contains' : 'equals', text }
}

type Present = Exclude<Value, { readonly op: 'none' }>

function moneyTest(key: string, value: Present): Test {
  if (value.op === 'range') {
    return { test: 'money_range', key, from: value.from, to: value.to }
  }
  const isComparison = value.op.startsWith('>') || value.op.startsWith('<')
  const op = isComparison ? (value.op as '>' | '>=' | '<' | '<=') : '='
  return { test: 'money', key, op, amount: value.literal }
}

/**
 * A date names a period: `>` is after its end, `>=` from its start, `<` before its start, `<=`
 * until its end. A time of day is compared as the instant it is, to the millisecond.
 */
function rangeOf(value: Present, zoned: Zoned): { from_ms: number | null; to_ms: number | null } {
  if (value.op === 'range') {
    const from_ms = periodOf(value.from, zoned).from_ms
    return { from_ms, to_ms: periodOf(value.to, zoned).to_ms }
  }
  const { from_ms, to_ms, instant } = periodOf(value.literal, zoned)
  const end_ms = instant ? from_ms + 1 : to_ms
  switch (value.op) {
    case '>':
      return { from_ms: end_ms, to_ms: null }
    case '>=':
      return { from_ms, to_ms: null }
    case '<':
      return { from_ms: null, to_ms: from_ms }
    case '<=':
      return { from_ms: null, to_ms: end_ms }
    default:
      return { from_ms, to_ms }
  }
}
