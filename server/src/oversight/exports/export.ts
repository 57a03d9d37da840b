import { isPaymentColumn, MONEY_COLUMNS, PAYMENT_COLUMNS } from '#contract/columns.ts'
import type { Export } from '#contract/watching.ts'
import { assert } from '#server/kernel/assert.ts'
import type { Flow } from '#server/kernel/flow.ts'
import { toWire } from '#server/kernel/money.ts'
import { ok, type Result, refuse } from '#server/kernel/result.ts'
import type { ActorKind, Mode } from '#server/kernel/scope.ts'

export type ExportStatus = 'waiting' | 'running' | 'done' | 'failed' | 'canceled'
export type ExportEvent = 'start' | 'finish' | 'fail' | 'cancel' | 'resume'

/** A worker that died leaves `running`; the next one starts the file over: `start` may repeat. */
export const exportFlow = {
  waiting: { start: 'running', cancel: 'canceled' },
  running: { start: 'running', finish: 'done', fail: 'failed', cancel: 'canceled' },
  done: {},
  failed: { resume: 'waiting' },
  canceled: { resume: 'waiting' },
} as const satisfies Flow<ExportStatus, ExportEvent>

/** The statuses that an event may leave, and the one it leads to. */
export function stepOf(event: ExportEvent): { from: ExportStatus[]; to: ExportStatus } {
  const flow: Flow<ExportStatus, ExportEvent> = exportFlow
  const all = Object.keys(flow) as ExportStatus[]
  const from = all.filter((status) => flow[status][event] !== undefined)
  const to = from[0] && flow[from[0]][event]
  assert(to, `${event} leads nowhere`)
  return { from, to }
}

/** What was asked for, kept so that a file begun again is the same file. */
export type ExportRequest = {
  readonly q: string
  readonly sort: string
  readonly columns: readonly string[]
  /** Null: the first line has the API's field names. */
  readonly locale: 'en' | 'fr' | null
  readonly separator: ',' | ';'
  readonly bom: boolean
}

export type ExportSum = {
  readonly currency: string
  readonly count: number
  readonly amount: string
}

export type ExportRow = {
  id: string
  mode: Mode
  list: string
  status: ExportStatus
  request: ExportRequest
  time_zone: string
  rows_done: bigint
  rows_total: bigint
  /** Minor units as text: JSON numbers are not exact. */
  sums: ExportSum[]
  sha256: Buffer | null
  bytes: bigint | null
  /** Null until there is a file, and again when it is deleted. */
  file_name: string | null
  message: string | null
  created_by_kind: ActorKind
  created_by_id: string | null
  created_by_name: string | null
  created_at: Date
  finished_at: Date | null
}

/** Rows and bytes stay far below what a number holds exactly. */
const numberOf = (counted: bigint): number => Number(counted)

export const presentExport = (row: ExportRow): Export => ({
  id: row.id,
  object: 'export',
  mode: row.mode,
  list: row.list,
  status: row.status,
  q: row.request.q,
  columns: [...row.request.columns],
  time_zone: row.time_zone,
  rows_done: numberOf(row.rows_done),
  rows_total: numberOf(row.rows_total),
  sums: row.sums.map(({ currency, count, amount }) => ({
    currency,
    count,
    amount: toWire({ amount: BigInt(amount), currency }),
  })),
  sha256: row.sha256?.toString('hex') ?? null,
  bytes: row.bytes === null ? null : numberOf(row.bytes),
  file_name: row.file_name,
  // A link opened by a browser carries no mode header.
  download_url: row.file_name ? `/v1/exports/${row.id}/download?mode=${row.mode}` : null,
  message: row.message,
  created_by: { kind: row.created_by_kind, id: row.created_by_id, name: row.created_by_name },
  created_at: row.created_at.toISOString(),
  finished_at: row.finished_at?.toISOString() ?? null,
})

/** `metadata.order_ref`: one of the merchant's own fields. */
export const METADATA_COLUMN = /^metadata\.([A-Za-z0-9_.-]{1,40})$/

/** The columns of a file: those asked for, in that order, and the currency of its amounts. */
export function columnsOf(
  asked: readonly string[] | undefined,
): Result<string[], 'column_unknown' | 'column_repeated'> {
  const columns = asked && asked.length > 0 ? [...asked] : Object.keys(PAYMENT_COLUMNS)
  const unknown = columns.findIndex((key) => !isPaymentColumn(key) && !METADATA_COLUMN.test(key))
  if (unknown >= 0) {
    const detail = `"${columns[unknown]}" is no column of the payments list.`
    const allowed = { columns: [...Object.keys(PAYMENT_COLUMNS), 'metadata.<key>'] }
    return refuse('column_unknown', { pointer: `/columns/${unknown}`, detail, allowed })
  }
  const again = columns.findIndex((key, index) => columns.indexOf(key) < index)
  if (again >= 0) {
    const detail = `The column "${columns[again]}" is named twice. Name it once.`
    return refuse('column_repeated', { pointer: `/columns/${again}`, detail })
  }
  if (columns.includes('currency')) return ok(columns)
  const isAmount = new Set<string>(MONEY_COLUMNS)
  const first = columns.find((key) => isAmount.has(key))
  return ok(columns.flatMap((key) => (key === first ? [key, 'currency'] : [key])))
}

/** A UTF-8 mark, without which some spreadsheets read accents wrongly. */
const BOM = '\uFEFF'

/** What stands before the rows. */
export function headOf({ columns, locale, separator, bom }: ExportRequest): string {
  const names = columns.map((key) =>
    locale !== null && isPaymentColumn(key) ? PAYMENT_COLUMNS[key][locale] : key,
  )
  const cells = names.map((name) => `"${name.replaceAll('"', '""')}"`)
  return `${bom ? BOM : ''}${cells.join(separator)}\n`
}

/** `payments_2026-11-20_1432.csv`, in the merchant's time. */
export function fileNameOf({ list, created_at, time_zone }: ExportRow): string {
  // Swedish writes dates as ISO 8601 does.
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone: time_zone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(created_at)
  return `${list}_${shown.replace(' ', '_').replace(':', '')}.csv`
}

const WHY_FAILED = {
  no_space: {
    en: 'There is no room left on the disk for the file. Make room, then go on.',
    fr: 'Il n’y a plus de place sur le disque pour le fichier. Libérez-en, puis reprenez.',
  },
  too_long: {
    en: 'The export took longer than 10 minutes. Narrow the filters and export again.',
    fr: 'L’export a duré plus de 10 minutes. Affinez les filtres et exportez à nouveau.',
  },
  broken: {
    en: 'The export could not be finished. Try again; the log of the server says why.',
    fr: 'L’export n’a pas pu aboutir. Réessayez ; le journal du serveur en donne la raison.',
  },
} as const

export type WhyFailed = keyof typeof WHY_FAILED

export const sayWhy = (why: WhyFailed, locale: 'en' | 'fr' | null): string =>
  WHY_FAILED[why][locale ?? 'en']
