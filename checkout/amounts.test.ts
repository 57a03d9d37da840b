import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeBeside, formatMoney, readAmount } from './amounts.ts'
import { LOCALES, type Locale } from './props.ts'

const shown = (value: string, currency: string, locale: Locale) =>
  formatMoney({ value, currency }, locale)

describe('formatMoney', () => {
  it.each([
    ['1234567.10', 'EUR', '€1,234,567.10', '1\u202f234\u202f567,10\u00a0€'],
    ['1000', 'JPY', '¥1,000', '1\u202f000\u00a0JPY'],
    ['1.250', 'KWD', 'KWD\u00a01.250', '1,250\u00a0KWD'],
    ['0.00000001', 'BTC', 'BTC\u00a00.00000001', '0,00000001\u00a0BTC'],
    ['12.500000', 'USDC', 'USDC\u00a012.500000', '12,500000\u00a0USDC'],
    ['-5.00', 'EUR', '\u2212€5.00', '\u22125,00\u00a0€'],
  ])('%s %s', (value, currency, en, fr) => {
    expect(shown(value, currency, 'en')).toBe(en)
    expect(shown(value, currency, 'fr')).toBe(fr)
  })

  it('keeps every digit of any size: no float in between', () => {
    const whole = fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String)
    const decimals = fc.stringMatching(/^\d{0,9}$/)
    fc.assert(
      fc.property(whole, decimals, fc.constantFrom(...LOCALES), (units, fraction, locale) => {
        const value = fraction === '' ? units : `${units}.${fraction}`
        for (const currency of ['EUR', 'BTC', 'USDC']) {
          expect(shown(value, currency, locale).replace(/\D/g, '')).toBe(units + fraction)
        }
      }),
    )
  })

  it('refuses what is no decimal string', () => {
    for (const value of ['', '1e3', '1,00', 'NaN', '1.']) {
      expect(() => shown(value, 'EUR', 'en')).toThrow(TypeError)
    }
  })

  it('shows the code beside a sign that others share, and not twice', () => {
    expect(codeBeside({ value: '1.00', currency: 'USD' }, 'en')).toBe('USD')
    expect(codeBeside({ value: '1.00000000', currency: 'BTC' }, 'en')).toBe(null)
  })
})

describe('readAmount', () => {
  it.each<[string, Locale, number, string]>([
    ['25', 'en', 2, '25.00'],
    ['1,234.5', 'en', 2, '1234.50'],
    ['1,234', 'en', 2, '1234.00'],
    ['12,50', 'en', 2, '12.50'],
    ['1\u202f234,5', 'fr', 2, '1234.50'],
    ['1 234.50', 'fr', 2, '1234.50'],
    ['  007 ', 'en', 0, '7'],
    ['500.00', 'en', 0, '500'],
    ['0.00000001', 'en', 8, '0.00000001'],
    ['99999999999999999999', 'en', 2, '99999999999999999999.00'],
  ])('%j in %s with %i digits is %s', (typed, locale, digits, value) => {
    expect(readAmount(typed, locale, digits)).toEqual({ ok: true, value })
  })

  it.each([
    ['', 'en', 2, 'missing'],
    ['  ', 'fr', 2, 'missing'],
    ['abc', 'en', 2, 'malformed'],
    ['-5', 'en', 2, 'malformed'],
    ['1e3', 'en', 2, 'malformed'],
    ['12,34,5', 'en', 2, 'malformed'],
    ['1,234,50', 'fr', 2, 'malformed'],
    ['9'.repeat(41), 'en', 2, 'malformed'],
    ['1.234', 'en', 2, 'too_many_decimals'],
    ['1,234', 'fr', 2, 'too_many_decimals'],
    ['0', 'en', 2, 'too_small'],
    ['0,00', 'fr', 2, 'too_small'],
  ] as const)('%j in %s with %i digits is refused: %s', (typed, locale, digits, error) => {
    expect(readAmount(typed, locale, digits)).toEqual({ ok: false, error })
  })

  it('reads back what formatMoney shows', () => {
    const units = fc.bigInt({ min: 1n, max: 10n ** 12n })
    const digits = fc.constantFrom(0, 2, 3, 8)
    fc.assert(
      fc.property(units, digits, fc.constantFrom(...LOCALES), (minor, places, locale) => {
        const text = String(minor).padStart(places + 1, '0')
        const at = text.length - places
        const value = places === 0 ? text : `${text.slice(0, at)}.${text.slice(at)}`
        const typed = shown(value, 'USDC', locale).replace('USDC', '').trim()
        expect(readAmount(typed, locale, places)).toEqual({ ok: true, value })
      }),
    )
  })
})
