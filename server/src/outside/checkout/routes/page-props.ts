import type { CheckoutProps, CheckoutState, Merchant, ReceiptProps } from '#checkout/index.ts'
import { formatAmount, toWire } from '#server/kernel/money.ts'
import { type PaymentRow, remaining } from '#server/money/payments/index.ts'
import type { RefundRow } from '#server/money/refunds/index.ts'
import { isOpen, type TransactionRow } from '#server/money/transactions/index.ts'
import type { MerchantRow } from '#server/records/merchants/index.ts'
import type { PaymentMethodRow } from '#server/records/payment-methods/index.ts'
import { type SessionRow, sessionStatus } from '../session.ts'

type Locale = 'en' | 'fr'

export type PageFacts = {
  readonly session: SessionRow
  readonly payment: PaymentRow
  readonly charges: readonly TransactionRow[]
  readonly methods: readonly PaymentMethodRow[]
  readonly merchant: MerchantRow
  readonly now_ms: number
}

/** What the payer sees, derived from the same rows that staff see. */
export function stateOf(facts: PageFacts): CheckoutState {
  const { payment, charges, session, now_ms } = facts
  const open = charges.findLast((one) => isOpen(one.state))
  if (payment.status === 'succeeded') return 'paid'
  if (open?.state === 'pending') return 'pending'
  if (open && open.state !== 'action_required') return 'processing'
  if (payment.status === 'canceled') return 'canceled'
  if (payment.status === 'authorized') return 'paid_waiting_confirmation'
  const over = sessionStatus(session, now_ms) === 'expired' || payment.status === 'expired'
  if (payment.status === 'partially_paid') return 'partial'
  if (over) return 'expired'
  if (facts.methods.length === 0) return 'method_unavailable'
  return payment.status === 'failed' ? 'failed' : 'choose_method'
}

export const merchantOf = (row: MerchantRow): Merchant => ({
  name: row.name,
  support_email: null,
  time_zone: row.time_zone,
})

const langUrls = (path: string) => ({ en: `${path}?lang=en`, fr: `${path}?lang=fr` })

export function checkoutProps(facts: PageFacts, path: string, locale: Locale): CheckoutProps {
  const { payment, session, merchant } = facts
  const state = stateOf(facts)
  const money = (amount: bigint) => toWire({ amount, currency: payment.currency })
  const payable = ['choose_method', 'failed', 'partial'].includes(state)
  const paid = state === 'paid' || state === 'partial'
  return {
    locale,
    mode: payment.mode,
    merchant: merchantOf(merchant),
    lang_urls: langUrls(path),
    state,
    amount: money(state === 'paid' ? payment.amount : remaining(payment)),
    total: money(payment.amount),
    received: payment.captured > 0n ? money(payment.captured) : null,
    reference: payment.reference,
    description: payment.description,
    credited_note: creditedNote(payment, locale),
    methods: payable ? facts.methods.map((row) => methodIn(row, locale)) : [],
    selected: payment.method,
    reason: (payment.reason as CheckoutProps['reason']) ?? null,
    expires_at: session.expires_at.toISOString(),
    now: new Date(facts.now_ms).toISOString(),
    pay_url: `${path}/pay?lang=${locale}`,
    status_url: `${path}/status?lang=${locale}`,
    retry_url: null,
    back_url: state === 'paid' ? session.success_url : session.cancel_url,
    receipt_url: paid ? `/r/${path.slice('/c/'.length)}?lang=${locale}` : null,
  }
}

const methodIn = (row: PaymentMethodRow, locale: Locale) => ({
  slug: row.slug,
  name: locale === 'fr' ? row.name_fr : row.name,
  description: locale === 'fr' ? row.description_fr : row.description,
})

function creditedNote(payment: PaymentRow, locale: Locale): string | null {
  if (payment.credited === null) return null
  const amount = `${formatAmount(payment.amount, payment.currency)} ${payment.currency}`
  return locale === 'fr'
    ? `${amount} seront ajoutés à votre solde.`
    : `${amount} will be added to your balance.`
}

export function receiptProps(
  facts: PageFacts,
  refunds: readonly RefundRow[],
  token: string,
  locale: Locale,
): ReceiptProps {
  const { payment, merchant, methods } = facts
  const money = (amount: bigint) => toWire({ amount, currency: payment.currency })
  const done = refunds.filter((refund) => refund.status === 'succeeded')
  const method = methods.find((row) => row.slug === payment.method)
  const card = payment.card_brand && payment.card_last4
  const total = money(payment.amount)
  return {
    locale,
    mode: payment.mode,
    merchant: merchantOf(merchant),
    lang_urls: langUrls(`/r/${token}`),
    number: payment.id,
    paid_at: (payment.processed_at ?? payment.created_at).toISOString(),
    payer:
      payment.payer_name || payment.payer_email
        ? { name: payment.payer_name, email: payment.payer_email }
        : null,
    lines: payment.description ? [{ label: payment.description, amount: total }] : [],
    total,
    paid: money(payment.captured),
    method: method
      ? {
          name: methodIn(method, locale).name,
          card: card ? { brand: payment.card_brand ?? '', last4: payment.card_last4 ?? '' } : null,
        }
      : null,
    references: {
      payment: payment.id,
      reference: payment.reference,
      gateway: payment.gateway_ref,
    },
    refunds: done.map((refund) => ({
      at: refund.updated_at.toISOString(),
      amount: money(refund.amount),
      reference: refund.id,
    })),
    refunded:
      payment.refunded > 0n
        ? {
            amount: money(payment.refunded),
            net: money(payment.captured - payment.refunded),
            full: payment.refunded >= payment.captured,
          }
        : null,
    credited_note: creditedNote(payment, locale),
    back_url: facts.session.success_url,
  }
}
