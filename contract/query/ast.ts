export type Locale = 'en' | 'fr'

export type ListName =
  | 'payments'
  | 'transactions'
  | 'refunds'
  | 'customers'
  | 'links'
  | 'gateway_events'
  | 'exports'

/**
 * What a key holds. `text`: a bare word equals the whole text; `name`: a bare word may be any part
 * of it; `code`: short fixed-shape text such as a currency; `id`: our own TypeIDs only.
 */
export type ValueType = 'enum' | 'code' | 'money' | 'date' | 'id' | 'text' | 'name'

export type Comparison = '>' | '>=' | '<' | '<='
export type Match = 'prefix' | 'suffix' | 'contains'

/**
 * One value of a term, in canonical spelling: enum values and date words in English, codes in upper
 * case, amounts as decimal strings with a dot and no needless zeros. Relative dates stay relative.
 */
export type Value =
  | { readonly op: 'is' | Comparison | Match; readonly literal: string }
  | { readonly op: 'range'; readonly from: string; readonly to: string }
  | { readonly op: 'none' }

/** `status:failed,expired`. `key` is canonical, or `meta.` and the customer's own key. */
export type KeyTerm = {
  readonly kind: 'key'
  readonly key: string
  readonly type: ValueType
  readonly negated: boolean
  /** Joined by OR; at least one. */
  readonly values: readonly Value[]
}
/** `is:manual` */
export type FlagTerm = { readonly kind: 'flag'; readonly flag: string; readonly negated: boolean }
/** `has:customer` */
export type HasTerm = { readonly kind: 'has'; readonly key: string; readonly negated: boolean }
/** A word or a quoted phrase without a key. */
export type SearchTerm = {
  readonly kind: 'search'
  readonly text: string
  readonly negated: boolean
}
export type Term = KeyTerm | FlagTerm | HasTerm | SearchTerm

/** What was asked. Terms are joined by AND, in the order typed, each once. */
export type Query = { readonly list: ListName; readonly terms: readonly Term[] }

/**
 * One primitive test on one row. A test on an empty field is false; negation then makes it true.
 *
 * - `one_of`: exact and case-sensitive.
 * - `money`, `money_range`: decimal strings in units of the row's own currency; both ends included.
 * - `time`: half-open `[from_ms, to_ms)` in milliseconds since 1970; null is an open end.
 * - `text`: case-insensitive; `text` holds no wildcards of its own.
 * - `absent`: no value, or an empty text.
 */
export type Test =
  | { readonly test: 'one_of'; readonly key: string; readonly values: readonly string[] }
  | {
      readonly test: 'money'
      readonly key: string
      readonly op: '=' | Comparison
      readonly amount: string
    }
  | {
      readonly test: 'money_range'
      readonly key: string
      readonly from: string
      readonly to: string
    }
  | {
      readonly test: 'time'
      readonly key: string
      readonly from_ms: number | null
      readonly to_ms: number | null
    }
  | {
      readonly test: 'text'
      readonly key: string
      readonly match: 'equals' | Match
      readonly text: string
    }
  | { readonly test: 'absent'; readonly key: string }
  | { readonly test: 'flag'; readonly flag: string }

/** One term, resolved: the row passes if any test passes, or, negated, if none does. */
export type Condition = {
  readonly source: Term['kind']
  /** Index of the term in `Query.terms`. */
  readonly term: number
  readonly negated: boolean
  /** Joined by OR; at least one. */
  readonly any: readonly Test[]
}

/** A query with nothing left to look up: no synonyms, groups, relative dates or free text. */
export type ResolvedQuery = { readonly list: ListName; readonly all: readonly Condition[] }
