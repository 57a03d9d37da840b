import type { FailureReason } from '#contract/payments.ts'
import type { Mode, Money } from '#contract/shapes.ts'

export const LOCALES = ['en', 'fr'] as const
export type Locale = (typeof LOCALES)[number]

/** Every state a payer can find the page in; each has a title, a text and one main action. */
export const CHECKOUT_STATES = [
  'choose_method',
  'open_amount',
  'processing',
  'action_required',
  'paid',
  'paid_waiting_confirmation',
  'partial',
  'pending',
  'failed',
  'expired',
  'canceled',
  'already_paid',
  'method_unavailable',
  'maintenance',
] as const
export type CheckoutState = (typeof CHECKOUT_STATES)[number]

export type Merchant = {
  readonly name: string
  readonly support_email: string | null
  /** IANA name; absolute times are shown in it. */
  readonly time_zone: string
  readonly terms_url?: string | null
  readonly privacy_url?: string | null
}

export type Method = { readonly slug: string; readonly name: string; readonly description: string }

/** The same page in each language: also the page's own address, for "check again". */
export type LangUrls = Readonly<Record<Locale, string>>

/** Why a typed amount was not taken. */
export type AmountError = 'missing' | 'malformed' | 'too_many_decimals' | 'too_small' | 'too_large'

/** The field of a page where the payer decides how much. */
export type OpenAmount = {
  readonly currency: string
  /** Decimals the currency has; 0 asks for whole numbers. */
  readonly digits: number
  /** What the payer typed, given back with its error. */
  readonly entered: string | null
  readonly error: AmountError | null
  readonly min: Money | null
  readonly max: Money | null
}

/** What every hosted page needs for its frame. */
export type FrameProps = {
  readonly locale: Locale
  readonly mode: Mode
  readonly merchant: Merchant
  readonly lang_urls: LangUrls
}

export type CheckoutProps = FrameProps & {
  readonly state: CheckoutState
  /** Due now: the remainder when a part has been received. Null only while the payer may choose. */
  readonly amount: Money | null
  readonly total: Money | null
  readonly received: Money | null
  readonly open_amount?: OpenAmount | null
  readonly reference: string | null
  readonly description: string | null
  /** One sentence in the payer's language, e.g. "10.00 EUR will be added to your balance." */
  readonly credited_note: string | null
  /** `YYYY-MM-DD`, of a payment link. */
  readonly due_on?: string | null
  /** In the merchant's order; the first is preselected unless `selected` names another. */
  readonly methods: readonly Method[]
  readonly selected?: string | null
  readonly reason: FailureReason | null
  /** RFC 3339. */
  readonly expires_at: string | null
  /** RFC 3339, the server's clock. */
  readonly now: string
  /** POST, form-encoded: `method` (slug), `amount` (only with `open_amount`), `csrf` if given. */
  readonly pay_url: string
  /** GET, JSON: what `checkoutStatus(props)` returns. Null: this page never changes by itself. */
  readonly status_url: string | null
  /** Where an action_required payment goes on (a bank's page). Null: in the bank's app. */
  readonly continue_url?: string | null
  /** POST: more time, offered once (WCAG 2.2.1). Null: not offered. */
  readonly extend_url?: string | null
  /** A fresh try: a new session or the same link again. */
  readonly retry_url: string | null
  /** The merchant's success or cancel page, whichever fits the state. */
  readonly back_url: string | null
  readonly receipt_url: string | null
  /** Stable for one session, or the island would see a change at every look. */
  readonly csrf?: string | null
}

/** The landing page of a payment link, where no session exists yet. */
export type LinkPageProps = FrameProps & {
  readonly status: 'open' | 'partially_paid' | 'paid' | 'expired' | 'canceled'
  readonly amount: Money | null
  readonly total: Money | null
  readonly received: Money | null
  readonly open_amount: OpenAmount | null
  readonly reference: string | null
  readonly description: string | null
  readonly due_on: string | null
  /** RFC 3339. */
  readonly expires_at: string | null
  /** RFC 3339. */
  readonly now: string
  /** POST, form-encoded: `amount` (only with `open_amount`), `csrf`. Opens the checkout. */
  readonly pay_url: string
  readonly receipt_url: string | null
  readonly csrf?: string | null
}

export type ReceiptLine = { readonly label: string; readonly amount: Money }

export type ReceiptRefund = {
  /** RFC 3339. */
  readonly at: string
  readonly amount: Money
  readonly reference: string | null
}

export type ReceiptProps = FrameProps & {
  readonly number: string
  /** RFC 3339. */
  readonly paid_at: string
  readonly payer: { readonly name: string | null; readonly email: string | null } | null
  /** Usually one: the description. Empty: the total stands alone. */
  readonly lines: readonly ReceiptLine[]
  readonly total: Money
  /** What was received so far; differs from `total` when partly paid or overpaid. */
  readonly paid: Money
  readonly method: {
    readonly name: string
    readonly card: { readonly brand: string; readonly last4: string } | null
  } | null
  readonly references: {
    readonly payment: string
    /** The merchant's own. */
    readonly reference: string | null
    readonly gateway: string | null
  }
  readonly refunds: readonly ReceiptRefund[]
  /** The sum of `refunds` that succeeded, and what remains paid. Null: nothing went back. */
  readonly refunded: { readonly amount: Money; readonly net: Money; readonly full: boolean } | null
  readonly credited_note: string | null
  readonly back_url: string | null
}

export const MESSAGE_KINDS = [
  'not_found',
  'link_expired',
  'link_canceled',
  'too_many_requests',
  'error',
  'maintenance',
] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]

export type MessagePageProps = {
  readonly locale: Locale
  readonly kind: MessageKind
  /** Null when the address names nobody we know. */
  readonly merchant: Merchant | null
  readonly mode: Mode | null
  readonly lang_urls: LangUrls | null
  readonly request_id: string | null
  readonly retry_url: string | null
  readonly back_url: string | null
}

export type Watch = 'always' | 'return' | 'never'

/** What `status_url` answers. */
export type CheckoutStatus = {
  readonly object: 'checkout_status'
  readonly state: CheckoutState
  /** Equal: nothing a payer could see has changed. */
  readonly fingerprint: string
  /** How to look again: all the time, when the payer comes back to the tab, or not at all. */
  readonly watch: Watch
  /** Of the document. */
  readonly title: string
  /** The parts of the page, as the page itself draws them. */
  readonly html: string
}

/** The built files: what to serve, and what pages link. */
export type AssetFile = {
  /** Path and query as the page writes it. */
  readonly url: string
  /** Absolute path on disk. */
  readonly path: string
  readonly content_type: string
  readonly cache_control: string
  /** Subresource integrity, `sha384-…`. */
  readonly integrity: string
}
export type CheckoutAssets = {
  readonly style: AssetFile | null
  readonly script: AssetFile | null
}
