import { MAX_AMOUNT_DECIMALS, MAX_AMOUNT_DIGITS } from './limits.ts'

const AMOUNT = new RegExp(
  `^(-?)0*([0-9]{1,${MAX_AMOUNT_DIGITS}})(?:\\.([0-9]{1,${MAX_AMOUNT_DECIMALS}})0*)?$`,
)
const GROUPED = /^-?[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?$/

/**
 * A typed amount as a canonical decimal string (dot, no needless zeros), or null. Thousands may be
 * grouped by spaces.
 */
export function readAmount(typed: string, decimalComma: boolean): string | null {
  const joined = GROUPED.test(typed) ? typed.replaceAll(' ', '') : typed
  const dotted = decimalComma && !joined.includes('.') ? joined.replace(',', '.') : joined
  const parts = AMOUNT.exec(dotted)
  if (parts === null) return null
  const fraction = (parts[3] ?? '').replace(/0+$/, '')
  const digits = (parts[2] ?? '') + (fraction === '' ? '' : `.${fraction}`)
  return digits === '0' ? digits : `${parts[1]}${digits}`
}

/** The second half of an amount that was typed with a space in it, as in `1 234,50`. */
export const THOUSANDS = /^[0-9]{3}(?:[.,][0-9]+)?$/

/** Below zero, zero or above, as for sort. */
export function compareAmounts(a: string, b: string): number {
  const difference = scaled(a) - scaled(b)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

function scaled(amount: string): bigint {
  const [whole = '', fraction = ''] = amount.split('.')
  return BigInt(whole + fraction.padEnd(MAX_AMOUNT_DECIMALS, '0'))
}

/**
 * In French input a comma between two whole numbers is a decimal comma: `100,50` is 100.50. A comma
 * beside a number that already has a dot stays a list (`10.5,20`); three whole numbers in a row
 * (`10,20,30`) can be read in two ways and are refused. Canonical text never needs this rule: it
 * writes `10.0,20` for the list.
 */
export function readDecimalCommas(
  syntax: string,
):
  | { readonly ok: true; readonly commas: readonly number[] }
  | { readonly ok: false; readonly at: number } {
  const commas: number[] = []
  for (const comma of syntax.matchAll(/(?<=[0-9]),(?=[0-9])/g)) {
    const before = syntax.slice(0, comma.index)
    const after = syntax.slice(comma.index + 1)
    const isList = /(?<!\.)\.[0-9]+$/.test(before) || /^[0-9]+\.[0-9]/.test(after)
    if (isList) continue
    const last = commas.at(-1)
    if (last !== undefined && /^[0-9]+$/.test(syntax.slice(last + 1, comma.index))) {
      return { ok: false, at: last }
    }
    commas.push(comma.index)
  }
  return { ok: true, commas }
}
