import type { Transaction } from '#contract/payments.ts'
import { toWire } from '#server/kernel/money.ts'
import { outsideStatus, type TransactionRow } from './transaction.ts'

export const presentTransaction = (
  row: TransactionRow,
  gateway_url: string | null = null,
): Transaction => ({
  id: row.id,
  object: 'transaction',
  mode: row.mode,
  payment_id: row.payment_id,
  type: row.type,
  status: outsideStatus(row.state),
  state: row.state,
  amount: toWire({ amount: row.amount, currency: row.currency }),
  approved_amount: toWire({ amount: row.approved, currency: row.currency }),
  gateway: row.gateway,
  gateway_account_id: row.gateway_account_id,
  gateway_ref: row.gateway_ref,
  gateway_url,
  method: row.method,
  reason: row.reason,
  message: row.message,
  attempts: row.attempts,
  manual: row.manual,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
})
