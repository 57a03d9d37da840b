import type { Refund } from '#contract/payments.ts'
import { toWire } from '#server/kernel/money.ts'
import type { RefundRow } from './refund.ts'

export const presentRefund = (row: RefundRow): Refund => ({
  id: row.id,
  object: 'refund',
  mode: row.mode,
  payment_id: row.payment_id,
  transaction_id: row.transaction_id,
  status: row.status,
  amount: toWire({ amount: row.amount, currency: row.currency }),
  reason: row.reason,
  message: row.message,
  source: row.source,
  gateway: row.gateway,
  gateway_ref: row.gateway_ref,
  customer: row.customer_id
    ? { id: row.customer_id, name: row.customer_name ?? null, email: row.customer_email ?? null }
    : null,
  created_by: { kind: row.created_by_kind, id: row.created_by_id, name: row.created_by_name },
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
})
