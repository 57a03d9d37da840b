import { describe, expect, it } from 'vitest'
import {
  compare,
  formatMoney,
  isNegative,
  isZero,
  negate,
  parseAmount,
  subtract,
  withDigitsOf,
} from './amount.ts'

const money = (value: string, currency = 'EUR') => ({ value, currency })

describe('formatMoney', () => {
  it.each([
    ['1234.50', 'EUR', '1,234.50\u00a0EUR', '1\u202f234,50\u00a0EUR'],
    ['-1234.50', 'EUR', '\u22121,234.50\u00a0EUR', '\u22121\u202f234,50\u00a0EUR'],
    ['500', 'JPY', '500\u00a0JPY', '500\u00a0JPY'],
    ['1.250', 'KWD', '1.250\u00a0KWD', '1,250\u00a0KWD'],
    ['0.00012345', 'BTC', '0.00012345\u00a0BTC', '0,00012345\u00a0BTC'],
    ['9007199254740993.01', 'EUR', '9,007,199,254,740,993.01\u00a0EUR', null],
  ])('%s %s', (value, currency, en, fr) => {
    expect(formatMoney(money(value, currency), 'en')).toBe(en)
    if (fr !== null) expect(formatMoney(money(value, currency), 'fr')).toBe(fr)
  })
})

it('subtracts without rounding', () => {
  expect(subtract(money('100.00'), money('60.00')).value).toBe('40.00')
  expect(subtract(money('0.10'), money('0.30')).value).toBe('-0.20')
  expect(subtract(money('500', 'JPY'), money('500', 'JPY')).value).toBe('0')
  expect(subtract(money('0.00000001', 'BTC'), money('1', 'BTC')).value).toBe('-0.99999999')
  expect(negate(money('10.00')).value).toBe('-10.00')
  expect(negate(money('-10.00')).value).toBe('10.00')
  expect(compare(money('9.99'), money('10.00'))).toBe(-1)
  expect(compare(money('10'), money('10.00'))).toBe(0)
})

it('knows zero and negative', () => {
  expect(isZero(money('0.00'))).toBe(true)
  expect(isZero(money('-0.00'))).toBe(true)
  expect(isNegative(money('-0.00'))).toBe(false)
  expect(isNegative(money('-0.01'))).toBe(true)
})

describe('parseAmount', () => {
  it.each([
    ['10', '10', '10'],
    ['10.50', '10.50', '10.50'],
    ['10,50', null, '10.50'],
    ['1,000.50', '1000.50', null],
    ['1 000,50', null, '1000.50'],
    ['1,00', null, '1.00'],
    ['-5', null, null],
    ['1e3', null, null],
    ['', null, null],
    ['abc', null, null],
  ])('%j', (text, en, fr) => {
    expect(parseAmount(text, 'en')).toBe(en)
    expect(parseAmount(text, 'fr')).toBe(fr)
  })
})

it('gives a typed amount the decimals of its currency, or refuses it', () => {
  expect(withDigitsOf('10', money('1.00'))).toEqual(money('10.00'))
  expect(withDigitsOf('10.5', money('1.00'))).toEqual(money('10.50'))
  expect(withDigitsOf('10.500', money('1.00'))).toEqual(money('10.50'))
  expect(withDigitsOf('10.505', money('1.00'))).toBeNull()
  expect(withDigitsOf('007', money('1', 'JPY'))).toEqual(money('7', 'JPY'))
  expect(withDigitsOf('7.5', money('1', 'JPY'))).toBeNull()
})
