import { AsyncLocalStorage } from 'node:async_hooks'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { assert } from '../../kernel/assert.ts'
import type { Result } from '../../kernel/result.ts'
import { type Random, systemRandom } from '../clock.ts'
import { forDriver } from './check.ts'
import { type Listen, makeListener } from './listener.ts'
import { sqlTypes } from './types.ts'

export type Query = {
  /** Statements with a name are parsed once per connection: use one on the money path. */
  readonly name?: string
  readonly text: string
  readonly values?: readonly unknown[]
}
export type Queryable = { readonly query: <R = Record<string, unknown>>(q: Query) => Promise<R[]> }
export type Tx = Queryable & { readonly tx: true }

export type Database = Queryable & {
  /** READ COMMITTED. A throw rolls back; a returned refusal commits (see `txResult`). */
  readonly tx: <T>(run: (tx: Tx) => Promise<T>) => Promise<T>
  /** As `tx`, and a returned refusal rolls back. */
  readonly txResult: <T, C extends string>(
    run: (tx: Tx) => Promise<Result<T, C>>,
  ) => Promise<Result<T, C>>
  /** `copy (…) to stdout …` as a stream; destroying it ends the statement. */
  readonly copyOut: (text: string) => Promise<Readable>
  readonly listen: Listen
  readonly stats: () => { readonly total: number; readonly idle: number; readonly waiting: number }
  readonly close: () => Promise<void>
}

export type DatabaseOptions = {
  readonly url: string
  readonly poolSize: number
  /** The role every statement runs as; null keeps the one that signs in. */
  readonly role?: string | null
  readonly random?: Random
  /** Told about connections that break while nobody uses them. */
  readonly onFault?: (fault: Error) => void
}

const STATEMENT_LIMIT_MS = 10_000
const IDLE_TX_LIMIT_MS = 15_000
const LOCK_LIMIT_MS = 5_000
const CONNECTION_LIMIT_MS = 10_000
const EXPORT_LIMIT_MS = 600_000
const COPY_POOL_SIZE = 2
/** Serialization failure and deadlock: PostgreSQL asks for the whole transaction again. */
const RETRIED: readonly string[] = ['40001', '40P01']
const MAX_RETRIES = 5
const RETRY_STEP_MS = 10

/** Whether the current call runs inside a transaction; off again as soon as it has ended. */
const current = new AsyncLocalStorage<{ open: boolean }>()
export const insideTransaction = (): boolean => current.getStore()?.open === true

/** A network call may take longer than any lock should be held: intent, call, record. */
export function assertOutsideTransaction(doing: string): void {
  assert(!insideTransaction(), `tried to ${doing} inside a database transaction`)
}

export const sqlState = (fault: unknown): string | null =>
  fault instanceof pg.DatabaseError ? (fault.code ?? null) : null

/** Whether a statement broke a constraint (SQLSTATE class 23), that one if it is named. */
export const violates = (fault: unknown, constraint?: string): boolean =>
  fault instanceof pg.DatabaseError &&
  (fault.code?.startsWith('23') ?? false) &&
  (constraint === undefined || fault.constraint === constraint)

async function ask<R>(on: pg.Pool | pg.ClientBase, q: Query): Promise<R[]> {
  const { rows } = await on.query({ ...q, values: [...(q.values ?? [])] })
  return rows as R[]
}

function poolOf(options: DatabaseOptions, max: number, statementLimit_ms: number): pg.Pool {
  const { role = 'florin_app', onFault = () => {} } = options
  const url = new URL(forDriver(options.url))
  // pg lets the address win over its other options, so what it asks for is moved before ours.
  const asked = url.searchParams.get('options')
  url.searchParams.delete('options')
  const settings = {
    ...(role ? { role } : {}),
    jit: 'off',
    timezone: 'UTC',
    statement_timeout: statementLimit_ms,
    idle_in_transaction_session_timeout: IDLE_TX_LIMIT_MS,
    lock_timeout: LOCK_LIMIT_MS,
  }
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  const pool = new pg.Pool({
    connectionString: url.href,
    options: [...(asked ? [asked] : []), ...flags].join(' '),
    application_name: 'florin',
    max,
    connectionTimeoutMillis: CONNECTION_LIMIT_MS,
    types: sqlTypes,
  })
  pool.on('error', onFault)
  return pool
}

class RolledBack extends Error {}

async function once<T>(pool: pg.Pool, run: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  const marker = { open: true }
  let broken: Error | boolean = false
  const onError = (fault: Error) => {
    broken = fault
  }
  client.on('error', onError)
  try {
    await client.query('begin')
    const tx: Tx = { tx: true, query: (q) => ask(client, q) }
    const answer = await current.run(marker, () => run(tx))
    await client.query('commit')
    return answer
  } catch (fault) {
    await client.query('rollback').catch(() => {
      broken = true
    })
    throw fault
  } finally {
    marker.open = false
    client.off('error', onError)
    client.release(broken)
  }
}

async function withRetries<T>(
  pool: pg.Pool,
  random: Random,
  run: (tx: Tx) => Promise<T>,
): Promise<T> {
  assert(!insideTransaction(), 'began a transaction inside a transaction: pass tx down')
  for (let retry = 0; ; retry += 1) {
    try {
      return await once(pool, run)
    } catch (fault) {
      if (!RETRIED.includes(sqlState(fault) ?? '') || retry === MAX_RETRIES) throw fault
      const jitter = (random.bytes(1)[0] ?? 0) / 256
      await pause(RETRY_STEP_MS * 2 ** retry * (0.5 + jitter))
    }
  }
}

async function copyOut(pool: pg.Pool, text: string): Promise<Readable> {
  assert(!insideTransaction(), 'began an export inside a transaction')
  const client = await pool.connect()
  const stream = client.query(copyTo(text))
  // The stream reports a broken connection; the client reports it too, and must be heard.
  const ignore = () => {}
  client.on('error', ignore)
  let over = false
  const release = (fault?: Error | boolean) => {
    if (over) return
    over = true
    client.off('error', ignore)
    client.release(fault)
  }
  stream.once('end', () => release())
  stream.once('error', (fault) => release(fault))
  // Closed before its end: the server must not go on sending into a connection nobody reads.
  stream.once('close', () => release(true))
  return stream
}

/** Opens lazily: a wrong address shows at the first statement (see `checkServer`). */
export function openDatabase(options: DatabaseOptions): Database {
  const { random = systemRandom, onFault = () => {} } = options
  const pool = poolOf(options, options.poolSize, STATEMENT_LIMIT_MS)
  const copyPool = poolOf(options, COPY_POOL_SIZE, EXPORT_LIMIT_MS)
  const listener = makeListener(forDriver(options.url), onFault)
  const tx: Database['tx'] = (run) => withRetries(pool, random, run)
  const txResult: Database['txResult'] = async (run) => {
    const refused: { answer: Awaited<ReturnType<typeof run>> | null } = { answer: null }
    try {
      return await tx(async (open) => {
        const answer = await run(open)
        if (answer.ok) return answer
        refused.answer = answer
        throw new RolledBack()
      })
    } catch (fault) {
      if (fault instanceof RolledBack && refused.answer) return refused.answer
      throw fault
    }
  }
  return {
    query: async (q) => {
      assert(!insideTransaction(), 'asked the pool inside a transaction: pass tx down')
      return ask(pool, q)
    },
    tx,
    txResult,
    copyOut: (text) => copyOut(copyPool, text),
    listen: listener.listen,
    stats: () => ({
      total: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close: async () => {
      await listener.close()
      await Promise.all([pool.end(), copyPool.end()])
    },
  }
}
