import type { PaymentAction } from '#contract/payments.ts'
import type { TransactionRow } from '#server/money/transactions/index.ts'
import { type PaymentRow, refundable } from './payment.ts'

export type Availability = { readonly allowed: boolean; readonly why_not: string | null }

const yes: Availability = { allowed: true, why_not: null }
const no = (why_not: string): Availability => ({ allowed: false, why_not })

/** At the gateway, with an end that nobody here can change any more. */
const UNDER_WAY = new Set(['prepared', 'dispatched', 'pending', 'unknown'])

type Charges = readonly TransactionRow[]
/** The adapters of this installation, by name. */
type Loaded = Readonly<Record<string, unknown>>

const hasAdapter = (charge: TransactionRow, loaded: Loaded): boolean =>
  charge.gateway !== null && Object.hasOwn(loaded, charge.gateway)

/**
 * One action → may it be done now, and why not. The same table answers the API's refusal and the
 * button's tooltip.
 */
export const AVAILABLE: Readonly<
  Record<PaymentAction, (row: PaymentRow, charges: Charges, loaded: Loaded) => Availability>
> = {
  refund: (row, charges, loaded) => {
    if (row.captured === 0n) return no('nothing_received')
    if (charges.every((charge) => charge.manual || charge.approved === 0n)) {
      return no('received_outside_gateway')
    }
    if (row.disputed > 0n) return no('disputed')
    if (charges.every((one) => one.manual || !hasAdapter(one, loaded))) {
      return no('gateway_not_installed')
    }
    if (refundable(row) === 0n) return no('nothing_left')
    return yes
  },
  cancel: (row, charges) => {
    if (row.status === 'canceled') return no('already_canceled')
    if (row.captured > 0n) return no('money_received')
    if (row.status === 'expired') return no('already_over')
    if (charges.some((charge) => UNDER_WAY.has(charge.state))) {
      return no('outcome_unknown')
    }
    return yes
  },
  sync: (_row, charges, loaded) => {
    const sent = charges.filter((charge) => charge.gateway_account_id !== null)
    if (sent.length === 0) return no('never_at_gateway')
    return sent.some((one) => hasAdapter(one, loaded)) ? yes : no('gateway_not_installed')
  },
  mark_paid: (row) => (row.captured >= row.amount ? no('already_paid') : yes),
}

export const availabilityOf = (
  row: PaymentRow,
  charges: Charges,
  loaded: Loaded,
): Record<PaymentAction, Availability> => ({
  refund: AVAILABLE.refund(row, charges, loaded),
  cancel: AVAILABLE.cancel(row, charges, loaded),
  sync: AVAILABLE.sync(row, charges, loaded),
  mark_paid: AVAILABLE.mark_paid(row, charges, loaded),
})

/** The sentences behind the codes, for the API; the interface has its own in each language. */
export const WHY_NOT: Readonly<Record<string, string>> = {
  nothing_received: 'No money has been received for this payment yet.',
  received_outside_gateway:
    'The money was received outside any gateway, so no gateway can send it back.',
  disputed: 'The payer is contesting this payment at their bank; wait for the outcome.',
  nothing_left: 'Everything that was received has been refunded or is being refunded.',
  already_canceled: 'This payment is canceled already.',
  money_received: 'Money has been received; refund it instead.',
  already_over: 'This payment has expired already.',
  outcome_unknown:
    'A try is still under way at the gateway. Sync the payment and try again when it has ended.',
  gateway_not_installed: 'The adapter of this gateway is not installed here.',
  never_at_gateway: 'This payment was never sent to a gateway.',
  already_paid: 'This payment is fully paid already.',
}
