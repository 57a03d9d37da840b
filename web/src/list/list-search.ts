/** The address of a list is its whole state: what is shown, in which order, and how. */
export const DENSITIES = ['comfortable', 'compact', 'dense'] as const
export type Density = (typeof DENSITIES)[number]

export const PAGE_SIZES = [10, 25, 50, 100] as const
export const PAGE_SIZE = 25

export type ListSearch = {
  /** The query in canonical form, or whatever a person typed into the address bar. */
  readonly q: string
  readonly sort: string | undefined
  readonly after: string | undefined
  readonly before: string | undefined
  /** Visible columns in their order, comma-separated. */
  readonly columns: string | undefined
  readonly density: Density | undefined
  readonly limit: number
  /** The row that is open beside the list. */
  readonly open: string | undefined
}

type Address = Readonly<Record<string, string>>

/** A change of the address; undefined takes a parameter out. */
export type Patch = Readonly<Record<string, string | undefined>>

const given = (text: string | undefined): string | undefined =>
  text === undefined || text.trim() === '' ? undefined : text

/** What a pasted address says; values that mean nothing to a list count as absent. */
export function readListSearch(address: Address): ListSearch {
  const after = given(address.after)
  return {
    q: address.q?.trim() ?? '',
    sort: given(address.sort),
    after,
    before: after === undefined ? given(address.before) : undefined,
    columns: given(address.columns),
    density: DENSITIES.find((density) => density === address.density),
    limit: PAGE_SIZES.find((size) => String(size) === address.limit) ?? PAGE_SIZE,
    open: given(address.open),
  }
}

/** Every other question starts on its first page again. */
export const FIRST_PAGE: Patch = { after: undefined, before: undefined, open: undefined }

export const patchQuery = (q: string): Patch => ({ ...FIRST_PAGE, q: given(q) })

export const patchSort = (sort: string | undefined): Patch => ({ ...FIRST_PAGE, sort })

export const patchLimit = (limit: number): Patch => ({
  ...FIRST_PAGE,
  limit: limit === PAGE_SIZE ? undefined : String(limit),
})

export const patchPage = (place: { after: string } | { before: string }): Patch => ({
  ...FIRST_PAGE,
  ...place,
})

export const isFirstPage = ({ after, before }: ListSearch): boolean =>
  after === undefined && before === undefined

/** A click on a header: newest or largest first, then the other way, then the list's own order. */
export function nextSort(shown: string, key: string, usual: string): string | undefined {
  const next = shown === `-${key}` ? key : shown === key ? usual : `-${key}`
  return next === usual ? undefined : next
}

export type Direction = 'ascending' | 'descending' | 'none'

export function directionOf(sort: string, key: string): Direction {
  if (sort === key) return 'ascending'
  return sort === `-${key}` ? 'descending' : 'none'
}

/** Parameters of `GET <list>` for this address; undefined ones are not sent. */
export function requestOf(search: ListSearch) {
  const { q, sort, after, before, limit } = search
  return { q: given(q), sort, after, before, limit }
}
