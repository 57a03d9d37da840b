import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { CENTS, CUSTOMERS } from './seed.ts'

/** What the database alone can do: many clients that call one function and do nothing else. */
export type Limit = {
  readonly with: string
  readonly run: (clients: number, slice_ms: number) => Promise<Calls>
  readonly close: () => Promise<void>
}
export type Calls = { readonly answered: number; readonly per_s: number }

const CALL = 'select bench.one_payment($1::int, $2::bigint)'
const SCRIPT = `\\set n random(0, ${CUSTOMERS - 1})
\\set cents random(${CENTS.least}, ${CENTS.most})
select bench.one_payment(:n, :cents);
`
/** The session that the product's own pool asks for. */
const SESSION = '-c role=florin_app -c jit=off -c timezone=UTC'

const DEBIAN = '/usr/lib/postgresql'

/** A program of PostgreSQL's, from PATH or where Debian keeps it; null when there is none. */
export function findProgram(name: string): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort().reverse() : []
  const folders = [
    ...(process.env.PATH ?? '').split(':'),
    ...versions.map((version) => join(DEBIAN, version, 'bin')),
  ]
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null
}

export async function findLimit(databaseUrl: string, useDriver: boolean): Promise<Limit> {
  const pgbench = useDriver ? null : findProgram('pgbench')
  return pgbench ? byPgbench(pgbench, databaseUrl) : byDriver(databaseUrl)
}

const run = promisify(execFile)

async function byPgbench(pgbench: string, databaseUrl: string): Promise<Limit> {
  const env = { ...process.env, PGOPTIONS: SESSION }
  const { stdout: version } = await run(pgbench, ['--version'])
  return {
    with: version.trim().replace(/ \(PostgreSQL\) (\S+).*/, ' $1'),
    run: async (clients, slice_ms) => {
      const threads = Math.min(clients, availableParallelism())
      const seconds = Math.max(1, Math.round(slice_ms / 1000))
      const choices = ['-n', '-M', 'prepared', '-f', '-', '-T', `${seconds}`]
      const size = ['-c', `${clients}`, '-j', `${threads}`]
      const running = run(pgbench, [...choices, ...size, databaseUrl], { env })
      running.child.stdin?.end(SCRIPT)
      return readPgbench((await running).stdout)
    },
    close: async () => {},
  }
}

/** Calls per second without the time to connect, which is the kinder number to pgbench. */
export function readPgbench(said: string): Calls {
  const find = (pattern: RegExp) => Number(pattern.exec(said)?.[1] ?? Number.NaN)
  const answered = find(/transactions actually processed: (\d+)/)
  const per_s = find(/tps = ([\d.]+) \(without initial connection time\)/)
  const failed = find(/failed transactions: (\d+)/)
  if (!(answered > 0 && per_s > 0) || failed > 0) throw new Error(`pgbench said: ${said}`)
  return { answered, per_s }
}

/** The same calls through the product's driver, where there is no pgbench. */
async function byDriver(databaseUrl: string): Promise<Limit> {
  const open = async () => {
    const client = new pg.Client({ connectionString: databaseUrl, options: SESSION })
    await client.connect()
    return client
  }
  const clients: pg.Client[] = []
  return {
    with: "Node's driver",
    run: async (count, slice_ms) => {
      while (clients.length < count) clients.push(await open())
      const begun = performance.now()
      let answered = 0
      const caller = async (client: pg.Client) => {
        while (performance.now() - begun < slice_ms) {
          const values = [randomInt(CUSTOMERS), randomInt(CENTS.least, CENTS.most + 1)]
          await client.query({ name: 'one_payment', text: CALL, values })
          answered += 1
        }
      }
      await Promise.all(clients.slice(0, count).map(caller))
      return { answered, per_s: answered / ((performance.now() - begun) / 1000) }
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.end()))
    },
  }
}
