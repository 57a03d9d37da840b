import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { type Embedded, migrate, startThrowaway } from '#server/platform/postgres/index.ts'

/** A PostgreSQL of the bench's own, as durable as the product's, with databases made as needed. */
export type Cluster = {
  readonly url: (database: string) => string
  /** Unix socket folder and login, for programs of PostgreSQL. */
  readonly sockets: string
  readonly user: string
  readonly version: string
  /** As the owner of everything. */
  readonly ask: <R>(database: string, text: string, values?: readonly unknown[]) => Promise<R[]>
  readonly copy: (from: string, to: string) => Promise<void>
  /** Seconds of CPU of every process of the server so far; null where /proc is not. */
  readonly cpuSeconds: () => number | null
  readonly walBytes: () => Promise<number>
  readonly stop: () => Promise<void>
}

export const MAIN = 'florin'

export async function openCluster(): Promise<Cluster> {
  // The statement of an export is read from the server while it runs, and is long.
  const settings = { track_activity_query_size: '65536' }
  const embedded = await startThrowaway({ durable: true, settings })
  try {
    await migrate(embedded.url)
    return await describeCluster(embedded)
  } catch (fault) {
    await embedded.stop()
    throw fault
  }
}

async function describeCluster(embedded: Embedded): Promise<Cluster> {
  const main = new URL(embedded.url)
  const url = (database: string) => {
    const other = new URL(main)
    other.pathname = `/${database}`
    return other.href
  }
  const ask = <R>(database: string, text: string, values: readonly unknown[] = []) =>
    once<R>(url(database), text, values)
  const [row] = await ask<{ directory: string; version: string }>(
    MAIN,
    `select current_setting('data_directory') as directory,
      current_setting('server_version') as version`,
  )
  const pidFile = join(row?.directory ?? '', 'postmaster.pid')
  const postmaster = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
  return {
    url,
    ask,
    sockets: main.searchParams.get('host') ?? '',
    user: main.username,
    version: row?.version ?? '',
    copy: async (from, to) => {
      await ask('postgres', `create database ${to} template ${from} strategy file_copy`)
    },
    cpuSeconds: () => cpuOf(postmaster),
    walBytes: async () => {
      const [at] = await ask<{ bytes: string }>(
        MAIN,
        `select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::text as bytes`,
      )
      return Number.parseInt(at?.bytes ?? '0', 10)
    },
    stop: embedded.stop,
  }
}

async function once<R>(url: string, text: string, values: readonly unknown[]): Promise<R[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const answer = await client.query(text, [...values])
    return (answer.rows ?? []) as R[]
  } finally {
    await client.end()
  }
}

/** Fields of /proc/…/stat after the name (proc(5)): user and system time, and of reaped children. */
const TIMES = { parent: 1, user: 11, system: 12, childUser: 13, childSystem: 14 } as const
const TICKS_PER_SECOND = 100

function statOf(pid: number): number[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return fields.map((field) => Number.parseInt(field, 10))
  } catch {
    return null
  }
}

function cpuOf(postmaster: number): number | null {
  const own = statOf(postmaster)
  if (own === null) return null
  const at = (stat: number[], field: keyof typeof TIMES) => stat[TIMES[field]] ?? 0
  let ticks = at(own, 'user') + at(own, 'system') + at(own, 'childUser') + at(own, 'childSystem')
  for (const name of readdirSync('/proc')) {
    const pid = Number.parseInt(name, 10)
    const stat = Number.isNaN(pid) ? null : statOf(pid)
    if (stat && at(stat, 'parent') === postmaster) ticks += at(stat, 'user') + at(stat, 'system')
  }
  return ticks / TICKS_PER_SECOND
}

/** Where a program of PostgreSQL is on this machine, or null. */
export function findProgram(name: string): { path: string; version: string } | null {
  try {
    const path = execFileSync('which', [name], { encoding: 'utf8' }).trim()
    const version = execFileSync(path, ['--version'], { encoding: 'utf8' }).trim()
    return { path, version }
  } catch {
    return null
  }
}
