import pg from 'pg'
import type { Scope } from '#server/kernel/scope.ts'
import {
  type Asked,
  type Order,
  orderSql,
  PAYMENTS,
  type Params,
  sumsText,
  whereSql,
} from '#server/oversight/lists/index.ts'
import type { ExportRequest } from '../export.ts'
import { cellSql } from './cells.ts'

/** COPY takes no parameters, so values are written as literals, each with its type. */
const literals: Params = (value, type) => {
  if (Array.isArray(value)) {
    return `array[${value.map((one) => pg.escapeLiteral(one)).join(', ')}]::${type}`
  }
  const text = value instanceof Date ? value.toISOString() : String(value)
  return `${pg.escapeLiteral(text)}::${type}`
}

/**
 * The sums and then the rows, by one statement and so from one snapshot: the numbers of a file are
 * those of its rows. Setting the time zone also keeps the planner from reading the two in parallel,
 * so that the sums come first; `readManifest` insists on it.
 */
export function copyText(
  scope: Scope,
  asked: Asked,
  order: Order,
  request: ExportRequest,
  timeZone: string,
): string {
  const where = whereSql(PAYMENTS, scope, asked.resolved, {
    ...asked,
    params: literals,
  })
  const cells = request.columns.map((column) => cellSql(column, literals))
  const blanks = request.columns.slice(1).map(() => `, ''`)
  const zone = `set_config('TimeZone', ${literals(timeZone, 'text')}, true)`
  return `copy (
  (select left(${zone}, 0) || coalesce(
    (select string_agg(f.currency || ':' || f.count || ':' || f.amount, ';')
     from (${sumsText(PAYMENTS, where)}) f), '')${blanks.join('')})
  union all
  (select ${cells.join(',\n    ')}
  from ${PAYMENTS.from}
  where ${where}
  order by ${orderSql(PAYMENTS, order, false)})
) to stdout (format csv, force_quote *, delimiter '${request.separator}', encoding 'UTF8')`
}
