import { assert } from './assert.ts'
import { CURRENCIES, type CurrencyCode } from './currencies.ts'
import { ok, type Result, refuse } from './result.ts'

/**
 * An amount in minor units of its currency, e.g. 10.00 EUR is `{ amount: 1000n, currency: 'EUR' }`.
 */
export type Money = { readonly amount: bigint; readonly currency: CurrencyCode }

/** On the wire: a decimal string with exactly the currency's digits, never a number. */
export type WireMoney = { readonly value: string; readonly currency: string }

/** The largest amount one request may name, in minor units. */
export const MAX_AMOUNT = 1_000_000_000_000n

export type MoneyRefusal = 'amount_invalid' | 'amount_too_large' | 'currency_unknown'

export const isCurrency = (code: string): code is CurrencyCode => Object.hasOwn(CURRENCIES, code)

/** Digits after the decimal point (ISO 4217; crypto at most 9). */
export function exponentOf(currency: CurrencyCode): number {
  const known = CURRENCIES[currency]
  assert(known !== undefined, `unknown currency ${currency}`)
  return known.exponent
}

const DECIMAL = /^(0|[1-9][0-9]{0,18})(?:\.([0-9]{1,18}))?$/

/**
 * A positive amount from the wire. Refuses signs, exponents, spaces, other digits than the currency
 * has, zero, and more than `MAX_AMOUNT` minor units. `10`, `10.0` and `10.00` EUR are the same
 * amount.
 */
export function parseMoney(wire: WireMoney): Result<Money, MoneyRefusal> {
  if (!isCurrency(wire.currency)) {
    return refuse('currency_unknown', {
      pointer: '/currency',
      detail: `"${wire.currency}" is not a currency known here. Use an ISO 4217 code such as EUR.`,
    })
  }
  const exponent = exponentOf(wire.currency)
  const digits = DECIMAL.exec(wire.value)
  const fraction = digits?.[2] ?? ''
  if (digits === null || fraction.length > exponent) {
    return refuse('amount_invalid', { pointer: '/value', detail: spelling(wire.currency) })
  }
  const amount = BigInt((digits[1] ?? '') + fraction.padEnd(exponent, '0'))
  if (amount <= 0n) {
    return refuse('amount_invalid', { pointer: '/value', detail: 'The amount must be above zero.' })
  }
  if (amount > MAX_AMOUNT) {
    const allowed = { max: formatAmount(MAX_AMOUNT, wire.currency) }
    const detail = `The amount is above the limit of ${allowed.max} ${wire.currency}.`
    return refuse('amount_too_large', { pointer: '/value', detail, allowed })
  }
  return ok({ amount, currency: wire.currency })
}

function spelling(currency: CurrencyCode): string {
  const example = formatAmount(1234n, currency)
  const digits = exponentOf(currency)
  const places = digits === 0 ? 'no decimals' : `at most ${digits} decimals`
  return `Write the amount as a decimal string with ${places} for ${currency}: "${example}".`
}

/** Minor units to the decimal string of the wire; negative amounts keep their sign. */
export function formatAmount(amount: bigint, currency: CurrencyCode): string {
  const exponent = exponentOf(currency)
  const sign = amount < 0n ? '-' : ''
  const digits = (amount < 0n ? -amount : amount).toString().padStart(exponent + 1, '0')
  if (exponent === 0) return sign + digits
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

export const toWire = (money: Money): WireMoney => ({
  value: formatAmount(money.amount, money.currency),
  currency: money.currency,
})

/**
 * Split an amount by weights so that the parts sum to the whole. Rounding: largest remainder, ties
 * to
 * the earlier part.
 */
export function allocate(amount: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  assert(total > 0n && weights.every((w) => w >= 0n), 'weights must be ≥ 0 and sum above 0')
  assert(amount >= 0n, 'allocate splits amounts of zero or more')
  const parts = weights.map((weight) => (amount * weight) / total)
  let left = amount - parts.reduce((sum, part) => sum + part, 0n)
  const order = weights
    .map((weight, index) => ({ index, remainder: (amount * weight) % total }))
    .sort((a, b) =>
      a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1,
    )
  for (const { index } of order) {
    if (left === 0n) break
    parts[index] = (parts[index] ?? 0n) + 1n
    left -= 1n
  }
  return parts
}

/** A rate as a ratio of integers, e.g. 1.0837 is `{ numerator: 10837n, denominator: 10000n }`. */
export type Rate = { readonly numerator: bigint; readonly denominator: bigint }

/** Convert to another currency. Rounding: half to even. */
export function convert(from: Money, rate: Rate, to: CurrencyCode): Money {
  assert(rate.numerator > 0n && rate.denominator > 0n, 'a rate is above zero')
  const scale = exponentOf(to) - exponentOf(from.currency)
  const up = scale > 0 ? 10n ** BigInt(scale) : 1n
  const down = scale < 0 ? 10n ** BigInt(-scale) : 1n
  return {
    amount: divideHalfEven(from.amount * rate.numerator * up, rate.denominator * down),
    currency: to,
  }
}

function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor
  const twice = 2n * (dividend % divisor)
  const size = twice < 0n ? -twice : twice
  const away = dividend < 0n ? -1n : 1n
  if (size > divisor || (size === divisor && quotient % 2n !== 0n)) return quotient + away
  return quotient
}
