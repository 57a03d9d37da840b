import type { PaymentLink } from '#contract/collecting.ts'
import { toWire } from '#server/kernel/money.ts'
import type { ActorKind, Mode } from '#server/kernel/scope.ts'

export type LinkRow = {
  merchant_id: string
  mode: Mode
  id: string
  code: string
  amount: bigint | null
  currency: string
  reference: string | null
  description: string | null
  payer_name: string | null
  payer_email: string | null
  customer_id: string | null
  shop_id: string
  metadata: Record<string, string>
  payment_id: string | null
  locale: 'en' | 'fr' | null
  due_on: string | null
  expires_at: Date | null
  canceled_at: Date | null
  created_by_kind: ActorKind
  created_at: Date
  payment_status: string | null
}

/** Derived from its payment and the clock; never stored. */
export function linkStatus(row: LinkRow, now_ms: number): PaymentLink['status'] {
  if (row.payment_status === 'succeeded') return 'paid'
  if (row.payment_status === 'partially_paid') return 'partially_paid'
  if (row.canceled_at !== null) return 'canceled'
  if (row.expires_at !== null && row.expires_at.getTime() < now_ms) return 'expired'
  return 'open'
}

export const presentLink = (row: LinkRow, publicUrl: string, now_ms: number): PaymentLink => ({
  id: row.id,
  object: 'payment_link',
  mode: row.mode,
  status: linkStatus(row, now_ms),
  url: `${publicUrl}/l/${row.code}`,
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
})
