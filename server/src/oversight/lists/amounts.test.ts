import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareAmounts } from '#contract/query/amounts.ts'
import { minorUnits, thresholdOf } from './amounts.ts'

const HOLDS = {
  '=': (order: number) => order === 0,
  '>': (order: number) => order > 0,
  '>=': (order: number) => order >= 0,
  '<': (order: number) => order < 0,
  '<=': (order: number) => order <= 0,
} as const
const OPS = Object.keys(HOLDS) as (keyof typeof HOLDS)[]

/** A decimal string of so many minor units, written out by hand. */
function decimalOf(minor: bigint, exponent: number): string {
  const digits = minor.toString().padStart(exponent + 1, '0')
  return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

/** Near enough to each other that rounding decides. */
const decimals = fc
  .tuple(fc.integer({ min: -3, max: 60 }), fc.integer({ min: 0, max: 999_999_999 }))
  .chain(([whole, fraction]) =>
    fc.constantFrom(0, 1, 2, 3, 9).map((digits) => {
      const after = String(fraction).padStart(9, '0').slice(0, digits)
      return digits === 0 ? String(whole) : `${whole}.${after}`
    }),
  )

describe('a comparison of amounts', () => {
  it('in minor units is the one in decimals, in every currency', () => {
    const minors = fc.bigInt({ min: 0n, max: 60n })
    const exponents = fc.constantFrom(0, 2, 3, 4, 6, 8, 9)
    const check = fc.property(
      fc.constantFrom(...OPS),
      decimals,
      exponents,
      minors,
      (op, decimal, exponent, near) => {
        const minor = near * 10n ** BigInt(Math.max(0, exponent - 1))
        const threshold = thresholdOf(op, decimal, exponent)
        const order = threshold === null ? null : minor < threshold ? -1 : minor > threshold ? 1 : 0
        const expected = HOLDS[op](compareAmounts(decimalOf(minor, exponent), decimal))
        expect(order !== null && HOLDS[op](order)).toBe(expected)
      },
    )
    fc.assert(check, { numRuns: 5000 })
  })
})

describe('an amount of a query in minor units', () => {
  it.each([
    ['49.9', 2, 'exact', 4990n],
    ['49.9', 0, 'exact', null],
    ['49.9', 0, 'down', 49n],
    ['49.9', 0, 'up', 50n],
    ['-1.5', 0, 'down', -2n],
    ['-1.5', 0, 'up', -1n],
    ['0.00000001', 8, 'exact', 1n],
    ['0.000000001', 8, 'up', 1n],
    ['0', 2, 'exact', 0n],
    ['999999999999999', 9, 'exact', 9_000_000_000_000_000_000n],
    ['-999999999999999', 9, 'exact', -9_000_000_000_000_000_000n],
  ] as const)('%s with %i digits, %s, is %s', (decimal, exponent, rounding, minor) => {
    expect(minorUnits(decimal, exponent, rounding)).toBe(minor)
  })
})
