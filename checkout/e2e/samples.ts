import type {
  CheckoutProps,
  CheckoutState,
  LinkPageProps,
  Locale,
  MessagePageProps,
  ReceiptProps,
} from '../props.ts'

/** One believable page of every kind, for render tests and for looking at them in a browser. */
const eur = (value: string) => ({ value, currency: 'EUR' })

const MERCHANT = {
  name: 'Atelier Lumière',
  support_email: 'bonjour@atelier-lumiere.example',
  time_zone: 'Europe/Paris',
  terms_url: 'https://atelier-lumiere.example/terms',
  privacy_url: 'https://atelier-lumiere.example/privacy',
}

const frame = (locale: Locale, path: string) => ({
  locale,
  mode: 'test' as const,
  merchant: MERCHANT,
  lang_urls: { en: `${path}?lang=en`, fr: `${path}?lang=fr` },
})

const METHODS: Readonly<Record<Locale, CheckoutProps['methods']>> = {
  en: [
    { slug: 'card', name: 'Card', description: 'Visa, Mastercard, American Express' },
    { slug: 'bank', name: 'Bank transfer', description: 'From your bank’s app, up to one day' },
    { slug: 'wallet', name: 'PayFast wallet', description: '' },
  ],
  fr: [
    { slug: 'card', name: 'Carte bancaire', description: 'CB, Visa, Mastercard' },
    { slug: 'bank', name: 'Virement', description: 'Depuis votre banque, sous un jour' },
    { slug: 'wallet', name: 'Portefeuille PayFast', description: '' },
  ],
}

const BY_STATE: Readonly<Partial<Record<CheckoutState, Partial<CheckoutProps>>>> = {
  open_amount: {
    amount: null,
    total: null,
    open_amount: {
      currency: 'EUR',
      digits: 2,
      entered: null,
      error: null,
      min: eur('1.00'),
      max: eur('5000.00'),
    },
  },
  action_required: { continue_url: 'https://bank.example/confirm' },
  paid: { amount: eur('0.00'), received: eur('120.00'), receipt_url: '/r/sample' },
  partial: { amount: eur('40.00'), total: eur('100.00'), received: eur('60.00') },
  failed: { reason: 'insufficient_funds', selected: 'card' },
  expired: { retry_url: '/c/again' },
  canceled: { retry_url: null },
  already_paid: { amount: eur('0.00'), received: eur('120.00'), receipt_url: '/r/sample' },
  method_unavailable: { selected: 'bank' },
}

export function checkoutSample(
  state: CheckoutState,
  locale: Locale,
  more: Partial<CheckoutProps> = {},
): CheckoutProps {
  return {
    ...frame(locale, '/c/sample'),
    state,
    amount: eur('120.00'),
    total: eur('120.00'),
    received: null,
    reference: 'INV-2026-0118',
    description: locale === 'fr' ? 'Abonnement annuel, atelier du mardi' : 'Yearly membership',
    credited_note: null,
    methods: METHODS[locale],
    reason: null,
    expires_at: '2026-11-20T11:30:00.000Z',
    now: '2026-11-20T09:30:00.000Z',
    pay_url: '/c/sample/pay',
    status_url: '/c/sample/status.json',
    retry_url: null,
    back_url: 'https://atelier-lumiere.example/thanks',
    receipt_url: null,
    csrf: 'csrf-of-the-sample',
    ...BY_STATE[state],
    ...more,
  }
}

export function linkSample(
  status: LinkPageProps['status'],
  locale: Locale,
  more: Partial<LinkPageProps> = {},
): LinkPageProps {
  return {
    ...frame(locale, '/l/sample'),
    status,
    amount: eur('40.00'),
    total: eur('100.00'),
    received: eur(status === 'paid' ? '100.00' : '60.00'),
    open_amount: null,
    reference: 'F-2026-311',
    description: locale === 'fr' ? 'Acompte, table en chêne' : 'Deposit for an oak table',
    due_on: '2026-12-05',
    expires_at: null,
    now: '2026-11-20T09:30:00.000Z',
    pay_url: '/l/sample/pay',
    receipt_url: null,
    ...more,
  }
}

export function receiptSample(locale: Locale, more: Partial<ReceiptProps> = {}): ReceiptProps {
  return {
    ...frame(locale, '/r/sample'),
    number: 'R-2026-004182',
    paid_at: '2026-11-14T14:04:00.000Z',
    payer: { name: 'Ana Belmonte', email: 'ana@example.com' },
    lines: [
      { label: 'Yearly membership', amount: eur('100.00') },
      { label: 'VAT 20 %', amount: eur('20.00') },
    ],
    total: eur('120.00'),
    paid: eur('120.00'),
    method: {
      name: locale === 'fr' ? 'Carte bancaire' : 'Card',
      card: { brand: 'Visa', last4: '4242' },
    },
    references: {
      payment: 'pay_01kah7zq4ve3tsxqjx3m1qkz5d',
      reference: 'INV-2026-0118',
      gateway: 'sbx_ch_9f31c07a',
    },
    refunds: [{ at: '2026-11-16T08:00:00.000Z', amount: eur('30.00'), reference: null }],
    refunded: { amount: eur('30.00'), net: eur('90.00'), full: false },
    credited_note: null,
    back_url: 'https://atelier-lumiere.example/account',
    ...more,
  }
}

export const messageSample = (
  kind: MessagePageProps['kind'],
  locale: Locale,
  more: Partial<MessagePageProps> = {},
): MessagePageProps => ({
  locale,
  kind,
  merchant: null,
  mode: null,
  lang_urls: frame(locale, '/c/unknown').lang_urls,
  request_id: kind === 'error' ? 'req_01kah81v0n' : null,
  retry_url: kind === 'not_found' ? null : '/c/sample',
  back_url: null,
  ...more,
})
