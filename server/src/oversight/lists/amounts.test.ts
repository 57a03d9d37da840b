import { describe, expect, it } from 'vitest'
import { minorUnits } from './amounts.ts'

describe('an amount of a query in minor units', () => {
  it.each([
    ['49.9', 2, 'exact', 4990n],
    ['49.9', 0, 'exact', null],
    ['49.9', 0, 'down', 49n],
    ['49.9', 0, 'up', 50n],
    ['-1.5', 0, 'down', -2n],
    ['-1.5', 0, 'up', -1n],
    ['0.005', 3, 'exact', 5n],
    ['0.00000001', 8, 'exact', 1n],
    ['0.000000001', 8, 'up', 1n],
    ['0', 2, 'exact', 0n],
    ['999999999999999', 9, 'exact', 9_000_000_000_000_000_000n],
    ['-999999999999999', 9, 'exact', -9_000_000_000_000_000_000n],
  ] as const)('%s with %i digits, %s, is %s', (decimal, exponent, rounding, minor) => {
    expect(minorUnits(decimal, exponent, rounding)).toBe(minor)
  })
})
