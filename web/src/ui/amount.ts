import type { Money } from '../api/wire.ts'
import type { Locale } from '../i18n/language.ts'

const TAGS = { en: 'en-GB', fr: 'fr-FR' } as const satisfies Record<Locale, string>
const NO_BREAK = '\u00a0'
const MINUS = '\u2212'

export const tagOf = (locale: Locale): string => TAGS[locale]

/** How many decimals the server writes for this amount: its currency's own, never Intl's. */
const digitsOf = (value: string): number => value.split('.')[1]?.length ?? 0

const formats = new Map<string, Intl.NumberFormat>()

function formatOf(locale: Locale, digits: number): Intl.NumberFormat {
  const key = `${locale}.${digits}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(TAGS[locale], {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  formats.set(key, made)
  return made
}

/** `1,234.50`, `1 234,50`; exact at any size, because Intl reads the string, not a number. */
export function formatValue(value: string, locale: Locale): string {
  const text = formatOf(locale, digitsOf(value)).format(value as Intl.StringNumericLiteral)
  return text.replace('-', MINUS)
}

/** `1,234.50 EUR`, `−1 234,50 EUR`: the code is always said, and never breaks from its number. */
export function formatMoney(money: Money, locale: Locale): string {
  return `${formatValue(money.value, locale)}${NO_BREAK}${money.currency}`
}

export const isZero = (money: Money): boolean => /^-?0*(\.0*)?$/.test(money.value)
export const isNegative = (money: Money): boolean => money.value.startsWith('-') && !isZero(money)

const minorOf = (value: string, digits: number): bigint => {
  const [whole = '0', part = ''] = value.replace('-', '').split('.')
  const minor = BigInt(whole + part.padEnd(digits, '0'))
  return value.startsWith('-') ? -minor : minor
}

/** `a − b`, both of one currency. */
export function subtract(a: Money, b: Money): Money {
  const digits = Math.max(digitsOf(a.value), digitsOf(b.value))
  const minor = minorOf(a.value, digits) - minorOf(b.value, digits)
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  const part = digits === 0 ? '' : `.${text.slice(-digits)}`
  return { value: `${minor < 0n ? '-' : ''}${whole}${part}`, currency: a.currency }
}

export const negate = (money: Money): Money =>
  subtract(
    { value: money.value.replace(/[1-9]/g, '0').replace('-', ''), currency: money.currency },
    money,
  )

/** Below zero, zero or above, as `a` is less than, equal to or more than `b`. */
export function compare(a: Money, b: Money): number {
  const difference = subtract(a, b)
  return isZero(difference) ? 0 : isNegative(difference) ? -1 : 1
}

/**
 * What a person typed, as a decimal string with a point; null if it is not plainly one amount.
 * French takes a comma and spaces; English takes a point and well-placed commas.
 */
export function parseAmount(text: string, locale: Locale): string | null {
  const typed = text.trim().replaceAll(/[\s\u00a0\u202f]/g, '')
  const grouped = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(typed)
  const plain =
    locale === 'fr' ? typed.replace(',', '.') : grouped ? typed.replaceAll(',', '') : typed
  return /^\d{1,15}(\.\d{1,9})?$/.test(plain) ? plain : null
}

/** The typed amount with its currency's decimals, or null if it has more than those. */
export function withDigitsOf(typed: string, pattern: Money): Money | null {
  const digits = digitsOf(pattern.value)
  const [whole = '0', part = ''] = typed.split('.')
  if (part.slice(digits).replaceAll('0', '') !== '') return null
  const kept = part.slice(0, digits).padEnd(digits, '0')
  const value = `${whole.replace(/^0+(?=\d)/, '')}${digits === 0 ? '' : `.${kept}`}`
  return { value, currency: pattern.currency }
}
