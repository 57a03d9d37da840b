import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { currentMode } from '../api/mode.ts'
import { read } from '../api/read.ts'
import { get } from '../api/request.ts'
import type { PageOf } from '../api/wire.ts'
import type { ListDefinition, Row } from './definition.ts'
import { isFirstPage } from './list-search.ts'
import { countNew, inPlace } from './live-rows.ts'
import { useFollow } from './use-follow.ts'
import type { ListView } from './use-list-view.ts'
import { placeOf } from './use-rows.ts'

/** As many ids as one key of the query language takes. */
const IDS_MAX = 50

export type LiveRows = {
  /** Rows of the first page that wait behind the pill. */
  readonly waiting: number
  readonly show: () => void
}

/**
 * Keeps the rows on the screen true without moving them: rows change in place, new ones wait until
 * asked for. An empty list has nothing to move, so its first rows are drawn at once.
 */
export function useLiveRows<R extends Row>(
  list: ListDefinition<R>,
  view: ListView,
  rows: readonly R[],
): LiveRows {
  const client = useQueryClient()
  const queryKey: QueryKey = read(list.template, placeOf(view)).queryKey
  const key = JSON.stringify(queryKey)
  const [held, setHeld] = useState<{ key: string; page: PageOf<R> } | null>(null)
  const refreshNumbers = useNumbers(list.template)
  const page = held?.key === key && isFirstPage(view.search) ? held.page : null

  const look = async (changed: ReadonlySet<string>) => {
    const shown = client.getQueryData<PageOf<R>>(queryKey)
    if (shown === undefined) return
    const fresh = await pageAt(list, view)
    const left = list.liveById ? leftBehind(shown.data, fresh.data, changed) : []
    const others = left.length === 0 ? [] : await rowsById(list, left)
    const draw = shown.data.length === 0 && isFirstPage(view.search)
    const data = [...inPlace(shown.data, [...others, ...fresh.data])]
    client.setQueryData<PageOf<R>>(queryKey, draw ? fresh : { ...shown, data })
    setHeld({ key, page: fresh })
    refreshNumbers()
  }
  useFollow({
    live: view.parsed?.ok === false ? null : list.live,
    key,
    look,
    // Nobody was looking at a hidden page: it may come back with everything in its place.
    onReturn: () => void client.invalidateQueries({ queryKey: queryKey.slice(0, 2) }),
  })

  const show = () => {
    client.setQueryData(queryKey, page)
    setHeld(null)
    void client.invalidateQueries({ queryKey })
  }
  const full = page !== null && page.data.length >= view.search.limit
  return { waiting: page === null ? 0 : countNew(rows, page.data, full), show }
}

const pageAt = async <R extends Row>({ template }: ListDefinition<R>, view: ListView) =>
  (await get(template, placeOf(view))) as unknown as PageOf<R>

/** Rows on the screen that changed and left the view; they stay, in their new state. */
function leftBehind(
  shown: readonly Row[],
  fresh: readonly Row[],
  changed: ReadonlySet<string>,
): string[] {
  const known = new Set(fresh.map(({ id }) => id))
  const ids = shown.map(({ id }) => id)
  return ids.filter((id) => changed.has(id) && !known.has(id)).slice(0, IDS_MAX)
}

async function rowsById<R extends Row>({ template }: ListDefinition<R>, ids: readonly string[]) {
  const query = { q: `id:${ids.join(',')}`, limit: IDS_MAX }
  return ((await get(template, { query })) as unknown as PageOf<R>).data
}

/** Counting may be much work for the server, so numbers follow more slowly than rows. */
const NUMBERS_MS = 10_000

/** Asks again for counts and sums, at once or, if that was just done, after a while. */
function useNumbers(template: string): () => void {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const last = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => () => clearTimeout(timer.current), [])
  return () => {
    if (timer.current !== undefined) return
    const wait = Math.max(0, last.current + NUMBERS_MS - performance.now())
    timer.current = setTimeout(() => {
      timer.current = undefined
      last.current = performance.now()
      const queryKey = [currentMode(), `${template}/summary`]
      void client.invalidateQueries({ queryKey })
    }, wait)
  }
}
