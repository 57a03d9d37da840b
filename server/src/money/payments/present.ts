import type { Payment } from '#contract/payments.ts'
import { toWire } from '#server/kernel/money.ts'
import { flagsOf, nextStepOf, type PaymentRow, refundable } from './payment.ts'

/** Names that live in other tables, read with the row where a screen shows them. */
export type PaymentNames = {
  readonly customer_name?: string | null
  readonly customer_email?: string | null
  readonly shop_name?: string | null
  readonly has_unknown?: boolean
}

export function presentPayment(row: PaymentRow, names: PaymentNames = {}): Payment {
  const money = (amount: bigint) => toWire({ amount, currency: row.currency })
  const time = (at: Date | null) => at?.toISOString() ?? null
  return {
    id: row.id,
    object: 'payment',
    mode: row.mode,
    status: row.status,
    flags: flagsOf(row),
    purpose: row.purpose,
    source: row.source,
    amount: money(row.amount),
    captured_amount: money(row.captured),
    refunded_amount: money(row.refunded),
    refundable_amount: money(refundable(row)),
    fee_amount: money(row.fee),
    net_amount: money(row.captured - row.refunded - row.fee),
    credited_amount: row.credited === null ? null : money(row.credited),
    reference: row.reference,
    description: row.description,
    payer_name: row.payer_name,
    payer_email: row.payer_email,
    country: row.country,
    customer: row.customer_id
      ? {
          id: row.customer_id,
          name: names.customer_name ?? null,
          email: names.customer_email ?? null,
        }
      : null,
    shop: { id: row.shop_id, name: names.shop_name ?? row.shop_id },
    gateway: row.gateway,
    gateway_account_id: row.gateway_account_id,
    method: row.method,
    gateway_ref: row.gateway_ref,
    card:
      row.card_brand && row.card_last4 ? { brand: row.card_brand, last4: row.card_last4 } : null,
    reason: row.reason,
    message: row.message,
    session_id: row.session_id,
    link_id: row.link_id,
    metadata: row.metadata,
    created_by: { kind: row.created_by_kind, id: row.created_by_id, name: row.created_by_name },
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    expires_at: time(row.expires_at),
    processed_at: time(row.processed_at),
    version: row.version,
    next_step: nextStepOf(row, names.has_unknown ?? false),
  }
}
