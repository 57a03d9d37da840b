import type { ExportsResult } from './exports.ts'
import type { PaymentsResult } from './payments.ts'
import type { Summary } from './rounds.ts'

const whole = (value: number): string => Math.round(value).toLocaleString('en')
const megabytes = (bytes: number): string => `${whole(bytes / 1_048_576)} MB`
const verdict = ({ met, goal }: { met: boolean; goal: number }): string =>
  `goal ≥ ${goal}: ${met ? 'met' : 'not met'}`
const shownRatio = ({ median, low, high }: Summary): string =>
  `${median.toFixed(2)} (quartiles ${low.toFixed(2)} to ${high.toFixed(2)})`
const line = (label: string, ...cells: string[]): string => `  ${label.padEnd(34)}${cells.join('')}`
const cell = (text: string): string => text.padStart(16)
const figure = (value: number | null, unit: string, digits = 0): string =>
  cell(value === null ? '–' : `${value.toFixed(digits)} ${unit}`)

export function paymentsTable(result: PaymentsResult): string {
  const { http, database, database_best: best } = result
  const rates = Object.entries(database).map(([name, rate]) =>
    line(`  ${name} clients`, cell(''), cell(`${whole(rate)}/s`)),
  )
  const wrong = Object.entries(result.other_answers)
  return [
    'S1  payments over HTTP ÷ the best of the database calling one function',
    `  ${result.driver}; ${result.connections} connections, ${whole(result.wallets)} wallets`,
    '',
    line('', cell('product'), cell('database')),
    line('payments a second', cell(whole(http.per_second ?? 0)), cell(whole(best.per_second ?? 0))),
    ...rates,
    line('p50 and p99', figure(http.p50_ms, 'ms', 1), ' /', figure(http.p99_ms, 'ms', 1).trim()),
    line('CPU of the product a payment', figure(http.product_cpu_us, 'µs'), cell('–')),
    line(
      'CPU of PostgreSQL a payment',
      figure(http.database_cpu_us, 'µs'),
      figure(best.database_cpu_us, 'µs'),
    ),
    line('CPU of the load a payment', figure(http.load_cpu_us, 'µs'), cell('(other process)')),
    line('WAL a payment', figure(http.wal_bytes, 'bytes'), figure(best.wal_bytes, 'bytes')),
    line('unsealed at the end of a slice', cell(whole(http.waiting ?? 0))),
    line('sealed after', figure(http.sealed_after_s, 's', 1)),
    line('peak memory', cell(megabytes(result.peak_memory_bytes))),
    line('ratio', `  ${shownRatio(result.ratio)}, ${verdict(result)}`),
    line(
      'books',
      `  ${whole(result.payments_kept)} payments for ${whole(result.answered_2xx)} answers 2xx, ` +
        `${wrong.length === 0 ? 'no other answers' : JSON.stringify(result.other_answers)}, ` +
        `audit: ${result.audit_findings === 0 ? 'clean' : `${result.audit_findings} findings`}`,
    ),
  ].join('\n')
}

export const exportsTable = (result: ExportsResult): string =>
  [
    'S6  CSV over HTTP, from the wish to the last byte ÷ COPY of the same statement',
    `  ${result.driver}; ${whole(result.rows)} rows, ${megabytes(result.bytes)}`,
    '',
    line('', cell('product'), cell('COPY')),
    line(
      'rows a second',
      cell(whole(result.http_rows_per_second)),
      cell(whole(result.copy_rows_per_second)),
    ),
    line('peak memory', cell(megabytes(result.peak_memory_bytes))),
    line('ratio', `  ${shownRatio(result.ratio)}, ${verdict(result)}`),
  ].join('\n')
