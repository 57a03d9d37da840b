import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { JobHandlers } from '#server/platform/jobs.ts'
import { type ExportDeps, pathOf, runExport } from './actions/run.ts'
import { EXPORT_JOB } from './actions/start.ts'
import { forgetFiles, keptFiles } from './store/exports.ts'

const DAY_MS = 86_400_000
/** How long a file is kept. */
const KEEP_DAYS = 14

export const exportJobs = (deps: ExportDeps): JobHandlers => ({ [EXPORT_JOB]: runExport(deps) })

/** Deletes files that are old, and what dead workers left. Returns how many files went. */
export async function sweepExports(deps: ExportDeps): Promise<number> {
  const now_ms = deps.clock.now()
  const old = await forgetFiles(deps.db, new Date(now_ms - KEEP_DAYS * DAY_MS))
  for (const { id, sha256 } of old) await rm(pathOf(deps.exportsDir, id, sha256), { force: true })
  const names = await namesIn(deps.exportsDir)
  const ids = new Set(names.map((name) => name.split('.')[0] ?? ''))
  const kept = await keptFiles(deps.db, [...ids])
  const wanted = new Set(kept.map(({ id, sha256 }) => pathOf(deps.exportsDir, id, sha256)))
  let gone = old.length
  for (const name of names) {
    const path = join(deps.exportsDir, name)
    if (wanted.has(path) || !(await isOlder(path, now_ms - DAY_MS))) continue
    await rm(path, { force: true })
    gone += 1
  }
  return gone
}

async function namesIn(dir: string): Promise<string[]> {
  try {
    return (await readdir(dir)).filter((name) => /^exp_[0-9a-z]{26}\..+\.(csv|part)$/.test(name))
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw fault
  }
}

/** A younger file may be one that a worker is making now. */
async function isOlder(path: string, before_ms: number): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found !== null && found.mtimeMs < before_ms
}
