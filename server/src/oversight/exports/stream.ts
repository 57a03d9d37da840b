import { assert } from '#server/kernel/assert.ts'
import type { ExportSum } from './export.ts'

const QUOTE = 0x22
const NEWLINE = 0x0a

/** What the first line of the stream says of the rows that follow it. */
export type Manifest = { readonly rows: number; readonly sums: readonly ExportSum[] }

/** `"EUR:3:12345;JPY:1:500",""`: of each currency how many rows, and their sum in minor units. */
export function readManifest(line: string): Manifest {
  const [, cell] = /^"([A-Z0-9:;]*)"/.exec(line) ?? []
  assert(cell !== undefined, 'an export begins with its sums')
  const sums = cell
    .split(';')
    .filter((part) => part !== '')
    .map((part): ExportSum => {
      const [currency = '', count = '0', amount = '0'] = part.split(':')
      return { currency, count: Number.parseInt(count, 10), amount }
    })
  return { rows: sums.reduce((total, { count }) => total + count, 0), sums }
}

/** Counts rows in CSV as it passes by: a line that ends inside quotes ends no row. */
export function rowCounter(): (chunk: Uint8Array) => number {
  let quoted = false
  let rows = 0
  return (chunk) => {
    for (const byte of chunk) {
      if (byte === QUOTE) quoted = !quoted
      else if (byte === NEWLINE && !quoted) rows += 1
    }
    return rows
  }
}

/** Takes the first line off a stream of bytes and hands it over; the rest passes unchanged. */
export async function* afterFirstLine(
  source: AsyncIterable<Buffer>,
  onLine: (line: string) => void,
): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0)
  for await (const chunk of source) {
    if (head === null) {
      yield chunk
      continue
    }
    head = Buffer.concat([head, chunk])
    const end = head.indexOf(NEWLINE)
    if (end < 0) continue
    onLine(head.subarray(0, end).toString('utf8'))
    if (end + 1 < head.length) yield head.subarray(end + 1)
    head = null
  }
  assert(head === null, 'an export ended before its first line')
}
