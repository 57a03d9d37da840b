import type { PaymentColumn } from '#contract/columns.ts'
import { assert } from '#server/kernel/assert.ts'
import { type Params, unitOf } from '#server/oversight/lists/index.ts'
import { METADATA_COLUMN } from '../export.ts'

/**
 * A spreadsheet runs a cell that begins, after spaces and quotes, with one of these, in their own
 * or their wide forms; a leading tab or line end is dropped by some and uncovers the next character.
 */
const FORMULA = String.raw`'^[[:space:]"''\u00a0\u200b\u3000\ufeff]*[=+@\u2212\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b-]|^[\t\r\n]'`

/** Words from outside: an apostrophe keeps what looks like a formula a text. */
const text = (sql: string): string =>
  `case when ${sql} ~ ${FORMULA} then '''' || ${sql} else coalesce(${sql}, '') end`

/** Ids, codes and words of our own, which never look like a formula. */
const plain = (sql: string): string => `coalesce(${sql}::text, '')`

/** In the zone that the statement has set, with its offset at that time. */
const time = (sql: string): string =>
  `coalesce(to_char(${sql}, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM'), '')`

const TEXTS = {
  customer: 'coalesce(c.name, p.payer_name, c.email, p.payer_email)',
  payer_name: 'p.payer_name',
  payer_email: 'p.payer_email',
  reference: 'p.reference',
  description: 'p.description',
  gateway: 'p.gateway',
  method: 'p.method',
  reason: 'p.reason',
  gateway_ref: 'p.gateway_ref',
  card: `(p.card_brand || ' ···· ' || p.card_last4)`,
  country: 'p.country',
  shop: 'coalesce(s.name, p.shop_id)',
  created_by: 'coalesce(p.created_by_name, p.created_by_kind)',
} as const

const PLAIN = {
  id: 'p.id',
  session_id: 'p.session_id',
  link_id: 'p.link_id',
  currency: 'p.currency',
  status: 'p.status',
  purpose: 'p.purpose',
  source: 'p.source',
  mode: 'p.mode',
} as const

const AMOUNTS = {
  amount: 'p.amount',
  captured_amount: 'p.captured',
  refunded_amount: 'p.refunded',
  fee_amount: 'p.fee',
  net_amount: '(p.captured - p.refunded - p.fee)',
  credited_amount: 'p.credited',
} as const

const TIMES = {
  created_at: 'p.created_at',
  updated_at: 'p.updated_at',
  processed_at: 'p.processed_at',
  expires_at: 'p.expires_at',
} as const

type Column = keyof typeof TEXTS | keyof typeof PLAIN | keyof typeof AMOUNTS | keyof typeof TIMES
/** Every column of the contract has a cell, and no cell is of an unknown column. */
type Whole = [Column] extends [PaymentColumn] ? ([PaymentColumn] extends [Column] ? true : 0) : 0
const _whole: Whole = true

/** What a column of a payment is in a file: text that a person may have written is made harmless. */
export function cellSql(column: string, params: Params): string {
  const name = METADATA_COLUMN.exec(column)?.[1]
  if (name !== undefined) return text(`(p.metadata ->> ${params(name, 'text')})`)
  const of = (table: Readonly<Record<string, string>>): string | undefined => table[column]
  const [written, own, amount, at] = [of(TEXTS), of(PLAIN), of(AMOUNTS), of(TIMES)]
  if (written) return text(written)
  if (own) return plain(own)
  if (amount) return plain(`(${amount} * (${unitOf('p.currency', params)}))`)
  assert(at, `no cell for the column ${column}`)
  return time(at)
}
