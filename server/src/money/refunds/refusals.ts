import type { RefusalTable } from '#server/kernel/result.ts'

export type RefundRefusal =
  | 'refund_not_found'
  | 'payment_not_found'
  | 'not_refundable'
  | 'refund_too_large'
  | 'refund_spans_charges'
  | 'wallet_balance_too_low'
  | 'payment_state_unresolved'
  | 'currency_mismatch'
  | 'amount_invalid'
  | 'amount_too_large'
  | 'currency_unknown'
  | 'outgoing_money_halted'
  | 'gateway_cannot_refund'

export const REFUND_REFUSALS: RefusalTable<RefundRefusal> = {
  refund_not_found: { status: 404, title: 'No such refund' },
  payment_not_found: { status: 404, title: 'No such payment' },
  not_refundable: { status: 409, title: 'This payment cannot be refunded now' },
  refund_too_large: { status: 422, title: 'The refund is more than is left' },
  refund_spans_charges: { status: 422, title: 'The refund is more than one charge holds' },
  wallet_balance_too_low: { status: 422, title: 'The customer has already spent the money' },
  payment_state_unresolved: { status: 409, title: 'A charge of this payment is still unknown' },
  currency_mismatch: { status: 422, title: 'The currency is not the payment’s' },
  amount_invalid: { status: 400, title: 'The amount is not usable' },
  amount_too_large: { status: 400, title: 'The amount is too large' },
  currency_unknown: { status: 400, title: 'The currency is not known' },
  outgoing_money_halted: { status: 503, title: 'Outgoing money is stopped' },
  gateway_cannot_refund: { status: 422, title: 'This gateway cannot send money back' },
}
