import type { IdKind } from '#server/kernel/ids.ts'
import type { Scope } from '#server/kernel/scope.ts'
import type { Queryable, Tx } from '#server/platform/postgres/index.ts'
import type { Found } from './lookup.ts'
import { JOIN_CUSTOMER, WORDS_SQL } from './words.ts'

/** Payments of one customer whose words follow a change of their name at once: the newest. */
const PAYMENTS_PER_CUSTOMER = 10_000

export type Changed = {
  readonly merchantId: string
  readonly mode: string
  readonly paymentIds: readonly string[]
  readonly customerIds: readonly string[]
}

/** Reads the payments as they are now, so that events may come twice or late. */
export async function refreshWords(tx: Tx, changed: Changed): Promise<void> {
  const { merchantId, mode, paymentIds, customerIds } = changed
  await tx.query({
    name: 'search_refresh',
    text: `insert into payment_search as s (merchant_id, mode, payment_id, words)
      select p.merchant_id, p.mode, p.id, ${WORDS_SQL}
      from payments p ${JOIN_CUSTOMER}
      where p.merchant_id = $1 and p.mode = $2 and p.id in (
        select unnest($3::text[])
        union
        select o.id from unnest($4::text[]) as k (customer_id) cross join lateral (
          select x.id from payments x where x.merchant_id = $1 and x.mode = $2
            and x.customer_id = k.customer_id
          order by x.id desc limit ${PAYMENTS_PER_CUSTOMER}) o)
      on conflict (merchant_id, mode, payment_id) do update set words = excluded.words
        where s.words is distinct from excluded.words`,
    values: [merchantId, mode, paymentIds, customerIds],
  })
}

/** A payment's line in a result, and who it is from. */
const PAYMENT = `'payment' as type, p.id, p.amount, p.currency,
    coalesce(p.reference, p.payer_name, p.payer_email) as words`
const PAYMENTS = 'from payments p where p.merchant_id = $1 and p.mode = $2'
const TRANSACTION = `'transaction' as type, t.id, t.amount, t.currency, t.type as words`
const GATEWAY_EVENT = `'gateway_event' as type, e.id, null::bigint as amount,
    null::text as currency, e.type as words`
const CUSTOMER = `'customer' as type, c.id, null::bigint as amount, null::text as currency,
    coalesce(c.name, c.email, c.label) as words`
const CUSTOMERS = 'from customers c where c.merchant_id = $1 and c.mode = $2'

/** What an id of ours names, by kind; a session is shown by the payment it was opened for. */
const BY_ID: Readonly<Partial<Record<IdKind, string>>> = {
  payment: `select ${PAYMENT}, 'id' as via ${PAYMENTS} and p.id = $3`,
  checkoutSession: `select ${PAYMENT}, 'session' as via from checkout_sessions o
    join payments p on p.merchant_id = o.merchant_id and p.mode = o.mode and p.id = o.payment_id
    where o.merchant_id = $1 and o.mode = $2 and o.id = $3`,
  transaction: `select ${TRANSACTION}, 'id' as via from transactions t
    where t.merchant_id = $1 and t.mode = $2 and t.id = $3`,
  refund: `select 'refund' as type, r.id, r.amount, r.currency, r.reason as words, 'id' as via
    from refunds r where r.merchant_id = $1 and r.mode = $2 and r.id = $3`,
  customer: `select ${CUSTOMER}, 'id' as via ${CUSTOMERS} and c.id = $3`,
  wallet: `select ${CUSTOMER}, 'id' as via from wallets w
    join customers c on c.merchant_id = w.merchant_id and c.mode = w.mode and c.id = w.customer_id
    where w.merchant_id = $1 and w.mode = $2 and w.id = $3`,
  paymentLink: `select 'payment_link' as type, l.id, l.amount, l.currency,
      coalesce(l.reference, l.payer_name) as words, 'id' as via
    from payment_links l where l.merchant_id = $1 and l.mode = $2 and l.id = $3`,
  gatewayAccount: `select 'gateway_account' as type, g.id, null::bigint as amount,
      null::text as currency, g.name as words, 'id' as via
    from gateway_accounts g where g.merchant_id = $1 and g.mode = $2 and g.id = $3`,
  gatewayEvent: `select ${GATEWAY_EVENT}, 'id' as via from gateway_events e
    where e.merchant_id = $1 and e.mode = $2 and e.id = $3`,
  event: `select 'event' as type, v.id, null::bigint as amount, null::text as currency,
      v.type as words, 'id' as via
    from events v where v.merchant_id = $1 and v.mode = $2 and v.id = $3`,
}

export async function findById(
  q: Queryable,
  scope: Scope,
  kind: IdKind,
  id: string,
): Promise<Found[]> {
  const text = BY_ID[kind]
  if (!text) return []
  const named = { name: `lookup_${kind}`, text }
  return q.query<Found>({ ...named, values: [scope.merchantId, scope.mode, id] })
}

/** The accounts of a merchant, so that indexes that begin with one serve a search over all. */
const ACCOUNTS = `array(select g.id from gateway_accounts g
      where g.merchant_id = $1 and g.mode = $2)`

/** Every exact meaning of a text, each by its own index; a few of each are enough. */
export async function findByText(
  q: Queryable,
  scope: Scope,
  text: string,
  folded: string,
  each: number,
): Promise<Found[]> {
  const part = (sql: string) => `(${sql} limit ${each})`
  const parts = [
    `select ${PAYMENT}, 'gateway_ref' as via ${PAYMENTS} and p.gateway_ref = $3`,
    `select ${PAYMENT}, 'reference' as via ${PAYMENTS} and lower(p.reference) = lower($3)
      order by p.id desc`,
    `select ${TRANSACTION}, 'gateway_ref' as via from transactions t
      where t.merchant_id = $1 and t.mode = $2 and t.gateway_account_id = any(${ACCOUNTS})
        and t.type = any('{charge,refund,chargeback}') and t.gateway_ref = $3`,
    `select ${GATEWAY_EVENT}, 'gateway_ref' as via from gateway_events e
      where e.merchant_id = $1 and e.mode = $2 and e.gateway_account_id = any(${ACCOUNTS})
        and e.dedupe_key = $3`,
    `select ${CUSTOMER}, 'label' as via ${CUSTOMERS} and c.label = $3`,
    `select ${CUSTOMER}, 'email' as via ${CUSTOMERS} and lower(c.email) = lower($3)
      order by c.id desc`,
    `select ${PAYMENT}, 'email' as via from payment_search w
      join payments p on p.merchant_id = w.merchant_id and p.mode = w.mode and p.id = w.payment_id
      where w.merchant_id = $1 and w.mode = $2 and strpos($3, '@') > 1 and w.words like $4
        and lower(p.payer_email) = lower($3)
      order by p.id desc`,
  ]
  return q.query<Found>({
    text: parts.map(part).join('\nunion all '),
    values: [scope.merchantId, scope.mode, text, folded],
  })
}
