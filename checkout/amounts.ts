import type { Money } from '#contract/shapes.ts'
import type { AmountError, Locale } from './props.ts'

const DECIMAL = /^-?\d+(?:\.(\d+))?$/
const MINUS = '\u2212'
const NO_BREAK_SPACE = '\u00a0'

const digitsOf = (value: string): number => {
  const match = DECIMAL.exec(value)
  if (!match) throw new TypeError('an amount is a decimal string')
  return match[1]?.length ?? 0
}

const formatters = new Map<string, Intl.NumberFormat>()

function formatter(locale: Locale, currency: string | null, digits: number): Intl.NumberFormat {
  const key = `${locale} ${currency} ${digits}`
  let found = formatters.get(key)
  if (!found) {
    found = new Intl.NumberFormat(locale, {
      ...(currency === null ? {} : { style: 'currency', currency }),
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
    formatters.set(key, found)
  }
  return found
}

/**
 * Every decimal that `value` has, grouped for the language. Intl takes the string itself, so no
 * amount becomes a float; codes it does not know (USDC) are set as it sets codes without a sign.
 */
export function formatMoney({ value, currency }: Money, locale: Locale): string {
  const digits = digitsOf(value)
  const exact = value as Intl.StringNumericLiteral
  if (/^[A-Za-z]{3}$/.test(currency)) {
    return formatter(locale, currency, digits).format(exact).replace('-', MINUS)
  }
  const number = formatter(locale, null, digits).format(exact).replace('-', MINUS)
  return locale === 'en'
    ? `${currency}${NO_BREAK_SPACE}${number}`
    : `${number}${NO_BREAK_SPACE}${currency}`
}

/** The code to show beside a formatted amount, or null when the amount already carries it. */
export const codeBeside = (money: Money, locale: Locale): string | null =>
  formatMoney(money, locale).includes(money.currency) ? null : money.currency

const SPACES = /[\s\u00a0\u202f\u2009']/g
/** Grouping as each language writes it; whatever fits neither is refused rather than guessed. */
const TYPED: Readonly<Record<Locale, RegExp>> = {
  en: /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/,
  fr: /^(\d+)(?:[.,](\d*))?$/,
}

/**
 * What a payer typed, as a decimal string with exactly `digits` decimals. Zero is `too_small`; the
 * caller knows the other limits.
 */
export function readAmount(
  typed: string,
  locale: Locale,
  digits: number,
):
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly error: AmountError } {
  const text = typed.replace(SPACES, '')
  if (text === '') return { ok: false, error: 'missing' }
  const match =
    TYPED[locale].exec(text) ?? (locale === 'en' ? /^(\d+),(\d{1,2})$/.exec(text) : null)
  if (!match || text.length > 40) return { ok: false, error: 'malformed' }
  const whole = (match[1] ?? '').replaceAll(',', '').replace(/^0+(?=\d)/, '')
  const decimals = match[2] ?? ''
  if (/[1-9]/.test(decimals.slice(digits))) return { ok: false, error: 'too_many_decimals' }
  const fraction = decimals.slice(0, digits).padEnd(digits, '0')
  if (!/[1-9]/.test(whole + fraction)) return { ok: false, error: 'too_small' }
  return { ok: true, value: digits === 0 ? whole : `${whole}.${fraction}` }
}
