import type { ReactNode } from 'react'
import type { Vocabulary } from '#contract/query/index.ts'
import type { Reads } from '../api/endpoints.ts'
import type { PageOf } from '../api/wire.ts'
import type { Path } from '../paths.ts'

/** Addresses that answer a page of rows. */
export type ListTemplate = {
  [P in keyof Reads]: Reads[P] extends PageOf<unknown> ? P : never
}[keyof Reads]

export type Row = {
  readonly id: string
  readonly version?: number
}

export type Column<R> = {
  /** The API's field, which is also the column of an export. */
  readonly key: string
  readonly title: string
  readonly cell: (row: R) => ReactNode
  /** Amounts and counts line up at the end. */
  readonly end?: boolean
  /** Free text, which may need more than one line. */
  readonly wrap?: boolean
  /** The key the API sorts by, where it can. */
  readonly sort?: string
  /** A text worth copying; drawn as a button behind the cell. */
  readonly copy?: (row: R) => string | null
}

/** One control of the Filters panel; each is a rendering of one key of the query. */
export type FilterField =
  | { readonly kind: 'choices'; readonly key: string; readonly labels?: Labels }
  | { readonly kind: 'amount'; readonly key: string }
  | { readonly kind: 'dates'; readonly key: string }
  | { readonly kind: 'text'; readonly key: string }
  | { readonly kind: 'flags'; readonly flags: readonly string[] }

/** Choices whose values are ids: what to call them. */
export type Labels = readonly { readonly value: string; readonly label: string }[]

export type Tab = { readonly key: string; readonly label: string; readonly q: string }

/** Everything that makes one list differ from the next. */
export type ListDefinition<R extends Row> = {
  readonly name: string
  readonly title: string
  readonly subtitle?: string
  readonly template: ListTemplate
  /** Null: the list cannot be searched. */
  readonly vocabulary: Vocabulary | null
  readonly columns: readonly Column<R>[]
  readonly shown: readonly string[]
  readonly sort: string
  readonly pathOf?: (row: R) => Path | null
  /** A row on a narrow screen; `link` makes a part of it the link to the row's page. */
  readonly card: (row: R, link: (children: ReactNode) => ReactNode) => ReactNode
  /** What a row is called aloud. */
  readonly nameOf: (row: R) => string
  /** `about 1,284 payments` */
  readonly count: (count: number) => string
  /** What may be typed into the search box, with an example. */
  readonly searchLabel?: string
  readonly filters: readonly FilterField[]
  /** Drawn when there is nothing at all, whatever the filters. */
  readonly empty: ReactNode
  /** Which addresses answer counts and sums, rows hidden by filters, and values with counts. */
  readonly answers?: { readonly summary: true; readonly hidden: true; readonly facets: true }
  /** Whose live events may change these rows. */
  readonly live: 'payment' | 'export' | null
  /** Live events name rows of this list by id. */
  readonly liveById?: boolean
}
