import { ok, type Result, refuse } from '#server/kernel/result.ts'
import type { Position } from './cursor.ts'
import type { AnyList, Sort, Writing } from './spec.ts'

/** `-created`: by which sort of the list, and which way. */
export type Order = { readonly name: string; readonly sort: Sort; readonly descending: boolean }

export function orderOf(list: AnyList, asked: string | undefined): Result<Order, 'sort_invalid'> {
  const name = asked ?? list.usual
  const descending = name.startsWith('-')
  const key = descending ? name.slice(1) : name
  const sort = Object.hasOwn(list.sorts, key) ? list.sorts[key] : undefined
  if (sort) return ok({ name, sort, descending })
  const sorts = Object.keys(list.sorts)
  const detail = `"${name}" is no sort of this list. Use ${sorts.join(', ')}, or -${sorts[0]}.`
  return refuse('sort_invalid', { pointer: '/sort', detail, allowed: { sorts } })
}

/** The sort's value of a row as text that comes back without loss. */
export const valueSql = ({ by, sql }: Sort): string => {
  if (by === 'id') return sql
  return by === 'time' ? `(extract(epoch from ${sql}) * 1000000)::bigint::text` : `(${sql})::text`
}

const isDescending = (order: Order, backward: boolean): boolean => order.descending !== backward

export function orderSql(list: AnyList, order: Order, backward: boolean): string {
  const way = isDescending(order, backward) ? ' desc' : ''
  const id = `${list.alias}.id${way}`
  return order.sort.by === 'id' ? id : `${order.sort.sql}${way}, ${id}`
}

/** Rows that come after a position, or before it when reading backward. */
export function beyondSql(
  list: AnyList,
  order: Order,
  position: Position,
  backward: boolean,
  { params }: Writing,
): string {
  const than = isDescending(order, backward) ? '<' : '>'
  const id = params(position.id, 'text')
  if (order.sort.by === 'id') return `${list.alias}.id ${than} ${id}`
  const value =
    order.sort.by === 'number'
      ? params(position.value, 'numeric')
      : `timestamptz 'epoch' + ${params(position.value, 'bigint')} * interval '1 microsecond'`
  return `(${order.sort.sql}, ${list.alias}.id) ${than} (${value}, ${id})`
}
