import { VOCABULARIES } from '#contract/query/index.ts'
import type { Mode, Scope } from '#server/kernel/scope.ts'
import type { ListSpec } from '#server/oversight/lists/index.ts'
import type { Queryable, Tx } from '#server/platform/postgres/index.ts'
import {
  type ExportEvent,
  type ExportRow,
  type ExportSum,
  presentExport,
  stepOf,
} from '../export.ts'

export const EXPORTS: ListSpec<ExportRow> = {
  name: 'exports',
  vocabulary: VOCABULARIES.exports,
  idKind: 'export',
  alias: 'x',
  from: 'exports x',
  columns: 'x.*',
  keys: {
    id: { exact: 'x.id' },
    status: { exact: 'x.status' },
    list: { exact: 'x.list' },
    created: { made: 'x.id' },
    finished: { time: 'x.finished_at' },
    by: { exact: 'x.created_by_id', texts: ['x.created_by_name'] },
    env: { exact: 'x.mode' },
  },
  flags: { test: `x.mode = 'test'` },
  sorts: { created: { by: 'id', sql: 'x.id' } },
  usual: '-created',
  present: presentExport,
}

export type NewExport = Pick<
  ExportRow,
  | 'id'
  | 'list'
  | 'request'
  | 'time_zone'
  | 'created_by_kind'
  | 'created_by_id'
  | 'created_by_name'
  | 'created_at'
>

export async function insertExport(tx: Tx, scope: Scope, row: NewExport): Promise<ExportRow> {
  const [made] = await tx.query<ExportRow>({
    name: 'exports_insert',
    text: `insert into exports (merchant_id, mode, id, list, status, request, time_zone,
        created_by_kind, created_by_id, created_by_name, created_at)
      values ($1, $2, $3, $4, 'waiting', $5, $6, $7, $8, $9, $10) returning *`,
    values: [
      scope.merchantId,
      scope.mode,
      row.id,
      row.list,
      JSON.stringify(row.request),
      row.time_zone,
      row.created_by_kind,
      row.created_by_id,
      row.created_by_name,
      row.created_at,
    ],
  })
  return made as ExportRow
}

export async function exportById(
  q: Queryable,
  scope: Scope,
  id: string,
): Promise<ExportRow | undefined> {
  const [row] = await q.query<ExportRow>({
    name: 'exports_by_id',
    text: 'select * from exports where merchant_id = $1 and mode = $2 and id = $3',
    values: [scope.merchantId, scope.mode, id],
  })
  return row
}

/** Compare-and-set: the row as it has become, or nothing if its status knows no such event. */
export async function moveExport(
  q: Queryable,
  scope: Scope,
  id: string,
  event: Exclude<ExportEvent, 'finish'>,
  message: string | null = null,
): Promise<ExportRow | undefined> {
  const { from, to } = stepOf(event)
  const [row] = await q.query<ExportRow>({
    name: 'exports_move',
    text: `update exports set status = $5, message = $6,
        rows_done = case when $5 in ('waiting', 'running') then 0 else rows_done end,
        finished_at = case when $5 in ('failed', 'canceled') then now() end
      where merchant_id = $1 and mode = $2 and id = $3 and status = any($4) returning *`,
    values: [scope.merchantId, scope.mode, id, from, to, message],
  })
  return row
}

/** False when the export is not running any more: somebody stopped it. */
export async function saveProgress(
  q: Queryable,
  scope: Scope,
  id: string,
  progress: { rows: number; total: number; sums: readonly ExportSum[] },
): Promise<boolean> {
  const kept = await q.query({
    name: 'exports_progress',
    text: `update exports set rows_done = $4, rows_total = $5, sums = $6
      where merchant_id = $1 and mode = $2 and id = $3 and status = 'running' returning id`,
    values: [
      scope.merchantId,
      scope.mode,
      id,
      BigInt(progress.rows),
      BigInt(progress.total),
      JSON.stringify(progress.sums),
    ],
  })
  return kept.length > 0
}

export type FinishedFile = {
  readonly rows: number
  readonly sums: readonly ExportSum[]
  readonly sha256: Buffer
  readonly bytes: number
  readonly fileName: string
}

export async function finishExport(
  tx: Tx,
  scope: Scope,
  id: string,
  file: FinishedFile,
): Promise<ExportRow | undefined> {
  const [row] = await tx.query<ExportRow>({
    name: 'exports_finish',
    text: `update exports set status = 'done', rows_done = $4, rows_total = $4, sums = $5,
        sha256 = $6, bytes = $7, file_name = $8, message = null, finished_at = now()
      where merchant_id = $1 and mode = $2 and id = $3 and status = 'running' returning *`,
    values: [
      scope.merchantId,
      scope.mode,
      id,
      BigInt(file.rows),
      JSON.stringify(file.sums),
      file.sha256,
      BigInt(file.bytes),
      file.fileName,
    ],
  })
  return row
}

export type KeptFile = { merchant_id: string; mode: Mode; id: string; sha256: Buffer }

/** Forgets the files of exports that ended before a time, and names them. */
export async function forgetFiles(q: Queryable, before: Date): Promise<KeptFile[]> {
  return q.query<KeptFile>({
    text: `update exports set file_name = null
      where file_name is not null and finished_at < $1 returning merchant_id, mode, id, sha256`,
    values: [before],
  })
}

/** Which of these exports still have a file, by id. */
export async function keptFiles(q: Queryable, ids: readonly string[]): Promise<KeptFile[]> {
  return q.query<KeptFile>({
    text: `select merchant_id, mode, id, sha256 from exports
      where id = any($1) and file_name is not null`,
    values: [ids],
  })
}
