import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Cluster, findProgram } from './cluster.ts'

const run = promisify(execFile)

export type DatabaseLoad = { readonly per_second: number; readonly transactions: number }
export type DatabaseDriver = {
  /** What drives the database, for the report. */
  readonly name: string
  readonly load: (clients: number, seconds: number) => Promise<DatabaseLoad>
  readonly close: () => void
}

/** pgbench where there is one, else a loop of ours over the same prepared statement. */
export function openDriver(cluster: Cluster, database: string, wallets: number): DatabaseDriver {
  const pgbench = findProgram('pgbench')
  const folder = mkdtempSync(join(tmpdir(), 'florin-bench-'))
  const close = () => rmSync(folder, { recursive: true, force: true })
  if (pgbench === null) {
    const program = join(import.meta.dirname, 'driver.ts')
    const load = async (clients: number, seconds: number): Promise<DatabaseLoad> => {
      const args = [program, cluster.url(database), clients, seconds, wallets].map(String)
      return JSON.parse((await run(process.execPath, args)).stdout) as DatabaseLoad
    }
    return { name: 'our own driver (pgbench was not found)', load, close }
  }
  const script = join(folder, 'one-payment.sql')
  writeFileSync(script, `\\set number random(1, ${wallets})\nselect one_payment(:number::int);\n`)
  const load = async (clients: number, seconds: number): Promise<DatabaseLoad> => {
    const { stdout } = await run(pgbench.path, [
      ...['-n', '-M', 'prepared', '-f', script, '-h', cluster.sockets, '-U', cluster.user],
      ...['-c', String(clients), '-j', '2', '-T', String(seconds), database],
    ])
    const found = (pattern: RegExp) => Number(pattern.exec(stdout)?.[1])
    return {
      per_second: found(/tps = ([0-9.]+) \(without/),
      transactions: found(/transactions actually processed: ([0-9]+)/),
    }
  }
  return { name: pgbench.version, load, close }
}
