/**
 * The decimal amounts of the sandbox's API: "10.00" EUR, "1000" JPY, "1.250" KWD, "0.00012345" BTC.
 * Digits that differ from two, as this vendor documents them; it has its own list, as vendors do.
 */
const DIGITS: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
  6: 'USDC USDT',
  8: 'BTC LTC DOGE',
  9: 'ETH',
}

const SPECIAL: ReadonlyMap<string, number> = new Map(
  Object.entries(DIGITS).flatMap(([digits, codes]) =>
    codes.split(' ').map((code): [string, number] => [code, Number(digits)]),
  ),
)

/** Digits after the decimal point; null for text that cannot be a currency here. */
export function digitsOf(currency: string): number | null {
  return SPECIAL.get(currency) ?? (/^[A-Z]{3}$/.test(currency) ? 2 : null)
}

const DECIMAL = /^(0|[1-9][0-9]{0,18})(?:\.([0-9]{1,18}))?$/

/** Minor units of a decimal string, exactly; null if it has other digits than the currency. */
export function toMinor(text: string, currency: string): bigint | null {
  const digits = digitsOf(currency)
  const parts = DECIMAL.exec(text)
  const fraction = parts?.[2] ?? ''
  if (digits === null || parts === null || fraction.length > digits) return null
  return BigInt((parts[1] ?? '') + fraction.padEnd(digits, '0'))
}

/** The decimal string with all of the currency's digits. */
export function toDecimal(minor: bigint, currency: string): string {
  const digits = digitsOf(currency)
  if (digits === null || minor < 0n) {
    throw new RangeError(`no decimal for ${minor} minor units of "${currency}"`)
  }
  const text = minor.toString().padStart(digits + 1, '0')
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}
