import type { PaymentLink } from '#contract/collecting.ts'
import { VOCABULARIES } from '#contract/query/index.ts'
import { toWire } from '#server/kernel/money.ts'
import type { Mode } from '#server/kernel/scope.ts'
import { type CustomerRow, presentCustomer } from '#server/records/customers/index.ts'
import { amountSort } from '../amounts.ts'
import type { ListSpec } from '../spec.ts'

export const CUSTOMERS: ListSpec<CustomerRow> = {
  name: 'customers',
  vocabulary: VOCABULARIES.customers,
  idKind: 'customer',
  alias: 'c',
  from: 'customers c',
  columns: `c.*, (select count(*)::int from payments p where p.merchant_id = c.merchant_id
      and p.mode = c.mode and p.customer_id = c.id) as payments_count`,
  keys: {
    id: { exact: 'c.id' },
    name: { texts: ['c.name'] },
    email: { texts: ['c.email'] },
    label: { texts: ['c.label'] },
    country: { exact: 'c.country' },
    created: { made: 'c.id' },
    updated: { time: 'c.updated_at' },
    env: { exact: 'c.mode' },
  },
  flags: { test: `c.mode = 'test'` },
  sorts: { created: { by: 'id', sql: 'c.id' }, updated: { by: 'time', sql: 'c.updated_at' } },
  usual: '-created',
  present: presentCustomer,
}

/** A link as its list reads it: the status, which no row stores, is found by the database. */
export type ListedLink = {
  id: string
  mode: Mode
  code: string
  status: PaymentLink['status']
  amount: bigint | null
  currency: string
  reference: string | null
  description: string | null
  payer_name: string | null
  payer_email: string | null
  customer_id: string | null
  payment_id: string | null
  due_on: string | null
  expires_at: Date | null
  locale: string | null
  created_at: Date
}

const LINK_STATUS = `case when p.status = 'succeeded' then 'paid'
    when p.status = 'partially_paid' then 'partially_paid'
    when l.canceled_at is not null then 'canceled'
    when l.expires_at < now() then 'expired' else 'open' end`

export const linksList = (publicUrl: () => string): ListSpec<ListedLink> => ({
  name: 'links',
  vocabulary: VOCABULARIES.links,
  idKind: 'paymentLink',
  alias: 'l',
  from: `payment_links l
    left join payments p on p.merchant_id = l.merchant_id and p.mode = l.mode
      and p.id = l.payment_id
    left join customers c on c.merchant_id = l.merchant_id and c.mode = l.mode
      and c.id = l.customer_id
    left join shops s on s.merchant_id = l.merchant_id and s.id = l.shop_id`,
  columns: `l.*, ${LINK_STATUS} as status`,
  keys: {
    id: { exact: 'l.id' },
    payment: { exact: 'l.payment_id' },
    status: { exact: LINK_STATUS },
    amount: { money: { amount: 'l.amount', currency: 'l.currency' } },
    currency: { exact: 'l.currency' },
    created: { made: 'l.id' },
    expires: { time: 'l.expires_at' },
    customer: { exact: 'l.customer_id', texts: ['c.name', 'c.email'] },
    email: { texts: ['l.payer_email'] },
    name: { texts: ['l.payer_name'] },
    ref: { texts: ['l.reference'] },
    text: { texts: ['l.description'] },
    shop: { exact: 'l.shop_id', texts: ['s.name'] },
    by: { exact: 'l.created_by_id', texts: ['l.created_by_name'] },
    env: { exact: 'l.mode' },
  },
  meta: 'l.metadata',
  flags: { test: `l.mode = 'test'` },
  sorts: {
    created: { by: 'id', sql: 'l.id' },
    amount: amountSort('coalesce(l.amount, 0)', 'l.currency'),
  },
  usual: '-created',
  present: (row): PaymentLink => ({
    id: row.id,
    object: 'payment_link',
    mode: row.mode,
    status: row.status,
    url: `${publicUrl()}/l/${row.code}`,
    amount: row.amount === null ? null : toWire({ amount: row.amount, currency: row.currency }),
    currency: row.currency,
    reference: row.reference,
    description: row.description,
    payer_name: row.payer_name,
    payer_email: row.payer_email,
    customer_id: row.customer_id,
    payment_id: row.payment_id,
    reusable: false,
    due_on: row.due_on,
    expires_at: row.expires_at?.toISOString() ?? null,
    locale: row.locale,
    created_at: row.created_at.toISOString(),
  }),
})
