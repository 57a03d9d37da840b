import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Database, openDatabase, startThrowaway } from '#server/platform/postgres/index.ts'
import { parentOf } from './machine.ts'

/** The product as `npm start` runs it, a process of its own on a durable database of its own. */
export type Florin = {
  readonly origin: string
  readonly db: Database
  readonly databaseUrl: string
  readonly merchantId: string
  readonly key: { readonly id: string; readonly headers: Readonly<Record<string, string>> }
  readonly pid: number
  /** The first PostgreSQL process; null where the system does not tell. */
  readonly postgresPid: number | null
  /** Stops the server's clock, so that the database is somebody else's alone. */
  readonly pause: () => void
  readonly resume: () => void
  readonly stop: () => Promise<void>
}

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const START_LIMIT_MS = 60_000
/** As long as the name in bench/one-payment.ts, so that both write rows of one width. */
export const KEY_NAME = 'over HTTP'
const OWNER = { email: 'owner@bench.test', password: randomBytes(18).toString('base64url') }

export async function startFlorin(
  scopes: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Florin> {
  const postgres = await startThrowaway({ durable: true, settings })
  const dataDir = mkdtempSync(join(tmpdir(), 'florin-bench-'))
  const child = spawnServer(postgres.url, dataDir)
  // In a hurry there is nothing to drain: database and files go with it.
  const atExit = () => {
    child.kill('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
  }
  process.once('exit', atExit)
  const db = openDatabase({ url: postgres.url, poolSize: 4, role: null })
  const stop = async () => {
    child.kill('SIGCONT')
    const ended = new Promise((resolve) => child.once('exit', resolve))
    if (child.exitCode === null && child.kill('SIGTERM')) await ended
    await db.close()
    await postgres.stop()
    process.off('exit', atExit)
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    const origin = await addressOf(child)
    const [merchant] = await db.query<{ merchant_id: string; backend: number }>({
      text: 'select merchant_id, pg_backend_pid() as backend from merchants',
    })
    if (!merchant || !child.pid) throw new Error('the server said it is ready and has no merchant')
    return {
      origin,
      db,
      databaseUrl: postgres.url,
      merchantId: merchant.merchant_id,
      key: await makeKey(origin, scopes),
      pid: child.pid,
      postgresPid: parentOf(merchant.backend),
      pause: () => child.kill('SIGSTOP'),
      resume: () => child.kill('SIGCONT'),
      stop,
    }
  } catch (fault) {
    await stop()
    throw fault
  }
}

function spawnServer(databaseUrl: string, dataDir: string): ChildProcess {
  return spawn(process.execPath, [join(ROOT, 'server/src/main.ts')], {
    cwd: dataDir,
    env: {
      DATABASE_URL: databaseUrl,
      FLORIN_DATA: dataDir,
      PORT: '0',
      DEMO: 'off',
      OWNER_EMAIL: OWNER.email,
      OWNER_PASSWORD: OWNER.password,
    },
    // The channel closes when this process is killed, which tells Florin to stop as well.
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
}

/** Read from what it says when it is ready; later lines are read and dropped. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const late = setTimeout(() => reject(new Error('the server did not start')), START_LIMIT_MS)
    child.once('exit', (code) => {
      clearTimeout(late)
      reject(new Error(`the server left with ${code}: ${said}`))
    })
    child.stdout?.on('data', (chunk: Buffer) => {
      if (said.length < 10_000) said += chunk.toString()
      const port = /ready:\s+http:\/\/localhost:(\d+)/.exec(said)?.[1]
      if (!port) return
      clearTimeout(late)
      resolve(`http://127.0.0.1:${port}`)
    })
  })
}

async function makeKey(origin: string, scopes: readonly string[]): Promise<Florin['key']> {
  const post = async (path: string, body: object, headers: Record<string, string>) => {
    const answer = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        'florin-client': 'web',
        'florin-mode': 'test',
        ...headers,
      },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return answer
  }
  const signedIn = await post('/v1/sign_in', OWNER, {})
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const made = await post('/v1/api_keys', { name: KEY_NAME, scopes }, { cookie })
  const { id, secret } = (await made.json()) as { id: string; secret: string }
  return { id, headers: { authorization: `Bearer ${secret}` } }
}

const SETTLE_LIMIT_MS = 120_000
const SETTLE_POLL_MS = 20

/** Until every event is sealed and searchable. Returns how long that took. */
export async function settled(db: Database): Promise<number> {
  const begun = performance.now()
  for (;;) {
    const [waiting] = await db.query({ text: 'select 1 from outbox limit 1' })
    const waited_ms = performance.now() - begun
    if (!waiting) return waited_ms
    if (waited_ms > SETTLE_LIMIT_MS) throw new Error('the outbox does not empty')
    await new Promise((resolve) => setTimeout(resolve, SETTLE_POLL_MS))
  }
}
