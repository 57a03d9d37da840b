import type { Query, Term, Value } from './ast.ts'
import { textOf, unique } from './normalise.ts'
import type { Vocabulary } from './vocabulary.ts'

/** One term as the list page draws it. Chips are a rendering of the query, never a second state. */
export type Chip = {
  /** Index in `Query.terms`. */
  readonly index: number
  readonly kind: Term['kind']
  /** The key, the flag, the key after `has:`, or an empty text for free text. */
  readonly key: string
  readonly negated: boolean
  /** What the values have in common; `mixed` when they differ. */
  readonly operator: Value['op'] | 'mixed'
  readonly values: readonly Value[]
  /** Canonical text of this one term. */
  readonly text: string
}

export const emptyQuery = ({ list }: Vocabulary): Query => ({ list, terms: [] })

export const termsOf = (query: Query): readonly Chip[] =>
  query.terms.map((term, index) => ({
    index,
    kind: term.kind,
    key: subjectOf(term),
    negated: term.negated,
    operator: operatorOf(term),
    values: term.kind === 'key' ? term.values : [],
    text: textOf(term),
  }))

function subjectOf(term: Term): string {
  if (term.kind === 'search') return ''
  return term.kind === 'flag' ? term.flag : term.key
}

function operatorOf(term: Term): Chip['operator'] {
  if (term.kind !== 'key') return 'is'
  const [first, ...others] = new Set(term.values.map(({ op }) => op))
  return first === undefined || others.length > 0 ? 'mixed' : first
}

/** Appends a term; the same term twice changes nothing. */
export const withTerm = (query: Query, term: Term): Query =>
  withTerms(query, [...query.terms, term])

export const withoutTerm = (query: Query, index: number): Query =>
  withTerms(
    query,
    query.terms.filter((_, i) => i !== index),
  )

/**
 * Puts a term where the first plain term of a key stood and drops the others; null only drops.
 * Negated terms of the key stay.
 */
export function replaceKey(query: Query, key: string, term: Term | null): Query {
  const isOld = (old: Term) => old.kind === 'key' && old.key === key && !old.negated
  const place = query.terms.findIndex(isOld)
  const rest = query.terms.filter((old) => !isOld(old))
  const before = place < 0 ? rest.length : place
  const added = term === null ? [] : [term]
  return withTerms(query, [...rest.slice(0, before), ...added, ...rest.slice(before)])
}

const withTerms = (query: Query, terms: readonly Term[]): Query => ({
  list: query.list,
  terms: unique(terms, textOf),
})
