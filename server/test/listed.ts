import { makeId } from '#server/kernel/ids.ts'
import type { Scope } from '#server/kernel/scope.ts'
import type { PaymentRow } from '#server/money/payments/index.ts'
import { type Database, openDatabase } from '#server/platform/postgres/index.ts'
import { newId } from './books.ts'
import { openFlorin, type TestFlorin } from './florin.ts'

/** Rows for lists, made by SQL as the owner of the tables: any state, at any time, in bulk. */
export type Listed = {
  readonly florin: TestFlorin
  readonly owner: Database
  readonly scope: Scope
  readonly shops: readonly { id: string; name: string }[]
  readonly customers: readonly CustomerSeed[]
  readonly accounts: readonly { id: string; gateway: string; name: string }[]
  readonly close: () => Promise<void>
}

export type CustomerSeed = {
  readonly id: string
  readonly name: string | null
  readonly email: string | null
  readonly label: string | null
}

const PEOPLE: readonly [string | null, string | null][] = [
  ['Ana Dupont', 'ana@example.com'],
  ['José Martín', 'jose@example.org'],
  [null, 'guest.one@example.net'],
  ['O’Brien & Sons', null],
  ['=HYPERLINK("http://x")', 'x@example.com'],
]

/** The whole product with a second shop, two gateway accounts and some customers. */
export async function openListed(): Promise<Listed> {
  const florin = await openFlorin()
  const owner = openDatabase({ url: florin.url, poolSize: 2, role: null })
  const scope: Scope = { merchantId: florin.owner.merchantId, mode: 'test' }
  const second = { id: newId('shop'), name: 'Second shop' }
  await owner.query({
    text: 'insert into shops (merchant_id, id, name) values ($1, $2, $3)',
    values: [scope.merchantId, second.id, second.name],
  })
  const shops = await owner.query<{ id: string; name: string }>({
    text: 'select id, name from shops order by id',
  })
  const accounts = ['paypal', 'stripe'].map((gateway) => {
    const id = newId('gatewayAccount')
    return { id, gateway, name: `${gateway} account`, public_id: id }
  })
  await insertAll(owner, 'gateway_accounts', accounts, {
    ...fieldsOf(scope),
    account_ref: 'ref',
    base_url: 'http://localhost',
    credentials: '\\x00',
    active: true,
    created_at: '2026-01-01',
  })
  const customers = PEOPLE.map(([name, email], index) => {
    return { id: newId('customer'), name, email, label: index === 0 ? 'crm-7' : null }
  })
  const since = { created_at: '2026-01-01', updated_at: '2026-01-01', version: 1 }
  await insertAll(owner, 'customers', customers, { ...fieldsOf(scope), ...since })
  const close = async () => {
    await owner.close()
    await florin.close()
  }
  return { florin, owner, scope, shops, customers, accounts, close }
}

const fieldsOf = ({ merchantId, mode }: Scope) => ({ merchant_id: merchantId, mode })

/** Rows as JSON, each column of the table by its name. */
async function insertAll(
  owner: Database,
  table: string,
  rows: readonly object[],
  shared: object = {},
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const some = rows.slice(start, start + ROWS_AT_ONCE).map((row) => ({ ...shared, ...row }))
    await owner.query({
      text: `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`,
      values: [JSON.stringify(some, asJson)],
    })
  }
}

const ROWS_AT_ONCE = 5000
const asJson = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value

/** Numbers from a seed (mulberry32), so that a failing run can be run again. */
export function seeded(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    pick: <T>(from: readonly T[]): T => from[below(from.length)] as T,
    maybe: <T>(chance: number, value: () => T): T | null => (next() < chance ? value() : null),
    bytes: (length: number) => Uint8Array.from({ length }, () => below(256)),
  }
}
export type Seeded = ReturnType<typeof seeded>

export const idAt = (time_ms: number, random: Seeded) =>
  makeId('payment', time_ms, random.bytes(10))

