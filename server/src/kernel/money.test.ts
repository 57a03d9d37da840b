import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CURRENCIES } from './currencies.ts'
import {
  allocate,
  convert,
  exponentOf,
  formatAmount,
  MAX_AMOUNT,
  type Money,
  parseMoney,
  toWire,
} from './money.ts'

const currency = fc.constantFrom(...Object.keys(CURRENCIES))
const amount = fc.bigInt({ min: 1n, max: MAX_AMOUNT })

describe('money on the wire', () => {
  it('round-trips every amount of every currency', () => {
    fc.assert(
      fc.property(amount, currency, (value, code) => {
        const money: Money = { amount: value, currency: code }
        expect(parseMoney(toWire(money))).toEqual({ ok: true, value: money })
      }),
    )
  })

  it('reads fewer decimals than the currency has as the same amount', () => {
    expect(parseMoney({ value: '10', currency: 'EUR' })).toEqual(
      parseMoney({ value: '10.00', currency: 'EUR' }),
    )
  })

  it.each([
    ['JPY', 0],
    ['HUF', 2],
    ['KWD', 3],
    ['XOF', 0],
    ['CLF', 4],
    ['BTC', 8],
    ['ETH', 9],
  ])('%s has %i decimals', (code, digits) => expect(exponentOf(code)).toBe(digits))

  it('refuses whatever is not a plain positive decimal of the currency', () => {
    const plain = /^(0|[1-9][0-9]*)(\.[0-9]{1,2})?$/
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (value) => {
        const read = parseMoney({ value, currency: 'EUR' })
        if (read.ok) expect(value).toMatch(plain)
      }),
      { numRuns: 2000 },
    )
    for (const value of [
      '-1',
      '+1',
      '1e2',
      '01',
      '.5',
      '1.',
      '1.000',
      '١',
      ' 1',
      '',
      '0',
      '0.00',
    ]) {
      expect(parseMoney({ value, currency: 'EUR' }).ok).toBe(false)
    }
  })

  it('keeps the sign and the zeros of small and negative amounts', () => {
    expect(formatAmount(-5n, 'EUR')).toBe('-0.05')
    expect(formatAmount(1n, 'BTC')).toBe('0.00000001')
    expect(formatAmount(7n, 'JPY')).toBe('7')
  })
})

describe('division', () => {
  const weights = fc
    .array(fc.bigInt({ min: 0n, max: 1000n }), { minLength: 1, maxLength: 12 })
    .filter((all) => all.some((weight) => weight > 0n))

  it('allocates the whole, and each part within one unit of its share', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: MAX_AMOUNT }), weights, (whole, shares) => {
        const parts = allocate(whole, shares)
        const total = shares.reduce((sum, share) => sum + share, 0n)
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(whole)
        for (const [index, part] of parts.entries()) {
          const exact = whole * (shares[index] ?? 0n)
          expect(part * total).toBeGreaterThan(exact - total)
          expect(part * total).toBeLessThan(exact + total)
        }
      }),
    )
  })

  it('converts half to even, also below zero', () => {
    const half = { numerator: 1n, denominator: 2n }
    const to = (value: bigint) => convert({ amount: value, currency: 'EUR' }, half, 'EUR').amount
    expect([1n, 3n, 5n, -1n, -3n, -5n].map(to)).toEqual([0n, 2n, 2n, 0n, -2n, -2n])
    const rate = { numerator: 16_057n, denominator: 100n }
    expect(convert({ amount: 1000n, currency: 'EUR' }, rate, 'JPY')).toEqual({
      amount: 1606n,
      currency: 'JPY',
    })
  })
})
