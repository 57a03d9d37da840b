import type { ListName, Vocabulary } from '#contract/query/index.ts'
import type { IdKind } from '#server/kernel/ids.ts'
import type { Scope } from '#server/kernel/scope.ts'
import type { Queryable } from '#server/platform/postgres/index.ts'

export type SqlType = 'text' | 'text[]' | 'bigint' | 'numeric' | 'timestamptz'
export type SqlValue = string | bigint | Date | readonly string[]

/** Hands a value to a statement and answers with the text that stands for it there. */
export type Params = (value: SqlValue, type: SqlType) => string

/** As of which moment a statement is written, and how values reach it. */
export type Writing = {
  readonly params: Params
  readonly now_ms: number
  /** Free text that so many rows have that looking it up first would take longer. */
  readonly common: ReadonlySet<string>
}
/** Holds a table to one merchant and mode, by its alias. */
export type InScope = (alias: string) => string

/** Where a key of the query language is kept. What a key has no source for, it cannot be asked. */
export type Column = {
  /** Compared exactly: enums, codes, ids. */
  readonly exact?: string
  /** Outside values that stand for several stored ones. */
  readonly stored?: Readonly<Record<string, readonly string[]>>
  /** Compared without regard to case; any of them may match. */
  readonly texts?: readonly string[]
  /** Minor units, and the currency that says what they are. */
  readonly money?: { readonly amount: string; readonly currency: string }
  readonly time?: string
  /** An id whose own time is the time meant, so that a date is a range of the primary key. */
  readonly made?: string
}

/** `id`: the row's own. `number` and `time` are followed by the id, so that order is total. */
export type Sort = { readonly by: 'id' | 'number' | 'time'; readonly sql: string }

export type Facet = { readonly value: string; readonly label: string }

/** What one list needs beside the machinery that all lists share. `R` is a row as it is read. */
export type ListSpec<R extends { readonly id: string }> = {
  readonly name: ListName | 'events'
  /** Null: a list without a query language. */
  readonly vocabulary: Vocabulary | null
  readonly idKind: IdKind
  /** The table's own alias; joins that no condition needs are dropped by the planner. */
  readonly alias: string
  readonly from: string
  readonly columns: string
  readonly keys: Readonly<Record<string, Column>>
  /** Metadata, reached with `meta.<key>`. */
  readonly meta?: string
  readonly flags: Readonly<Record<string, string>>
  readonly sorts: Readonly<Record<string, Sort>>
  /** The sort of a list that was not told one. */
  readonly usual: string
  readonly facets?: Readonly<Record<string, Facet>>
  /** Rows that free text finds, where there is a better way than looking at every row. */
  readonly search?: (free: FreeText, writing: Writing, inScope: InScope) => string
  /** About how many rows have a text, found without reading them; goes with `search`. */
  readonly expectedMatches?: (q: Queryable, scope: Scope, text: string) => Promise<number>
  readonly present: (row: R) => unknown
}

/** A piece of free text: its words as typed, and the SQL of what else it may be. */
export type FreeText = {
  readonly texts: readonly string[]
  readonly exact: readonly string[]
  /** Rows are taken as they come and looked at: right where most of them pass. */
  readonly eachRow: boolean
}

/** A list whose rows nobody looks into. */
export type AnyList = ListSpec<never>