/** A payment of 10.00 EUR that nothing is known of, but for what is said. */
export function paymentRow(
  listed: Listed,
  given: Partial<PaymentRow> & { id: string },
): PaymentRow {
  const at = given.created_at ?? new Date('2026-11-01T10:00:00Z')
  return {
    merchant_id: listed.scope.merchantId,
    mode: listed.scope.mode,
    shop_id: listed.shops[0]?.id ?? '',
    customer_id: null,
    purpose: 'api',
    purpose_ref: null,
    source: 'api',
    status: 'open',
    currency: 'EUR',
    amount: 1000n,
    captured: 0n,
    refund_reserved: 0n,
    refunded_outside: 0n,
    refunded: 0n,
    disputed: 0n,
    fee: 0n,
    credited: null,
    manual_open: 0n,
    manual: false,
    late: false,
    reference: null,
    description: null,
    payer_name: null,
    payer_email: null,
    country: null,
    gateway: null,
    gateway_account_id: null,
    method: null,
    gateway_ref: null,
    card_brand: null,
    card_last4: null,
    gateway_details: {},
    reason: null,
    message: null,
    session_id: null,
    link_id: null,
    metadata: {},
    created_by_kind: 'key',
    created_by_id: null,
    created_by_name: null,
    created_at: at,
    updated_at: at,
    processed_at: null,
    expires_at: null,
    version: 1,
    ...given,
  }
}

export const addPayments = (listed: Listed, rows: readonly PaymentRow[]): Promise<void> =>
  insertAll(listed.owner, 'payments', rows)

const DAY_MS = 86_400_000
const CURRENCIES = ['EUR', 'EUR', 'EUR', 'USD', 'JPY', 'KWD', 'XOF', 'BTC']
const STATUSES = [
  'open',
  'processing',
  'authorized',
  'partially_paid',
  'succeeded',
  'succeeded',
  'succeeded',
  'failed',
  'canceled',
  'expired',
] as const
const AMOUNTS = [
  1n,
  10n,
  99n,
  100n,
  101n,
  999n,
  1000n,
  4990n,
  10_000n,
  49_900n,
  100_000n,
  5n * 10n ** 9n,
]
const WORDS = ['Order', 'order 100%', 'A_17', 'Ünïcode', 'x\\y', 'Café', '49.90', 'null', "O'Hara"]

/** Payments of every kind, at random over the ninety days before `now_ms`. */
export function randomPayments(
  listed: Listed,
  count: number,
  random: Seeded,
  now_ms: number,
): PaymentRow[] {
  return Array.from({ length: count }, () => randomPayment(listed, random, now_ms))
}

