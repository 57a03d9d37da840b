import type { CheckoutSession } from '#contract/collecting.ts'
import { toWire } from '#server/kernel/money.ts'
import type { Mode } from '#server/kernel/scope.ts'

export type SessionRow = {
  merchant_id: string
  mode: Mode
  id: string
  payment_id: string
  locale: 'en' | 'fr' | null
  success_url: string | null
  cancel_url: string | null
  expires_at: Date
  closed_at: Date | null
  created_at: Date
  currency: string
  amount: bigint
  payment_status: string
}

export const sessionStatus = (row: SessionRow, now_ms: number): CheckoutSession['status'] => {
  if (row.payment_status === 'succeeded') return 'complete'
  return row.closed_at !== null || row.expires_at.getTime() < now_ms ? 'expired' : 'open'
}

export const presentSession = (
  row: SessionRow,
  now_ms: number,
  url: string | null,
): CheckoutSession => ({
  id: row.id,
  object: 'checkout_session',
  mode: row.mode,
  payment_id: row.payment_id,
  status: sessionStatus(row, now_ms),
  url,
  amount: toWire({ amount: row.amount, currency: row.currency }),
  locale: row.locale,
  success_url: row.success_url,
  cancel_url: row.cancel_url,
  expires_at: row.expires_at.toISOString(),
  created_at: row.created_at.toISOString(),
})
