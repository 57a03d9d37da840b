import { auditAll, type Check, type Progress } from '#server/oversight/integrity/index.ts'
import {
  type Embedded,
  explainConnectionFault,
  findEmbedded,
  hasEmbedded,
  openDatabase,
  StartFault,
  sqlState,
  startEmbedded,
} from '#server/platform/postgres/index.ts'
import { reportOf, tableOf } from './audit-report.ts'
import { type Config, environment, readConfig } from './config.ts'

/**
 * What `florin audit` runs: everything that should agree, compared; nothing is changed. It stands
 * here and not in cli/, which sees only the contract and has checked the arguments.
 */
const EXIT = { clean: 0, findings: 1, unreachable: 5, interrupted: 130 } as const

/** PostgreSQL's codes for a table, column or function that is not there. */
const OTHER_SCHEMA: readonly string[] = ['42P01', '42703', '42883', '3F000']

const json = process.argv.includes('--json')
const tell = (line: string) => process.stderr.write(`${line}\n`)

type Reached = { readonly url: string; readonly close: () => Promise<void> }

/** The database of the settings: given, served by a running Florin, or started for this once. */
async function reach(config: Config): Promise<Reached> {
  const nothing = async () => undefined
  if (config.databaseUrl !== null) return { url: config.databaseUrl, close: nothing }
  const running = await findEmbedded(config.dataDir)
  if (running !== null) return { url: running, close: nothing }
  if (!(await hasEmbedded(config.dataDir))) {
    throw new StartFault(
      `There is no Florin data in ${config.dataDir}: set FLORIN_DATA or DATABASE_URL to its place.`,
    )
  }
  if (!json) tell('Florin is not running: its database is started for the audit.')
  const embedded: Embedded = await startEmbedded({ dataDir: config.dataDir })
  stopOnSignal(embedded.stop)
  return { url: embedded.url, close: embedded.stop }
}

function stopOnSignal(stop: () => Promise<void>): void {
  const end = async () => {
    await stop().catch(() => undefined)
    process.exit(EXIT.interrupted)
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
}

/** Counts up on a terminal's last line; says nothing into a pipe. */
function counter(): (progress: Progress) => void {
  const { stderr } = process
  if (json || !stderr.isTTY) return () => undefined
  return ({ check, done }) => stderr.write(`\r\u001b[K${check}: ${done.toLocaleString('en')} read`)
}

async function audit(url: string): Promise<number> {
  const db = openDatabase({ url, poolSize: 2 })
  const done = new Map<Check, number>()
  const show = counter()
  try {
    const findings = await auditAll(db, {
      onProgress: (progress) => {
        done.set(progress.check, progress.done)
        show(progress)
      },
    })
    if (process.stderr.isTTY && !json) process.stderr.write('\r\u001b[K')
    const report = reportOf(findings, done)
    process.stdout.write(`${json ? JSON.stringify(report, null, 2) : tableOf(report)}\n`)
    return report.clean ? EXIT.clean : EXIT.findings
  } catch (fault) {
    throw new StartFault(
      OTHER_SCHEMA.includes(sqlState(fault) ?? '')
        ? 'This database does not hold the books of this version: start Florin on it first.'
        : explainConnectionFault(fault, url),
    )
  } finally {
    await db.close()
  }
}

async function main(): Promise<number> {
  const read = readConfig(environment())
  if (!read.ok) throw new StartFault(read.errors.join('\n'))
  const { url, close } = await reach(read.config)
  try {
    return await audit(url)
  } finally {
    await close()
  }
}

try {
  process.exitCode = await main()
} catch (fault) {
  tell(fault instanceof StartFault ? fault.message : String((fault as Error).stack))
  process.exitCode = EXIT.unreachable
}
