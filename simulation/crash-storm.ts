import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { auditAll } from '#server/oversight/integrity/index.ts'
import { findEmbedded, openDatabase } from '#server/platform/postgres/index.ts'
import { type Dice, makeDice } from './dice.ts'
import { type Load, startLoad } from './load.ts'
import { compareBooks, untilSettled } from './store.ts'

/**
 * Kills the whole product, database included, at random moments under a load of payments, starts it
 * again, and at the end compares what we say with what the sandbox's own books say.
 *
 *     npm run crash-storm -- --kills 20 --seed 7
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const OWNER = { OWNER_EMAIL: 'owner@storm.test', OWNER_PASSWORD: 'correct horse battery staple' }
const say = (line: string) => process.stdout.write(`${line}\n`)

/** Fewer captures than this and the storm was none. */
const FEWEST_CAPTURES = 100

type Storm = {
  readonly origin: string
  readonly dataDir: string
  readonly env: NodeJS.ProcessEnv
}

function boot(storm: Storm): ChildProcess {
  return spawn(process.execPath, [join(ROOT, 'server/src/main.ts')], {
    cwd: storm.dataDir,
    env: storm.env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

async function ready(storm: Storm, child: ChildProcess): Promise<number> {
  const begun = performance.now()
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server left with ${child.exitCode}`)
    const answer = await fetch(`${storm.origin}/readyz`).catch(() => null)
    if (answer?.ok) return performance.now() - begun
    if (performance.now() - begun > 60_000) throw new Error('not ready within 60 s')
    await pause(50)
  }
}

/** Everything the server has started, PostgreSQL's processes too, dies at once. */
function killTree(pid: number): void {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=']).toString().trim().split('\n')
  const children = new Map<number, number[]>()
  for (const row of rows) {
    const [own = 0, parent = 0] = row.trim().split(/\s+/).map(Number)
    children.set(parent, [...(children.get(parent) ?? []), own])
  }
  const all = [pid]
  for (const one of all) all.push(...(children.get(one) ?? []))
  for (const one of all) {
    try {
      process.kill(one, 'SIGKILL')
    } catch {
      // It died with its parent.
    }
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

async function storm(kills: number, dice: Dice): Promise<string[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'florin-storm-'))
  const port = await freePort()
  const env = {
    ...OWNER,
    PORT: String(port),
    FLORIN_DATA: dataDir,
    DEMO: 'off',
    LOG_LEVEL: 'silent',
  }
  const at: Storm = {
    origin: `http://localhost:${port}`,
    dataDir,
    env,
  }
  let child = boot(at)
  await ready(at, child)
  const load = await startLoad(at.origin, OWNER, dice)
  try {
    for (let kill = 1; kill <= kills; kill++) {
      await pause(dice.between(400, 3000))
      killTree(child.pid ?? 0)
      await new Promise((resolve) =>
        child.exitCode === null ? child.once('exit', resolve) : resolve(0),
      )
      child = boot(at)
      const back_ms = await ready(at, child)
      say(`kill ${kill} of ${kills}: back in ${Math.round(back_ms)} ms, ${load.created()} payments`)
    }
    await pause(1000)
    await load.stop()
    return await judge(at, load)
  } finally {
    await load.stop()
    killTree(child.pid ?? 0)
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function judge(at: Storm, load: Load): Promise<string[]> {
  const url = await findEmbedded(at.dataDir)
  if (!url) return ['the database is not running after the last start']
  const db = openDatabase({ url, poolSize: 4, role: null })
  try {
    const waited_ms = await untilSettled(db, 180_000)
    say(`everything settled after ${Math.round(waited_ms / 1000)} s`)
    const books = await compareBooks(db)
    say(
      `${books.payments} payments; ${books.captures} captures and ${books.refunds} refunds in ` +
        `the sandbox's books; ${load.acknowledged().length} payments acknowledged to callers`,
    )
    const lost = await books.missing(load.acknowledged())
    const findings = await auditAll(db, {})
    const calm = books.captures < FEWEST_CAPTURES ? ['too few payments to prove anything'] : []
    return [
      ...calm,
      ...books.differences,
      ...lost.map((id) => `${id} was acknowledged and is gone`),
      ...findings.map((one) => `audit ${one.check}: ${one.sentence}`),
    ]
  } finally {
    await db.close()
  }
}

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
})
const differences = await storm(Number(values.kills), makeDice(Number(values.seed)))
for (const line of differences.slice(0, 50)) say(`DIFFERENCE  ${line}`)
say(differences.length === 0 ? 'The books agree.' : `${differences.length} differences.`)
process.exit(differences.length === 0 ? 0 : 1)
