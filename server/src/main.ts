import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock, systemRandom } from '#server/platform/clock.ts'
import { makeLog, messageOf } from '#server/platform/log.ts'
import {
  checkServer,
  type Embedded,
  migrate,
  openDatabase,
  StartFault,
  startEmbedded,
} from '#server/platform/postgres/index.ts'
import { moveAccounts } from '#server/records/gateway-accounts/index.ts'
import { type Config, environment, loadAppSecret, publicUrl, readConfig } from './config.ts'
import { type FirstRun, firstRun } from './first-run.ts'
import { assemble, type Florin } from './florin.ts'
import { meter } from './meter.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const say = (line: string) => process.stdout.write(`${line}\n`)

/** How long running requests and jobs may take to end before we leave anyway. */
const DRAIN_MS = 25_000

async function main(): Promise<void> {
  const read = readConfig(environment())
  if (!read.ok) throw new StartFault(read.errors.join('\n'))
  const { config } = read
  const embedded = config.databaseUrl ? null : await startEmbedded({ dataDir: config.dataDir })
  for (const note of embedded?.notes ?? []) say(note)
  const running: { florin: Florin | null; close: () => Promise<void> } = {
    florin: null,
    close: async () => embedded?.stop(),
  }
  try {
    await serve(config, embedded, running)
  } catch (fault) {
    await running.close()
    throw fault
  }
}

async function serve(
  config: Config,
  embedded: Embedded | null,
  running: { florin: Florin | null; close: () => Promise<void> },
): Promise<void> {
  const url = config.databaseUrl ?? embedded?.url ?? ''
  await checkServer(url)
  const { version: schemaVersion } = await migrate(url)
  const log = makeLog(systemClock, config.logLevel)
  const db = openDatabase({ url, poolSize: config.poolSize })
  running.close = async () => {
    await db.close()
    await embedded?.stop()
  }
  const appSecret = await loadAppSecret(config, systemRandom)
  const version = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version as string
  const florin = await assemble({
    config,
    db,
    clock: systemClock,
    random: systemRandom,
    log,
    appSecret,
    version,
    schemaVersion,
    root: ROOT,
  })
  const stopping = new AbortController()
  running.close = async () => {
    stopping.abort()
    await florin.stop()
    await db.close()
    await embedded?.stop()
  }
  stopOnSignal(running.close)
  const port = await listen(florin, config)
  const sandboxUrl = `http://127.0.0.1:${port}/sandbox`
  await moveAccounts(db, 'sandbox', sandboxUrl)
  const first = await firstRun({ ...florin.deps, secrets: florin.secrets, config }, sandboxUrl)
  // Before anything that may be interrupted: the password is told this once.
  if (first) showSignIn(first)
  await demo(florin, config, first, stopping.signal)
  if (!stopping.signal.aborted) greet(publicUrl(config, port))
}

async function listen(florin: Florin, config: Config): Promise<number> {
  try {
    return await florin.listen(config.port, config.host)
  } catch (fault) {
    const code = (fault as NodeJS.ErrnoException).code
    if (code === 'EADDRINUSE') {
      throw new StartFault(
        `Port ${config.port} is taken. Stop the program that uses it, or start with PORT=8081.`,
      )
    }
    if (code === 'EACCES') {
      throw new StartFault(`Port ${config.port} is not allowed here. Start with PORT=8080.`)
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new StartFault(`HOST=${config.host} is not an address of this machine.`)
    }
    throw fault
  }
}

/** On the first run, and on a later one if the first was interrupted. */
async function demo(
  florin: Florin,
  config: Config,
  first: FirstRun | null,
  signal: AbortSignal,
): Promise<void> {
  const { finishDemoData, makeDemoData } = await import('./demo/index.ts')
  const choices = { signal, onProgress: meter('Making demo data', process.stdout) }
  if (first === null) await finishDemoData(florin, choices)
  else if (config.demo) await makeDemoData(florin, first.merchantId, say, choices)
}

function showSignIn({ email, password }: FirstRun): void {
  say('')
  if (password) {
    say(`Sign in with:     ${email}`)
    say(`Password:         ${password}   (shown once; keep it)`)
  } else say(`Sign in with:     ${email} and the password from OWNER_PASSWORD`)
}

function greet(address: string): void {
  say('')
  say(`Florin is ready:  ${address}`)
  say('Stop with Ctrl C.')
}

function stopOnSignal(close: () => Promise<void>): void {
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    say('Stopping: running requests end first.')
    const late = setTimeout(() => process.exit(1), DRAIN_MS)
    late.unref()
    try {
      await close()
      process.exit(0)
    } catch (fault) {
      process.stderr.write(`${messageOf(fault)}\n`)
      process.exit(1)
    }
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('disconnect', stop)
}

try {
  await main()
} catch (fault) {
  const text = fault instanceof StartFault ? fault.message : (fault as Error).stack
  process.stderr.write(`${text}\n`)
  process.exit(1)
}
