import {
  type Condition,
  matches,
  type QueryRecord,
  type ResolvedQuery,
} from '#contract/query/index.ts'
import { timeOfId } from '#server/kernel/ids.ts'
import { formatAmount } from '#server/kernel/money.ts'
import { flagsOf, type PaymentRow } from '#server/money/payments/index.ts'
import { fold } from '#server/oversight/search/index.ts'
import type { Listed, Seeded } from './listed.ts'

/** Which payments a query means, found without any SQL. */
export const passing = (
  listed: Listed,
  rows: readonly PaymentRow[],
  resolved: ResolvedQuery,
): PaymentRow[] =>
  rows
    .filter((row) => resolved.all.every((condition) => passes(listed, row, condition)))
    .sort((a, b) => (a.id < b.id ? 1 : -1))

/** Free text looks into every word of a payment; everything else is the query language's own. */
function passes(listed: Listed, row: PaymentRow, condition: Condition): boolean {
  const record = recordOf(listed, row)
  const holds = (any: Condition['any']) =>
    any.length > 0 &&
    matches({ list: 'payments', all: [{ ...condition, any, negated: false }] }, record)
  if (condition.source !== 'search') return holds(condition.any) !== condition.negated
  const words = wordsOf(listed, row)
  const found = condition.any.some(
    (test) => test.test === 'text' && words.some((word) => word.includes(fold(test.text))),
  )
  const others = condition.any.filter((test) => test.test !== 'text')
  return (found || holds(others)) !== condition.negated
}

function wordsOf(listed: Listed, row: PaymentRow): string[] {
  const customer = listed.customers.find(({ id }) => id === row.customer_id)
  return [
    row.reference,
    row.payer_name,
    row.payer_email,
    customer?.name,
    customer?.email,
    customer?.label,
    row.description,
    row.card_last4,
    row.gateway_ref,
    ...Object.values(row.metadata),
  ].flatMap((word) => (word ? [fold(word)] : []))
}

function recordOf(listed: Listed, row: PaymentRow): QueryRecord {
  const customer = listed.customers.find(({ id }) => id === row.customer_id)
  const shop = listed.shops.find(({ id }) => id === row.shop_id)
  const account = listed.accounts.find(({ id }) => id === row.gateway_account_id)
  const money = (amount: bigint | null) =>
    amount === null ? null : formatAmount(amount, row.currency)
  const texts = (...all: (string | null | undefined)[]) => all.flatMap((one) => (one ? [one] : []))
  return {
    id: row.id,
    session: row.session_id,
    link: row.link_id,
    status: row.status,
    amount: money(row.amount),
    credited: money(row.credited),
    fee: money(row.fee),
    refunded: money(row.refunded),
    currency: row.currency,
    created: timeOfId(row.id),
    updated: row.updated_at.getTime(),
    processed: row.processed_at?.getTime(),
    expires: row.expires_at?.getTime(),
    ref: row.reference,
    customer: texts(customer?.id, customer?.name, customer?.email),
    email: texts(row.payer_email, customer?.email),
    name: row.payer_name,
    text: row.description,
    gateway: row.gateway,
    method: row.method,
    gateway_account: texts(account?.id, account?.name),
    gref: row.gateway_ref,
    reason: row.reason,
    purpose: row.purpose,
    source: row.source,
    brand: row.card_brand,
    last4: row.card_last4,
    country: row.country,
    shop: texts(shop?.id, shop?.name),
    by: texts(row.created_by_id, row.created_by_name),
    env: row.mode,
    meta: row.metadata,
    flags: [...flagsOf(row), ...(row.mode === 'test' ? ['test'] : [])],
  }
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  status: ['failed', 'succeeded', 'unpaid', 'in_progress', 'paid,expired', 'open', 'refunded'],
  reason: ['card_declined', 'none', 'customer_closed', 'insufficient_funds,other'],
  purpose: ['api', 'link,top_up', 'door'],
  source: ['api', 'dashboard,link', 'gateway'],
  amount: [
    '>100',
    '>=49.90',
    '<1.5',
    '>=0.5',
    '<=1.5',
    '>1.5',
    '<=10',
    '49.90',
    '1',
    '0.01..10',
    '>99999999999',
    '-5',
    '10.005',
  ],
  credited: ['>0', 'none', '<=10'],
  fee: ['0', '>0.2', '0.001..1'],
  refunded: ['>0', '<5', '0'],
  currency: ['EUR', 'EUR,USD', 'JPY', 'BTC,KWD,XOF', 'GBP'],
  created: [
    'today',
    'this_month',
    'last_month',
    '7d',
    '2026-10',
    '>2026-11-10',
    '2026-10-01..2026-10-15',
  ],
  updated: ['today', '<2026-10-01', '30d'],
  processed: ['none', '>=2026-11-01', 'yesterday'],
  expires: ['none', '2026-11', '<=2026-10-20T10:30'],
  ref: ['order-3', 'Order*', '*-7', '*100%*', '*_17*', 'none', '*x\\\\y*', 'CAFÉ*', "*o'hara*"],
  customer: ['dupont', 'ana@example.com', 'martín', 'none', '=hyper*', 'o’b*'],
  email: ['ana@example.com', '*@example.com', 'z_o*', 'none'],
  name: ['zoë', '"ana dup"', '@handle', 'none', '*corp'],
  text: ['café', 'none', '49', '"order 100%"'],
  gateway: ['paypal', 'stripe,paypal', 'none', 'STRIPE', 'str*'],
  method: ['card', 'none', 'paypal,sepa', '*p*'],
  gateway_account: ['stripe', 'none', '*account'],
  gref: ['none', 'ch_*', '*7x'],
  brand: ['visa', 'none', 'MASTER*'],
  last4: ['4242', '0005', 'none'],
  country: ['FR', 'none', 'DE,FR'],
  shop: ['main', '"second shop"', 'nothing'],
  by: ['marie', 'none', 'mem_01jd0000000000000000000000'],
  env: ['test', 'live', 'both'],
  'meta.order_ref': ['M-1', 'm-*', 'none'],
  'meta.empty': ['none', '*a*'],
}
const ALWAYS_THERE = [
  'status',
  'purpose',
  'source',
  'amount',
  'fee',
  'refunded',
  'currency',
  'created',
  'updated',
  'shop',
  'env',
]
const FLAGS = [
  'needs_action',
  'partial',
  'overpaid',
  'refunded',
  'partly_refunded',
  'disputed',
  'manual',
  'late',
  'test',
  'uncredited',
]
const FREE = [
  'ana',
  '49.90',
  'order',
  '4242',
  'JOSÉ',
  'jose',
  'unicode',
  '"100%"',
  'a_17',
  'crm-7',
  '10',
  'm-1',
  'ana@example.com',
  'ch_1',
  'x\\\\y',
  'null',
  'select',
  '＝cmd',
  '1,000',
]

/** A query of one to four terms, as people write them. */
export function randomQuery(random: Seeded): string {
  const { pick, below } = random
  const keys = Object.keys(VALUES)
  const nullable = keys.filter((key) => !ALWAYS_THERE.includes(key))
  const term = (): string => {
    const kind = below(10)
    if (kind === 0) return pick(FREE)
    if (kind <= 2) return `is:${pick(FLAGS)}`
    if (kind === 3) return `has:${pick(nullable)}`
    const key = pick(keys)
    return `${key}:${pick(VALUES[key] ?? [])}`
  }
  return Array.from({ length: 1 + below(4) }, () => `${below(4) === 0 ? '-' : ''}${term()}`).join(
    ' ',
  )
}
