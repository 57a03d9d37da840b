import type { Test } from '#contract/query/index.ts'
import { CURRENCIES } from '#server/kernel/currencies.ts'
import { exponentOf } from '#server/kernel/money.ts'
import type { Params, Sort } from './spec.ts'

/** Most currencies have two digits; the others are listed. */
const USUAL_EXPONENT = 2
const MAX_EXPONENT = 9
/** No stored amount comes near it, so what is beyond any amount compares like it. */
const BEYOND = 9_000_000_000_000_000_000n

/** Exponent → its currencies, without the usual exponent. */
const UNUSUAL: ReadonlyMap<number, readonly string[]> = Map.groupBy(
  Object.keys(CURRENCIES).filter((code) => exponentOf(code) !== USUAL_EXPONENT),
  exponentOf,
)
const ALL_UNUSUAL = [...UNUSUAL.values()].flat()

/** One value per exponent, chosen by the row's own currency; the usual one is tried first. */
export function byExponent(
  currency: string,
  params: Params,
  value: (exponent: number) => string,
): string {
  const usual = `when ${currency} <> all(${params(ALL_UNUSUAL, 'text[]')})
      then ${value(USUAL_EXPONENT)}`
  const others = [...UNUSUAL].map(
    ([exponent, codes]) =>
      `when ${currency} = any(${params(codes, 'text[]')}) then ${value(exponent)}`,
  )
  return `case ${[usual, ...others].join('\n      ')} end`
}

/** What one minor unit is worth in whole units: 0.01 for EUR, 1 for JPY. */
export const unitOf = (currency: string, params: Params): string =>
  byExponent(currency, params, (exponent) =>
    exponent === 0 ? '1' : `0.${'1'.padStart(exponent, '0')}`,
  )

type Rounding = 'down' | 'up' | 'exact'

/** A decimal in minor units, or null where the currency has no such amount. */
export function minorUnits(decimal: string, exponent: number, rounding: Rounding): bigint | null {
  const [whole = '', fraction = ''] = decimal.split('.')
  const scaled = BigInt(whole + fraction.padEnd(MAX_EXPONENT, '0'))
  const unit = 10n ** BigInt(MAX_EXPONENT - exponent)
  const rest = ((scaled % unit) + unit) % unit
  const down = (scaled - rest) / unit
  if (rounding === 'exact' && rest !== 0n) return null
  const rounded = rounding === 'up' && rest !== 0n ? down + 1n : down
  if (rounded > BEYOND) return BEYOND
  return rounded < -BEYOND ? -BEYOND : rounded
}

const ROUNDING = { '=': 'exact', '>': 'down', '>=': 'up', '<': 'up', '<=': 'down' } as const

type Comparison = keyof typeof ROUNDING
type MoneyTest = Extract<Test, { test: 'money' | 'money_range' }>
type Kept = { readonly amount: string; readonly currency: string }

/** `amount:>100` is more than 100 of the row's own currency, whatever its digits. */
export function moneySql(test: MoneyTest, kept: Kept, params: Params): string {
  if (test.test === 'money') return compare(kept, test.op, test.amount, params)
  const from = compare(kept, '>=', test.from, params)
  return `(${from} and ${compare(kept, '<=', test.to, params)})`
}

/** The minor units that stand for a decimal in a comparison of whole minor units. */
export const thresholdOf = (op: Comparison, decimal: string, exponent: number): bigint | null =>
  minorUnits(decimal, exponent, ROUNDING[op])

function compare(kept: Kept, op: Comparison, decimal: string, params: Params): string {
  const threshold = byExponent(kept.currency, params, (exponent) => {
    const minor = thresholdOf(op, decimal, exponent)
    return minor === null ? 'null' : params(minor, 'bigint')
  })
  return `${kept.amount} ${op} ${threshold}`
}

/** 100 JPY stands between 99.00 and 101.00 EUR: rows are ordered by whole units. */
export function amountSort(amount: string, currency: string): Sort {
  const codes: Params = (value) => `'{${(value as readonly string[]).join(',')}}'::text[]`
  return { by: 'number', sql: `${amount} * (${unitOf(currency, codes)})` }
}
