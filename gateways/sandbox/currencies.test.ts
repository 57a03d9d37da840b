import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CURRENCIES } from '#server/kernel/currencies.ts'
import { digitsOf, toDecimal, toMinor } from './currencies.ts'

test('the digits are those that Florin keeps, for every currency Florin knows', () => {
  for (const [currency, { exponent }] of Object.entries(CURRENCIES)) {
    expect([currency, digitsOf(currency)]).toEqual([currency, exponent])
  }
})

test('any amount survives the way there and back', () => {
  const currency = fc.constantFrom(...Object.keys(CURRENCIES))
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), currency, (minor, code) => {
      expect(toMinor(toDecimal(minor, code), code)).toBe(minor)
    }),
  )
})

test.for([
  ['10', 'EUR', 1000n],
  ['10.0', 'EUR', 1000n],
  ['10.00', 'EUR', 1000n],
  ['0.01', 'EUR', 1n],
  ['1000', 'JPY', 1000n],
  ['1.250', 'KWD', 1250n],
  ['0.00012345', 'BTC', 12345n],
] as const)('%s %s', ([text, currency, minor]) => {
  expect(toMinor(text, currency)).toBe(minor)
})

test.for([
  ['10.001', 'EUR'],
  ['1.0', 'JPY'],
  ['-1', 'EUR'],
  ['+1', 'EUR'],
  ['1e3', 'EUR'],
  ['01', 'EUR'],
  ['1.', 'EUR'],
  ['.5', 'EUR'],
  ['1,00', 'EUR'],
  [' 1', 'EUR'],
  ['', 'EUR'],
  ['1.00', 'eur'],
  ['1.00', 'EU'],
])('"%s" %s is no amount', ([text = '', currency = '']) => {
  expect(toMinor(text, currency)).toBeNull()
})
