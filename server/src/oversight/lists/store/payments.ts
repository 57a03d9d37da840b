import { VOCABULARIES } from '#contract/query/index.ts'
import { lowestIdAt } from '#server/kernel/ids.ts'
import type { Scope } from '#server/kernel/scope.ts'
import { type PaymentNames, type PaymentRow, presentPayment } from '#server/money/payments/index.ts'
import { fold, JOIN_CUSTOMER, WORDS_SQL } from '#server/oversight/search/index.ts'
import type { Queryable } from '#server/platform/postgres/index.ts'
import { amountSort } from '../amounts.ts'
import type { FreeText, InScope, ListSpec, Writing } from '../spec.ts'
import { escapeLike } from '../where.ts'
import { expectedRows } from './explain.ts'

export type ListedPayment = PaymentRow & PaymentNames

/** How old a payment is before free text trusts that its words are kept. */
const FRESH_MS = 30_000

/** The same words as the index `payments_needing_action`, which serves whatever implies them. */
const MAY_NEED_ACTION = `(p.status = 'partially_paid' or p.captured > p.amount
    or p.manual_open > 0 or p.disputed > 0)`

export const PAYMENTS: ListSpec<ListedPayment> = {
  name: 'payments',
  vocabulary: VOCABULARIES.payments,
  idKind: 'payment',
  alias: 'p',
  from: `payments p ${JOIN_CUSTOMER}
    left join shops s on s.merchant_id = p.merchant_id and s.id = p.shop_id
    left join gateway_accounts g on g.merchant_id = p.merchant_id and g.mode = p.mode
      and g.id = p.gateway_account_id`,
  columns: `p.*, c.name as customer_name, c.email as customer_email, s.name as shop_name,
    exists (select from transactions t where t.merchant_id = p.merchant_id and t.mode = p.mode
      and t.payment_id = p.id and t.state = 'unknown') as has_unknown`,
  keys: {
    id: { exact: 'p.id' },
    session: { exact: 'p.session_id' },
    link: { exact: 'p.link_id' },
    status: { exact: 'p.status' },
    amount: money('p.amount'),
    credited: money('p.credited'),
    fee: money('p.fee'),
    refunded: money('p.refunded'),
    currency: { exact: 'p.currency' },
    created: { made: 'p.id' },
    updated: { time: 'p.updated_at' },
    processed: { time: 'p.processed_at' },
    expires: { time: 'p.expires_at' },
    ref: { texts: ['p.reference'] },
    customer: { exact: 'p.customer_id', texts: ['c.name', 'c.email'] },
    email: { texts: ['p.payer_email', 'c.email'] },
    name: { texts: ['p.payer_name'] },
    text: { texts: ['p.description'] },
    gateway: { exact: 'p.gateway' },
    method: { exact: 'p.method' },
    gateway_account: { exact: 'p.gateway_account_id', texts: ['g.name'] },
    gref: { exact: 'p.gateway_ref' },
    reason: { exact: 'p.reason' },
    purpose: { exact: 'p.purpose' },
    source: { exact: 'p.source' },
    brand: { texts: ['p.card_brand'] },
    last4: { exact: 'p.card_last4' },
    country: { exact: 'p.country' },
    shop: { exact: 'p.shop_id', texts: ['s.name'] },
    by: { exact: 'p.created_by_id', texts: ['p.created_by_name'] },
    env: { exact: 'p.mode' },
  },
  meta: 'p.metadata',
  flags: {
    needs_action: `${MAY_NEED_ACTION} and (p.status = 'partially_paid'
    or p.captured - p.refunded > p.amount or p.manual_open > 0 or p.disputed > 0)`,
    partial: `p.status = 'partially_paid'`,
    overpaid: 'p.captured > p.amount and p.captured - p.refunded > p.amount',
    refunded: 'p.refunded > 0 and p.refunded >= p.captured',
    partly_refunded: 'p.refunded > 0 and p.refunded < p.captured',
    disputed: 'p.disputed > 0',
    manual: 'p.manual',
    late: 'p.late',
    uncredited: 'p.credited < p.captured',
    test: `p.mode = 'test'`,
  },
  sorts: {
    created: { by: 'id', sql: 'p.id' },
    updated: { by: 'time', sql: 'p.updated_at' },
    amount: amountSort('p.amount', 'p.currency'),
  },
  usual: '-created',
  facets: {
    status: same('p.status'),
    reason: same('p.reason'),
    purpose: same('p.purpose'),
    source: same('p.source'),
    currency: same('p.currency'),
    country: same('p.country'),
    gateway: same('p.gateway'),
    method: same('p.method'),
    brand: same('p.card_brand'),
    gateway_account: { value: 'p.gateway_account_id', label: 'g.name' },
    shop: { value: 'p.shop_id', label: 's.name' },
    customer: { value: 'p.customer_id', label: 'coalesce(c.name, c.email, p.customer_id)' },
    by: { value: 'p.created_by_id', label: 'coalesce(p.created_by_name, p.created_by_id)' },
  },
  search: searchSql,
  expectedMatches,
  present: (row) => presentPayment(row, row),
}

function money(amount: string) {
  return { money: { amount, currency: 'p.currency' } }
}

function same(sql: string) {
  return { value: sql, label: sql }
}

/**
 * What a piece of free text may be: kept words, the words of payments too young to have any kept,
 * and exact keys. Each is looked up by its own index and they are put together, because joined by
 * `or` they would read every payment; which is what text that most payments have asks for.
 */
function searchSql(free: FreeText, writing: Writing, inScope: InScope): string {
  const { params, now_ms } = writing
  const since = lowestIdAt('payment', Math.max(0, now_ms - FRESH_MS))
  const words = free.texts.map((text) => params(`%${escapeLike(fold(text))}%`, 'text'))
  // A value that no text of the statement names would be refused.
  const fresh = words.length > 0 ? params(since, 'text') : ''
  const ways = free.eachRow ? rowTests : lookUps
  return ways(words, free.exact, fresh, inScope)
}

type Ways = (
  words: readonly string[],
  exact: readonly string[],
  fresh: string,
  inScope: InScope,
) => string

/** A scalar sub-select is asked row by row; of `exists` the planner might hash the whole table. */
const rowTests: Ways = (words, exact, fresh, inScope) => {
  const tests = words.flatMap((like) => [
    `(select w.words like ${like} from payment_search w
        where ${inScope('w')} and w.payment_id = p.id)`,
    `(p.id >= ${fresh} and ${WORDS_SQL} like ${like})`,
  ])
  return [...tests, ...exact.map((sql) => `(${sql})`)].join('\n      or ')
}

const lookUps: Ways = (words, exact, fresh, inScope) => {
  const found = words.flatMap((like) => [
    `select w.payment_id from payment_search w
        where ${inScope('w')} and w.words like ${like}`,
    `select p.id from payments p ${JOIN_CUSTOMER}
        where ${inScope('p')} and p.id >= ${fresh} and ${WORDS_SQL} like ${like}`,
  ])
  const keyed = exact.map((sql) => `select p.id from payments p where ${inScope('p')} and (${sql})`)
  return `p.id in (${[...found, ...keyed].join('\n      union all ')})`
}

/** What the planner expects of a text; it looks at its own sample and at no row. */
export async function expectedMatches(q: Queryable, scope: Scope, text: string): Promise<number> {
  return expectedRows(q, {
    text: `explain (format json) select from payment_search w
      where w.merchant_id = $1 and w.mode = $2 and w.words like $3`,
    values: [scope.merchantId, scope.mode, `%${escapeLike(fold(text))}%`],
  })
}
