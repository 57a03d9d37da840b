/** Marks that accents are made of, once a letter is taken apart. */
const MARKS = '\u0300-\u036f'
const MARK = new RegExp(`[${MARKS}]`, 'g')
const SQL_MARKS = `U&'[\\0300-\\036F]'`

/** `José` and `JOSE` are found by each other. The same as `foldSql`, for what people type. */
export const fold = (text: string): string => text.normalize('NFD').replace(MARK, '').toLowerCase()

const foldSql = (sql: string): string =>
  `lower(regexp_replace(normalize(${sql}, NFD), ${SQL_MARKS}, '', 'g'))`

/** Fields are kept apart by a character that no query may contain: no find spans two of them. */
const FIELDS = [
  'p.reference',
  'p.payer_name',
  'p.payer_email',
  'c.name',
  'c.email',
  'c.label',
  'p.description',
  'p.card_last4',
  'p.gateway_ref',
]
const METADATA = `(select string_agg(m.value, E'\\n') from jsonb_each_text(p.metadata) m)`

/** Everything a payment `p` of a customer `c` may be found by, folded. */
export const WORDS_SQL = foldSql(`concat_ws(E'\\n', ${FIELDS.join(', ')}, ${METADATA})`)

/** The customer of a payment `p`, for what is shown and found with it. */
export const JOIN_CUSTOMER = `left join customers c on c.merchant_id = p.merchant_id
    and c.mode = p.mode and c.id = p.customer_id`
