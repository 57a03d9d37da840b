import type { Static } from 'typebox'
import type { CreatePaymentLink } from '#contract/collecting.ts'
import type { Locale } from '../../i18n/language.ts'
import { parseAmount } from '../../ui/amount.ts'

/** What the form holds while it is filled in: the texts as typed. */
export type LinkForm = {
  readonly kind: 'fixed' | 'open'
  readonly amount: string
  readonly currency: string
  readonly reference: string
  readonly description: string
  readonly payer_name: string
  readonly payer_email: string
  readonly due_on: string
  /** Days, or empty for never. */
  readonly expires: string
  readonly language: '' | 'en' | 'fr'
}

export const EXPIRY_DAYS = ['1', '7', '30', '90', '365', ''] as const
const DAY_S = 86_400

export const emptyLinkForm = (currency: string): LinkForm => ({
  kind: 'fixed',
  amount: '',
  currency,
  reference: '',
  description: '',
  payer_name: '',
  payer_email: '',
  due_on: '',
  expires: '30',
  language: '',
})

/** Whether the amount can be read as typed; its decimals are the server's to judge. */
export const hasAmount = (form: LinkForm, locale: Locale): boolean =>
  form.kind === 'open' || parseAmount(form.amount, locale) !== null

const TEXTS = ['reference', 'description', 'payer_name', 'payer_email'] as const

/** The body of `POST /v1/links`; fields left empty are not sent. */
export function linkBody(form: LinkForm, locale: Locale): Static<typeof CreatePaymentLink> {
  const { currency, due_on, expires, language } = form
  const texts = TEXTS.map((key) => [key, form[key].trim()]).filter(([, text]) => text !== '')
  const value = parseAmount(form.amount, locale)
  return {
    ...(form.kind === 'fixed' && value !== null ? { amount: { value, currency } } : { currency }),
    ...Object.fromEntries(texts),
    ...(due_on === '' ? {} : { due_on }),
    ...(expires === '' ? {} : { expires_in_s: Number(expires) * DAY_S }),
    ...(language === '' ? {} : { locale: language }),
  }
}
