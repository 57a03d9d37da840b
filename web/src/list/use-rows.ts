import { type QueryKey, useQuery } from '@tanstack/react-query'
import { currentMode } from '../api/mode.ts'
import { read } from '../api/read.ts'
import { get, type Place } from '../api/request.ts'
import type { PageOf } from '../api/wire.ts'
import type { ListDefinition, Row } from './definition.ts'
import { requestOf } from './list-search.ts'
import type { ListView } from './use-list-view.ts'

/** The request of the page on the screen. */
export const placeOf = (view: ListView): Place => ({ query: requestOf(view.search) })

/** The page on the screen; while another one loads, the old rows stay. */
export function useRows<R extends Row>(list: ListDefinition<R>, view: ListView) {
  const place = placeOf(view)
  const { template } = list
  return useQuery({
    queryKey: read(template, place).queryKey as QueryKey,
    queryFn: async ({ signal }) => (await get(template, place, signal)) as unknown as PageOf<R>,
    enabled: view.parsed?.ok !== false,
    // Rows of the other mode never stand in, not even for a moment.
    placeholderData: (old: PageOf<R> | undefined, before) =>
      before?.queryKey[0] === currentMode() ? old : undefined,
  })
}

export type Rows<R extends Row> = ReturnType<typeof useRows<R>>
