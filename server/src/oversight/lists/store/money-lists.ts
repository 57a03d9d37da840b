import { VOCABULARIES } from '#contract/query/index.ts'
import { presentRefund, type RefundRow } from '#server/money/refunds/index.ts'
import { presentTransaction, type TransactionRow } from '#server/money/transactions/index.ts'
import { JOIN_CUSTOMER } from '#server/oversight/search/index.ts'
import { amountSort } from '../amounts.ts'
import type { ListSpec } from '../spec.ts'

export const TRANSACTIONS: ListSpec<TransactionRow> = {
  name: 'transactions',
  vocabulary: VOCABULARIES.transactions,
  idKind: 'transaction',
  alias: 't',
  from: `transactions t
    left join payments p on p.merchant_id = t.merchant_id and p.mode = t.mode
      and p.id = t.payment_id
    ${JOIN_CUSTOMER}
    left join gateway_accounts g on g.merchant_id = t.merchant_id and g.mode = t.mode
      and g.id = t.gateway_account_id`,
  columns: 't.*',
  keys: {
    id: { exact: 't.id' },
    payment: { exact: 't.payment_id' },
    status: {
      exact: 't.state',
      stored: { processing: ['prepared', 'dispatched', 'action_required', 'pending', 'unknown'] },
    },
    state: { exact: 't.state' },
    type: { exact: 't.type' },
    amount: { money: { amount: 't.amount', currency: 't.currency' } },
    currency: { exact: 't.currency' },
    created: { made: 't.id' },
    updated: { time: 't.updated_at' },
    gateway: { exact: 't.gateway' },
    gateway_account: { exact: 't.gateway_account_id', texts: ['g.name'] },
    method: { exact: 't.method' },
    customer: { exact: 'p.customer_id', texts: ['c.name', 'c.email'] },
    ref: { texts: ['p.reference'] },
    reason: { exact: 't.reason' },
    message: { texts: ['t.message'] },
    gref: { exact: 't.gateway_ref' },
    env: { exact: 't.mode' },
  },
  flags: { manual: 't.manual', test: `t.mode = 'test'` },
  sorts: {
    created: { by: 'id', sql: 't.id' },
    updated: { by: 'time', sql: 't.updated_at' },
    amount: amountSort('t.amount', 't.currency'),
  },
  usual: '-created',
  present: (row) => presentTransaction(row),
}

export const REFUNDS: ListSpec<RefundRow> = {
  name: 'refunds',
  vocabulary: VOCABULARIES.refunds,
  idKind: 'refund',
  alias: 'r',
  from: `refunds r
    left join payments p on p.merchant_id = r.merchant_id and p.mode = r.mode
      and p.id = r.payment_id
    ${JOIN_CUSTOMER}`,
  columns: 'r.*, p.customer_id, c.name as customer_name, c.email as customer_email',
  keys: {
    id: { exact: 'r.id' },
    payment: { exact: 'r.payment_id' },
    transaction: { exact: 'r.transaction_id' },
    status: { exact: 'r.status' },
    amount: { money: { amount: 'r.amount', currency: 'r.currency' } },
    currency: { exact: 'r.currency' },
    created: { made: 'r.id' },
    updated: { time: 'r.updated_at' },
    gateway: { exact: 'r.gateway' },
    customer: { exact: 'p.customer_id', texts: ['c.name', 'c.email'] },
    ref: { texts: ['p.reference'] },
    reason: { texts: ['r.reason'] },
    source: { exact: 'r.source' },
    by: { exact: 'r.created_by_id', texts: ['r.created_by_name'] },
    gref: { exact: 'r.gateway_ref' },
    env: { exact: 'r.mode' },
  },
  flags: { test: `r.mode = 'test'` },
  sorts: {
    created: { by: 'id', sql: 'r.id' },
    updated: { by: 'time', sql: 'r.updated_at' },
    amount: amountSort('r.amount', 'r.currency'),
  },
  usual: '-created',
  present: presentRefund,
}
