import type { Database } from '#server/platform/postgres/index.ts'

export const CUSTOMERS = 100_000
export const CENTS = { least: 1000, most: 9999 }
export const REASON = 'Counted at the till'

/** Well-formed ids that a number names, so that every client can pick one at random. */
const BODY = '01k9000000000bench'
const DIGITS = 26 - BODY.length
export const customerId = (n: number): string => `cus_${BODY}${String(n).padStart(DIGITS, '0')}`
export const numbered = (prefix: string, n: string): string =>
  `'${prefix}_${BODY}' || lpad((${n})::text, ${DIGITS}, '0')`

/** The ten characters of an id that tell its time: 48 bits of milliseconds (kernel/ids.ts). */
const TIME_PART = Array.from({ length: 10 }, (_, at) => 45 - 5 * at)
  .map((shift) => `substr('0123456789abcdefghjkmnpqrstvwxyz', 1 + ((ms >> ${shift}) & 31)::int, 1)`)
  .join('\n    || ')

export async function prepare(db: Database): Promise<void> {
  await db.query({ text: 'create schema bench' })
  await db.query({
    text: `create function bench.time_part(ms bigint) returns text language sql immutable as $$
      select ${TIME_PART}
    $$`,
  })
  await db.query({ text: 'grant usage on schema bench to florin_app' })
}

const CUSTOMER_ROWS = `insert into customers (merchant_id, mode, id, name, email, country)
  select $1, 'test', ${numbered('cus', 'n')}, 'Customer ' || n, 'customer' || n || '@bench.test',
    (array['FR', 'DE', 'US', 'JP'])[1 + n % 4]
  from generate_series(0, ${CUSTOMERS - 1}) n`

const WALLET_ROWS = `insert into wallets (merchant_id, mode, id, customer_id, currency)
  select $1, 'test', ${numbered('wal', 'n')}, ${numbered('cus', 'n')}, 'EUR'
  from generate_series(0, ${CUSTOMERS - 1}) n`

/** The accounts that first payments would have opened. */
const ACCOUNT_ROWS = `insert into ledger_accounts (merchant_id, mode, id, kind, owner, currency,
    normal_side, may_overdraw, live)
  select $1, 'test', ${numbered('lac', 'n')}, c.kind, ${numbered('cus', 'n')}, 'EUR',
    c.normal_side, c.may_overdraw, c.live
  from generate_series(0, ${CUSTOMERS - 1}) n, ledger_chart c where c.kind = 'customer_wallet'`

export async function addCustomers(db: Database, merchantId: string): Promise<void> {
  for (const text of [CUSTOMER_ROWS, WALLET_ROWS, ACCOUNT_ROWS]) {
    await db.query({ text, values: [merchantId] })
  }
  await db.query({ text: 'vacuum analyze' })
}

/** Ninety days of payments as a list shows them; they have no transfers, so nobody audits them. */
const PAYMENT_ROWS = `insert into payments (merchant_id, mode, id, shop_id, customer_id, purpose,
    source, status, currency, amount, captured, fee, reference, description, payer_name,
    payer_email, country, gateway, method, card_brand, card_last4, reason, metadata,
    created_by_kind, created_by_name, created_at, updated_at, processed_at)
  select $1, 'test', 'pay_' || bench.time_part((extract(epoch from r.at) * 1000)::bigint)
      || substr(replace(gen_random_uuid()::text, '-', ''), 1, 16), s.id,
    case when r.n % 3 > 0 then ${numbered('cus', `r.n % ${CUSTOMERS}`)} end, 'api',
    case when r.n % 4 = 0 then 'checkout' else 'api' end, r.status, r.currency, r.amount,
    case when r.paid then r.amount else 0 end, case when r.paid then r.amount / 60 else 0 end,
    'INV-' || r.n, 'Order ' || r.n || ', delivery included', 'Zoé Person ' || r.n,
    'payer' || r.n || '@bench.test', (array['FR', 'DE', 'US', 'JP'])[1 + r.n % 4], 'sandbox',
    'card', 'visa', lpad((r.n % 10000)::text, 4, '0'),
    case when r.status = 'failed' then 'insufficient_funds' end,
    jsonb_build_object('order', r.n), 'key', 'Web shop', r.at, r.at,
    case when r.paid then r.at end
  from (select n, now() - n * interval '90 days' / $2::int as at, 100 + n * 7919::bigint % 99900
      as amount, (array['EUR', 'EUR', 'USD', 'JPY', 'KWD'])[1 + n % 5] as currency,
      n % 10 < 8 as paid, case when n % 10 < 8 then 'succeeded' when n % 10 = 8 then 'failed'
        else 'expired' end as status
    from generate_series(1, $2::int) n) r
  join shops s on s.merchant_id = $1 and s.is_default
  order by r.at`

export async function addPayments(db: Database, merchantId: string, count: number): Promise<void> {
  // One statement so that the dates are even; it takes longer than the product allows its own.
  await db.tx(async (tx) => {
    await tx.query({ text: `set local statement_timeout = '5min'` })
    await tx.query({ text: PAYMENT_ROWS, values: [merchantId, count] })
  })
  await db.query({ text: 'vacuum analyze' })
}
