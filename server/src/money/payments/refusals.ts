import type { RefusalTable } from '#server/kernel/result.ts'

export type PaymentRefusal =
  | 'payment_not_found'
  | 'amount_invalid'
  | 'amount_too_large'
  | 'currency_unknown'
  | 'customer_not_found'
  | 'customer_required'
  | 'shop_not_found'
  | 'return_url_invalid'
  | 'not_cancelable'
  | 'already_paid'
  | 'outcome_unknown'
  | 'amount_above_due'
  | 'currency_mismatch'
  | 'outgoing_money_halted'

export const PAYMENT_REFUSALS: RefusalTable<PaymentRefusal> = {
  payment_not_found: { status: 404, title: 'No such payment' },
  amount_invalid: { status: 400, title: 'The amount is not usable' },
  amount_too_large: { status: 400, title: 'The amount is too large' },
  currency_unknown: { status: 400, title: 'The currency is not known' },
  customer_not_found: { status: 422, title: 'No such customer' },
  customer_required: { status: 422, title: 'A top-up needs a customer' },
  shop_not_found: { status: 422, title: 'No such shop' },
  return_url_invalid: { status: 422, title: 'The return address is not usable' },
  not_cancelable: { status: 409, title: 'This payment cannot be canceled now' },
  already_paid: { status: 409, title: 'This payment is already paid' },
  outcome_unknown: { status: 409, title: 'The gateway has not said yet how a try ended' },
  amount_above_due: { status: 422, title: 'The amount is more than is due' },
  currency_mismatch: { status: 422, title: 'The currency is not the payment’s' },
  outgoing_money_halted: { status: 503, title: 'Outgoing money is stopped' },
}
