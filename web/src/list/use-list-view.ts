import { useCallback, useMemo, useState } from 'react'
import { normalise, type ParseResult, type Query } from '#contract/query/index.ts'
import { useSearch } from '../ui/address.tsx'
import { readColumns, writeColumns } from './column-choice.ts'
import type { ListDefinition, Row } from './definition.ts'
import {
  type Density,
  type ListSearch,
  type Patch,
  patchQuery,
  readListSearch,
} from './list-search.ts'
import { readQuery } from './query-edit.ts'
import { recall, remember } from './remembered.ts'

/** The state of a list, read from the address, and the ways to change it. */
export type ListView = {
  readonly search: ListSearch
  /** Null on lists that cannot be searched. */
  readonly parsed: ParseResult | null
  /** The query that is on; empty while the address holds an error. */
  readonly query: Query | null
  readonly sort: string
  readonly columns: readonly string[]
  readonly density: Density
  /** `replace` for changes that Back should not stop at one by one. */
  readonly change: (patch: Patch, options?: { replace?: boolean }) => void
  readonly setQuery: (query: Query, options?: { replace?: boolean }) => void
  readonly setColumns: (columns: readonly string[] | null) => void
  readonly setDensity: (density: Density) => void
}

export function useListView<R extends Row>(list: ListDefinition<R>): ListView {
  const [address, change] = useSearch()
  const search = useMemo(() => readListSearch(address), [address])
  const { vocabulary } = list
  const parsed = useMemo(
    () => (vocabulary === null ? null : readQuery(search.q, vocabulary)),
    [vocabulary, search.q],
  )
  const setQuery = useCallback(
    (query: Query, options?: { replace?: boolean }) =>
      change(patchQuery(normalise(query)), options),
    [change],
  )
  return {
    search,
    parsed,
    query: parsed?.ok ? parsed.query : null,
    sort: search.sort ?? list.sort,
    change,
    setQuery,
    ...useLook(list, search, change),
  }
}

/** Columns and density: the address first, then this person's choice, then the list's own. */
function useLook<R extends Row>(
  { name, columns, shown }: ListDefinition<R>,
  search: ListSearch,
  change: ListView['change'],
) {
  const columnsKey = `columns.${name}`
  const [own, setOwn] = useState(() => ({
    columns: recall(columnsKey),
    density: recall('density'),
  }))
  const known = useMemo(() => columns.map(({ key }) => key), [columns])
  const chosen = readColumns(search.columns, known) ?? readColumns(own.columns, known) ?? shown
  const setColumns = (next: readonly string[] | null) => {
    const text = next === null ? null : writeColumns(next)
    remember(columnsKey, text)
    setOwn((before) => ({ ...before, columns: text }))
    change({ columns: text ?? undefined }, { replace: true })
  }
  const setDensity = (next: Density) => {
    remember('density', next)
    setOwn((before) => ({ ...before, density: next }))
    change({ density: next }, { replace: true })
  }
  const remembered = readListSearch({ density: own.density ?? '' }).density
  const density: Density = search.density ?? remembered ?? 'comfortable'
  return { columns: chosen, density, setColumns, setDensity }
}
