import { expect, it } from 'vitest'
import { classifyText } from './search-text.ts'

const readings = (text: string): string[] =>
  classifyText(text).map((reading) => {
    if (reading.as === 'id') return `id ${reading.prefix}`
    return reading.as === 'amount' ? `amount ${reading.amount}` : reading.as
  })

it.each([
  ['pay_01h455vb4pex5vsknk084sn02q', ['id pay']],
  ['CKS_01H455VB4PEX5VSKNK084SN02Q', ['id cks']],
  ['xyz_01h455vb4pex5vsknk084sn02q', ['gateway_ref', 'fragment']],
  ['ana@example.com', ['email']],
  ['ana@', ['fragment']],
  ['49.90', ['amount 49.9', 'fragment']],
  ['49,90', ['amount 49.9', 'fragment']],
  ['5', ['amount 5']],
  ['1,234', ['amount 1.234', 'amount 1234', 'fragment']],
  ['1,234.50', ['amount 1234.5', 'fragment']],
  ['1.234,50', ['amount 1234.5', 'fragment']],
  ['1 234,50', ['amount 1234.5', 'fragment']],
  ['12,345,678', ['amount 12345678', 'fragment']],
  ['4242', ['amount 4242', 'last4', 'fragment']],
  ['0042', ['amount 42', 'last4', 'fragment']],
  ['pi_3NabcXYZ', ['gateway_ref', 'fragment']],
  ['6f1c9e0a-3d55-4f4e-9a51-0d8f6a1f7b11', ['gateway_ref', 'fragment']],
  ['INV-2026-17', ['gateway_ref', 'fragment']],
  ['dupont', ['fragment']],
  ['ab', []],
  ['', []],
])('%s may be %j', (text, expected) => {
  expect(readings(text)).toEqual(expected)
})