function randomPayment(listed: Listed, random: Seeded, now_ms: number): PaymentRow {
  const { pick, maybe, below } = random
  const created_ms = now_ms - below(90 * DAY_MS)
  const later = () => new Date(created_ms + below(DAY_MS))
  const status = pick(STATUSES)
  const amount = pick(AMOUNTS)
  const paid = status === 'succeeded' ? amount + (maybe(0.2, () => 500n) ?? 0n) : 0n
  const captured = status === 'partially_paid' ? amount / 2n : paid
  const refunded = maybe(0.3, () => pick([captured, captured / 2n, captured / 3n])) ?? 0n
  const account = maybe(0.8, () => pick(listed.accounts))
  const card = maybe(0.6, () =>
    pick([
      ['visa', '4242'],
      ['mastercard', '0005'],
    ] as const),
  )
  return paymentRow(listed, {
    id: idAt(created_ms, random),
    created_at: new Date(created_ms),
    updated_at: later(),
    processed_at: captured > 0n ? later() : null,
    // What is open and past its time would be expired by the product while a test looks.
    expires_at:
      status === 'open' ? maybe(0.5, () => new Date(now_ms + 9 * DAY_MS)) : maybe(0.5, later),
    shop_id: pick(listed.shops).id,
    customer_id: maybe(0.5, () => pick(listed.customers).id),
    purpose: pick(['api', 'link', 'top_up']),
    source: pick(['api', 'link', 'checkout', 'dashboard', 'gateway']),
    status,
    currency: pick(CURRENCIES),
    amount,
    captured,
    refunded,
    refund_reserved: refunded,
    disputed: maybe(0.05, () => captured) ?? 0n,
    fee: maybe(0.5, () => captured / 40n) ?? 0n,
    credited: maybe(0.2, () => pick([captured, captured / 2n])),
    manual_open: maybe(0.05, () => captured) ?? 0n,
    manual: maybe(0.1, () => true) ?? false,
    late: maybe(0.1, () => true) ?? false,
    reference: maybe(0.7, () => `${pick(WORDS)}-${below(50)}`),
    description: maybe(0.4, () => pick(WORDS)),
    payer_name: maybe(0.5, () => pick(['Ana Dupont', 'Zoë', '+1 Corp', '@handle', '＝cmd'])),
    payer_email: maybe(0.5, () => pick(['ana@example.com', 'z_o@example.com'])),
    country: maybe(0.5, () => pick(['FR', 'DE'])),
    gateway: account?.gateway ?? null,
    gateway_account_id: account?.id ?? null,
    method: maybe(0.7, () => pick(['card', 'paypal', 'sepa'])),
    gateway_ref: maybe(0.6, () => `ch_${below(1_000_000)}x`),
    card_brand: card?.[0] ?? null,
    card_last4: card?.[1] ?? null,
    reason: status === 'failed' ? pick(['card_declined', 'insufficient_funds']) : null,
    metadata: maybe(0.3, () => ({ order_ref: `M-${below(9)}`, empty: '' })) ?? {},
    created_by_id: maybe(0.5, () => 'mem_01jd0000000000000000000000'),
    created_by_name: maybe(0.5, () => 'Marie'),
  })
}

/** Many plain payments in one statement, a minute apart, the newest of them at `until`. */
export async function addManyPayments(listed: Listed, count: number, until: Date): Promise<void> {
  const [first, second] = listed.shops.map(({ id }) => id)
  const customers = listed.customers.map(({ id }) => id)
  const insert = {
    text: `insert into payments (merchant_id, mode, id, shop_id, customer_id, purpose, source,
        status, currency, amount, captured, refunded, refund_reserved, reference, payer_name,
        payer_email, gateway, method, gateway_ref, reason, metadata, created_by_kind, created_at,
        updated_at)
      select $1, 'test', 'pay_01kd' || lpad(n::text, 22, '0'),
        case n % 50 when 0 then $3 else $2 end,
        case when n % 7 = 0 then ($4::text[])[1 + n % cardinality($4)] end, 'api', 'api',
        case n % 40 when 0 then 'failed' when 1 then 'expired' when 2 then 'open'
          when 3 then 'partially_paid' else 'succeeded' end,
        case n % 20 when 0 then 'JPY' when 1 then 'USD' else 'EUR' end, 100 + n,
        case when n % 40 = 3 then 50 when n % 40 > 3 then 100 + n else 0 end, 0, 0,
        'A-' || n, 'Payer ' || n % 1000, 'payer' || n % 1000 || '@example.com',
        case n % 30 when 0 then 'paypal' else 'stripe' end,
        case n % 9 when 0 then 'sepa' else 'card' end, 'ch_' || n || 'x',
        case n % 40 when 0 then 'card_declined' end, jsonb_build_object('order_ref', 'M-' || n),
        'key', $5::timestamptz - ($6 - n) * interval '1 minute',
        $5::timestamptz - (n % 5000) * interval '1 microsecond'
      from generate_series(1, $6::int) n`,
    values: [listed.scope.merchantId, first, second, customers, until, count],
  }
  await listed.owner.tx(async (tx) => {
    await tx.query({ text: 'set local statement_timeout = 0' })
    await tx.query(insert)
  })
  await listed.owner.query({ text: 'vacuum analyze payments' })
}
