import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { MAIN, openCluster } from './cluster.ts'
import { benchExports, prepareExports } from './exports.ts'
import { benchPayments } from './payments.ts'
import { exportsTable, paymentsTable } from './report.ts'

/**
 * `npm run bench`: the product against the database's own limit, measured side by side in one run.
 * `--quick` is for looking whether it works: fewer and shorter rounds, no result file.
 */
const quick = process.argv.includes('--quick')
const PAYMENTS = quick
  ? { wallets: 20_000, rounds: 3, slice_s: 2 }
  : { wallets: 100_000, rounds: 7, slice_s: 4 }
const EXPORTS = quick ? { rows: 50_000, rounds: 3 } : { rows: 200_000, rounds: 7 }

const say = (line: string) => process.stdout.write(`${line}\n`)

async function main(): Promise<boolean> {
  const [processor] = cpus()
  const machine = {
    processors: cpus().length,
    model: processor?.model ?? 'unknown',
    memory_bytes: totalmem(),
    node: process.versions.node,
  }
  const load_before = loadavg()
  const cluster = await openCluster()
  try {
    say(`PostgreSQL ${cluster.version}, durable; Node ${machine.node}; ${machine.processors} CPUs.`)
    await prepareExports(cluster, MAIN)
    const payments = await benchPayments(cluster, PAYMENTS, say)
    const exports = await benchExports(cluster, EXPORTS, say)
    say(`\n${paymentsTable(payments)}\n\n${exportsTable(exports)}`)
    const [before, after] = [load_before, loadavg()].map((load) => load[0]?.toFixed(1))
    say(`\nLoad of the machine: ${before} before, ${after} after.`)
    const result = { machine, postgres: cluster.version, load_before, load_after: loadavg() }
    if (!quick) keep({ at: new Date().toISOString(), ...result, payments, exports })
    const { answered_2xx, payments_kept, audit_findings } = payments
    return audit_findings === 0 && payments_kept === answered_2xx
  } finally {
    await cluster.stop()
  }
}

function keep(result: { readonly at: string } & Readonly<Record<string, unknown>>): void {
  const folder = join(import.meta.dirname, 'results')
  mkdirSync(folder, { recursive: true })
  const file = `${result.at.slice(0, 10)}.json`
  writeFileSync(join(folder, file), `${JSON.stringify(result, null, 2)}\n`)
  say(`Written to bench/results/${file}.`)
}

const right = await main()
if (!right) say('The books or the counts are wrong: the figures mean nothing.')
process.exitCode = right ? 0 : 1
