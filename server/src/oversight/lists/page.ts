import type { PageOf } from '#contract/shapes.ts'
import type { Asked } from './ask.ts'
import { makeCursor, type Position, readCursor } from './cursor.ts'
import type { Order } from './order.ts'
import type { AnyList } from './spec.ts'

/** Where a page stands: after or before a row, or at the beginning. */
export type Place = { readonly position: Position | null; readonly backward: boolean }

/** Cursors belong to a list, its mode, its filters and its order. */
const askedText = (list: AnyList, mode: string, asked: Asked, order: Order): string =>
  [list.name, mode, order.name, asked.normalised].join('\n')

export function placeOf(
  list: AnyList,
  mode: string,
  asked: Asked,
  order: Order,
  cursors: { readonly after?: string; readonly before?: string },
): Place | null {
  const cursor = cursors.after ?? cursors.before
  if (cursor === undefined) return { position: null, backward: false }
  const position = readCursor(askedText(list, mode, asked, order), order.sort.by, cursor)
  return position ? { position, backward: cursors.after === undefined } : null
}

export type Read = { readonly id: string; readonly sort_value: string }
export type Cut<R> = {
  readonly rows: readonly R[]
  readonly next: string | null
  readonly prev: string | null
}

/** One row more than the limit was read: it only says that there is more. */
export function cutPage<R extends Read>(
  list: AnyList,
  mode: string,
  asked: Asked,
  order: Order,
  { position, backward }: Place,
  found: readonly R[],
  limit: number,
): Cut<R> {
  const more = found.length > limit
  const kept = found.slice(0, limit)
  const rows = backward ? kept.reverse() : kept
  const text = askedText(list, mode, asked, order)
  const cursorOf = (row: R | undefined) =>
    row ? makeCursor(text, { id: row.id, value: row.sort_value }) : null
  return {
    rows,
    next: backward || more ? cursorOf(rows.at(-1)) : null,
    prev: (backward ? more : position !== null) ? cursorOf(rows[0]) : null,
  }
}

export const pageBody = <T>(
  cut: Cut<unknown>,
  data: T[],
  count: { readonly value: number; readonly exact: boolean },
  asked: Asked,
): PageOf<T> => ({
  data,
  page: { next: cut.next, prev: cut.prev, has_more: cut.next !== null, count },
  query: { normalised: asked.normalised, time_zone: asked.timeZone },
})
