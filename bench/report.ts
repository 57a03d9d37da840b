import type { ExportsResult } from './exports.ts'
import type { PaymentsResult } from './payments.ts'
import type { Quartiles } from './protocol.ts'

const whole = (value: number | null): string =>
  value === null ? '–' : Math.round(value).toLocaleString('en')
const decimals = (value: number): string => value.toFixed(2)

const ratioLine = (name: string, ratio: Quartiles, goal: number, met: boolean): string =>
  `${name}  ${decimals(ratio.median)}  (quartiles ${decimals(ratio.low)} to ` +
  `${decimals(ratio.high)}; goal ${goal}: ${met ? 'met' : 'not met'})`

const machineLine = (found: { peak_memory_mb: number | null; load: number }): string =>
  `Peak memory of the server ${whole(found.peak_memory_mb)} MB; load ${found.load.toFixed(1)}.`

/** Columns as wide as their widest cell; numbers stand to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => (row[at] ?? '').length)),
  )
  return rows.map((row) => {
    const cells = row.map((cell, at) =>
      at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
    )
    return `    ${cells.join('  ')}`.trimEnd()
  })
}

export function paymentsTable(found: PaymentsResult, goal: number): string[] {
  const { http, calls } = found
  const name = 'S1  payments over HTTP ÷ best of one call each'
  const rows = [
    ['', 'per s', 'ratio', 'p50 ms', 'p99 ms', 'server µs', 'postgres µs', 'WAL bytes'],
    [
      `HTTP, ${found.connections} connections`,
      whole(http.per_s),
      '',
      whole(http.p50_ms),
      whole(http.p99_ms),
      whole(http.server_cpu_us),
      whole(http.postgres_cpu_us),
      whole(http.wal_bytes),
    ],
    ...calls.map((one) => [
      `${found.with}, ${one.clients} clients`,
      whole(one.per_s),
      decimals(one.ratio.median),
      '',
      '',
      '',
      whole(one.postgres_cpu_us),
      whole(one.wal_bytes),
    ]),
  ]
  return [
    '',
    ratioLine(name, found.ratio, goal, found.met),
    ...table(rows),
    '    Processor time and WAL are per payment. Over HTTP they include sealing and search, done',
    `    ${whole(http.settled_after_ms)} ms after a slice.`,
    `    ${machineLine(found)}`,
    `    ${whole(found.payments.http + found.payments.call)} payments, ` +
      (found.faults.length === 0 ? 'every one of them audited.' : 'WRONG: see below.'),
  ]
}

export function exportsTable(found: ExportsResult, goal: number): string[] {
  const rows = [
    ['', 'rows per s'],
    ['HTTP: ask, wait, download', whole(found.http_rows_per_s)],
    [`COPY of the same by ${found.with}`, whole(found.copy_rows_per_s)],
  ]
  return [
    '',
    ratioLine('S6  CSV over HTTP ÷ COPY of the same', found.ratio, goal, found.met),
    ...table(rows),
    `    ${whole(found.rows)} payments, ${whole(found.bytes / 1_048_576)} MB.`,
    `    ${machineLine(found)}`,
    `    The peak is ${whole(found.memory_grown_mb)} MB above that of before the first export.`,
  ]
}
