import {
  emptyQuery,
  type Locale,
  normalise,
  type ParseResult,
  parse,
  type Query,
  replaceKey,
  type Term,
  type Value,
  type Vocabulary,
  withoutTerm,
  withTerm,
} from '#contract/query/index.ts'

/** The query of an address. Addresses are always canonical English. */
export const readQuery = (q: string | undefined, vocabulary: Vocabulary): ParseResult =>
  q === undefined ? { ok: true, query: emptyQuery(vocabulary) } : parse(q, vocabulary, EN)

const EN = { locale: 'en' } as const

const join = (query: Query, terms: readonly Term[]): Query => terms.reduce(withTerm, query)

/** What was typed into the box, added to what is on. */
export function addTyped(
  query: Query,
  text: string,
  vocabulary: Vocabulary,
  locale: Locale,
): ParseResult {
  const typed = parse(text, vocabulary, { locale })
  return typed.ok ? { ok: true, query: join(query, typed.query.terms) } : typed
}

/** What was typed stands in the place of the term that was being edited. */
export function replaceTyped(
  query: Query,
  index: number,
  text: string,
  vocabulary: Vocabulary,
  locale: Locale,
): ParseResult {
  const typed = parse(text, vocabulary, { locale })
  if (!typed.ok) return typed
  const terms = [
    ...query.terms.slice(0, index),
    ...typed.query.terms,
    ...query.terms.slice(index + 1),
  ]
  return { ok: true, query: join(emptyQuery(vocabulary), terms) }
}

export const withoutLast = (query: Query): Query =>
  query.terms.length === 0 ? query : withoutTerm(query, query.terms.length - 1)

/** The term a filter control stands for: the first one of its key that is not negated. */
export function valuesOf(query: Query, key: string): readonly Value[] {
  const term = query.terms.find((one) => one.kind === 'key' && one.key === key && !one.negated)
  return term?.kind === 'key' ? term.values : []
}

/** The plain values ticked under a key; comparisons and ranges are not ticks. */
export const ticksOf = (query: Query, key: string): string[] =>
  valuesOf(query, key).flatMap((value) => (value.op === 'is' ? [value.literal] : []))

export function withValues(
  query: Query,
  vocabulary: Vocabulary,
  key: string,
  values: readonly Value[],
): Query {
  const type = vocabulary.keys[key]?.type
  if (type === undefined) return query
  const term: Term | null =
    values.length === 0 ? null : { kind: 'key', key, type, negated: false, values }
  return replaceKey(query, key, term)
}

export const withTicks = (
  query: Query,
  vocabulary: Vocabulary,
  key: string,
  literals: readonly string[],
): Query =>
  withValues(
    query,
    vocabulary,
    key,
    literals.map((literal) => ({ op: 'is', literal })),
  )

/** From and to of an amount or a date, as far as the values of its key say. */
export function boundsOf(query: Query, key: string): { from: string; to: string } {
  const bounds = { from: '', to: '' }
  for (const value of valuesOf(query, key).slice(0, 1)) {
    if (value.op === 'range') return { from: value.from, to: value.to }
    if (value.op === '>' || value.op === '>=') bounds.from = value.literal
    if (value.op === '<' || value.op === '<=') bounds.to = value.literal
  }
  return bounds
}

/** Both ends included, in canonical spelling; an empty end is open; both empty: no filter. */
export function withBounds(
  query: Query,
  vocabulary: Vocabulary,
  key: string,
  { from, to }: { readonly from: string; readonly to: string },
): ParseResult {
  if (from === '' && to === '') return { ok: true, query: replaceKey(query, key, null) }
  const values = from === '' ? `<=${to}` : to === '' ? `>=${from}` : `${from}..${to}`
  const typed = parse(`${key}:${values}`, vocabulary, EN)
  if (!typed.ok) return typed
  return { ok: true, query: replaceKey(query, key, typed.query.terms[0] ?? null) }
}

/** The one text a text control shows. */
export function textUnder(query: Query, key: string): string {
  const [value] = valuesOf(query, key)
  return value !== undefined && 'literal' in value ? value.literal : ''
}

/** Any part of a text will do, except of codes such as a gateway's, which must be whole. */
export function withText(query: Query, vocabulary: Vocabulary, key: string, text: string): Query {
  const spec = vocabulary.keys[key]
  const literal = spec?.exact === 'lower' ? text.trim().toLowerCase() : text.trim()
  const op = spec?.type === 'text' && spec.exact === undefined ? 'contains' : 'is'
  return withValues(query, vocabulary, key, literal === '' ? [] : [{ op, literal }])
}

export const hasFlag = (query: Query, flag: string): boolean =>
  query.terms.some((term) => term.kind === 'flag' && term.flag === flag && !term.negated)

export function withFlag(query: Query, flag: string, on: boolean): Query {
  const index = query.terms.findIndex(
    (term) => term.kind === 'flag' && term.flag === flag && !term.negated,
  )
  if (on) return withTerm(query, { kind: 'flag', flag, negated: false })
  return index < 0 ? query : withoutTerm(query, index)
}

/** A query is the view whose canonical text is its own. */
export const sameQuery = (query: Query, canonical: string): boolean =>
  normalise(query) === canonical
