import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { assert } from '#server/kernel/assert.ts'
import { type Scope, SYSTEM } from '#server/kernel/scope.ts'
import { askOf, orderOf, PAYMENTS } from '#server/oversight/lists/index.ts'
import { newToken } from '#server/platform/clock.ts'
import type { Deps } from '#server/platform/deps.ts'
import type { Job, JobHandler } from '#server/platform/jobs.ts'
import { messageOf } from '#server/platform/log.ts'
import { sqlState } from '#server/platform/postgres/index.ts'
import { type ExportRow, fileNameOf, headOf, sayWhy, type WhyFailed } from '../export.ts'
import { copyText } from '../store/copy.ts'
import { finishExport, moveExport, saveProgress } from '../store/exports.ts'
import { afterFirstLine, type Manifest, readManifest, rowCounter } from '../stream.ts'
import { tell } from './start.ts'

export type ExportDeps = Deps & { readonly exportsDir: string }

/** How often the row says how far the file is, and looks whether somebody stopped it. */
const PROGRESS_MS = 400
const TRIES = 3
const BUSY_AGAIN_MS = 1000

/** Found by the digest of its bytes: two workers can never write over each other's file. */
export const pathOf = (dir: string, id: string, sha256: Buffer): string =>
  join(dir, `${id}.${sha256.toString('hex').slice(0, 16)}.csv`)

/**
 * Makes the file of an export. Whoever takes the job over from a dead worker starts the file from
 * its beginning: the request names its moment, so unchanged rows give the same bytes.
 */
export const runExport =
  (deps: ExportDeps): JobHandler =>
  async (job) => {
    const row = await moveExport(deps.db, job.scope, job.key, 'start')
    if (!row) return undefined
    const stop = new AbortController()
    const signal = AbortSignal.any([job.signal, stop.signal])
    await mkdir(deps.exportsDir, { recursive: true, mode: 0o700 })
    const part = join(deps.exportsDir, `${row.id}.${newToken(deps.random)}.part`)
    try {
      const file = await writeFile(deps, job.scope, row, part, stop, signal)
      await keep(deps, job.scope, row, part, file)
      return undefined
    } catch (fault) {
      return await afterFault(deps, job, row, stop.signal, fault)
    } finally {
      await rm(part, { force: true })
    }
  }

type Written = Manifest & { readonly bytes: number; readonly sha256: Buffer }

async function writeFile(
  deps: ExportDeps,
  scope: Scope,
  row: ExportRow,
  part: string,
  stop: AbortController,
  signal: AbortSignal,
): Promise<Written> {
  const source = await deps.db.copyOut(statementOf(scope, row))
  const hash = createHash('sha256')
  const state = { rows: 0, bytes: 0, manifest: null as Manifest | null }
  const timer = setInterval(() => {
    report(deps, scope, row.id, state).then(
      (goesOn) => goesOn || stop.abort(),
      () => undefined,
    )
  }, PROGRESS_MS)
  try {
    const sink = createWriteStream(part, { mode: 0o600, flush: true })
    await pipeline(source, (bytes: Readable) => body(bytes, row, hash, state), sink, { signal })
  } finally {
    clearInterval(timer)
  }
  const { manifest, rows, bytes } = state
  assert(manifest && rows === manifest.rows, 'an export has as many rows as its sums say')
  return { ...manifest, bytes, sha256: hash.digest() }
}

function statementOf(scope: Scope, row: ExportRow): string {
  const { request, time_zone: timeZone, created_at } = row
  const asked = askOf(PAYMENTS, request.q, {
    now_ms: created_at.getTime(),
    timeZone,
    locale: 'en',
  })
  const order = orderOf(PAYMENTS, request.sort)
  assert(asked.ok && order.ok, 'what an export asks for was read when it was made')
  return copyText(scope, asked.value, order.value, request, timeZone)
}

type State = { rows: number; bytes: number; manifest: Manifest | null }

async function* body(
  source: AsyncIterable<Buffer>,
  row: ExportRow,
  hash: { update: (bytes: Uint8Array) => unknown },
  state: State,
): AsyncGenerator<Buffer> {
  const pass = (bytes: Buffer): Buffer => {
    hash.update(bytes)
    state.bytes += bytes.length
    return bytes
  }
  const count = rowCounter()
  yield pass(Buffer.from(headOf(row.request)))
  const rows = afterFirstLine(source, (line) => {
    state.manifest = readManifest(line)
  })
  for await (const bytes of rows) {
    state.rows = count(bytes)
    yield pass(bytes)
  }
}

const report = (deps: ExportDeps, scope: Scope, id: string, state: State): Promise<boolean> =>
  saveProgress(deps.db, scope, id, {
    rows: state.rows,
    total: state.manifest?.rows ?? 0,
    sums: state.manifest?.sums ?? [],
  })

/** The whole file gets its name before the row says that it is there. */
async function keep(
  deps: ExportDeps,
  scope: Scope,
  row: ExportRow,
  part: string,
  file: Written,
): Promise<void> {
  const path = pathOf(deps.exportsDir, row.id, file.sha256)
  await rename(part, path)
  await syncFolder(deps.exportsDir)
  const done = await deps.db.tx(async (tx) => {
    const finished = await finishExport(tx, scope, row.id, { ...file, fileName: fileNameOf(row) })
    if (finished) await tell(deps, tx, scope, SYSTEM, 'export.completed', finished)
    return finished
  })
  // Stopped in the last moment: nobody will ask for the file.
  if (!done) await rm(path, { force: true })
}

async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r')
  await folder.sync().finally(() => folder.close())
}

async function afterFault(
  deps: ExportDeps,
  job: Job,
  row: ExportRow,
  stopped: AbortSignal,
  fault: unknown,
): Promise<{ again_in_ms: number } | undefined> {
  if (stopped.aborted) return undefined
  // This process ends or has lost the job: another one starts the file over.
  if (job.signal.aborted) return { again_in_ms: 0 }
  if (/timeout exceeded when trying to connect/.test(messageOf(fault))) {
    return { again_in_ms: BUSY_AGAIN_MS }
  }
  const why = whyOf(fault)
  if (why === 'broken' && job.attempts + 1 < TRIES) throw fault
  deps.log.error('export failed', { export: row.id, fault: messageOf(fault) })
  await deps.db.tx(async (tx) => {
    const message = sayWhy(why, row.request.locale)
    const failed = await moveExport(tx, job.scope, row.id, 'fail', message)
    if (failed) await tell(deps, tx, job.scope, SYSTEM, 'export.failed', failed)
  })
  return undefined
}

const STATEMENT_TOO_LONG = '57014'

function whyOf(fault: unknown): WhyFailed {
  const code = (fault as NodeJS.ErrnoException | null)?.code
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'no_space'
  return sqlState(fault) === STATEMENT_TOO_LONG ? 'too_long' : 'broken'
}
