import { isPaymentColumn, type PaymentColumn } from '#contract/columns.ts'
import { assert } from '#server/kernel/assert.ts'
import { type Params, unitOf } from '#server/oversight/lists/index.ts'
import { METADATA_COLUMN } from '../export.ts'

/**
 * A spreadsheet runs a cell that begins, after spaces and quotes, with one of these, in their own
 * or their wide forms; a leading tab or line end is dropped by some and uncovers what follows.
 */
const BEFORE = String.raw`[:space:]"''\u00a0\u200b\u3000\ufeff`
const FIRST = String.raw`=+@\u2212\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b-`
const FORMULA = String.raw`'^[${BEFORE}]*[${FIRST}]|^[\t\r\n]'`

/** Words from outside: an apostrophe keeps what looks like a formula a text. */
const text = (sql: string): string =>
  `case when ${sql} ~ ${FORMULA} then '''' || ${sql} else coalesce(${sql}, '') end`

/** Ids, codes and words of our own, which never look like a formula. */
const plain = (sql: string): string => `coalesce(${sql}::text, '')`

/** In the zone that the statement has set, with its offset at that time. */
const time = (sql: string): string =>
  `coalesce(to_char(${sql}, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM'), '')`

/** In decimals of the row's own currency; never guarded, because a number starts no formula. */
const money = (sql: string, params: Params): string =>
  plain(`(${sql} * (${unitOf('p.currency', params)}))`)

type Cell = readonly ['text' | 'plain' | 'money' | 'time', string]

const CELLS = {
  created_at: ['time', 'p.created_at'],
  id: ['plain', 'p.id'],
  session_id: ['plain', 'p.session_id'],
  customer: ['text', 'coalesce(c.name, p.payer_name, c.email, p.payer_email)'],
  payer_name: ['text', 'p.payer_name'],
  payer_email: ['text', 'p.payer_email'],
  reference: ['text', 'p.reference'],
  description: ['text', 'p.description'],
  amount: ['money', 'p.amount'],
  currency: ['plain', 'p.currency'],
  captured_amount: ['money', 'p.captured'],
  refunded_amount: ['money', 'p.refunded'],
  fee_amount: ['money', 'p.fee'],
  net_amount: ['money', '(p.captured - p.refunded - p.fee)'],
  credited_amount: ['money', 'p.credited'],
  gateway: ['text', 'p.gateway'],
  method: ['text', 'p.method'],
  status: ['plain', 'p.status'],
  reason: ['text', 'p.reason'],
  gateway_ref: ['text', 'p.gateway_ref'],
  card: ['text', `(p.card_brand || ' ···· ' || p.card_last4)`],
  country: ['text', 'p.country'],
  purpose: ['plain', 'p.purpose'],
  source: ['plain', 'p.source'],
  shop: ['text', 'coalesce(s.name, p.shop_id)'],
  created_by: ['text', 'coalesce(p.created_by_name, p.created_by_kind)'],
  link_id: ['plain', 'p.link_id'],
  updated_at: ['time', 'p.updated_at'],
  processed_at: ['time', 'p.processed_at'],
  expires_at: ['time', 'p.expires_at'],
  mode: ['plain', 'p.mode'],
} as const satisfies Readonly<Record<PaymentColumn, Cell>>

/** What a column of a payment is in a file: what a person may have written is made harmless. */
export function cellSql(column: string, params: Params): string {
  const name = METADATA_COLUMN.exec(column)?.[1]
  if (name !== undefined) return text(`(p.metadata ->> ${params(name, 'text')})`)
  assert(isPaymentColumn(column), `no cell for the column ${column}`)
  const [kind, sql] = CELLS[column]
  switch (kind) {
    case 'text':
      return text(sql)
    case 'plain':
      return plain(sql)
    case 'money':
      return money(sql, params)
    case 'time':
      return time(sql)
  }
}
