import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { openDatabase } from '#server/platform/postgres/index.ts'
import { type Cluster, findProgram } from './cluster.ts'
import { makeOwner, startProduct } from './product.ts'
import { interleave, meets, type Summary, summary } from './rounds.ts'

/** S6: rows a second of a CSV over HTTP, asked for, made and downloaded, against COPY of the same. */
export type ExportsScale = { readonly rows: number; readonly rounds: number }
const GOAL = 0.9
const STORE = 'exported'

export type ExportsResult = {
  readonly goal: number
  readonly met: boolean
  readonly driver: string
  readonly rows: number
  readonly bytes: number
  readonly ratio: Summary
  readonly ratios: readonly number[]
  readonly http_rows_per_second: number
  readonly copy_rows_per_second: number
  readonly peak_memory_bytes: number
}

type Slice = { readonly rows_per_second: number; readonly bytes: number }

/** Must be called while the cluster's main database is empty: it is copied. */
export async function prepareExports(cluster: Cluster, from: string): Promise<void> {
  await cluster.copy(from, STORE)
}

export async function benchExports(
  cluster: Cluster,
  { rows, rounds }: ExportsScale,
  say: (line: string) => void,
): Promise<ExportsResult> {
  say(`S6: ${rows.toLocaleString('en')} payments are made …`)
  const owner = await makeOwner(cluster.url(STORE))
  await makePayments(cluster, owner.merchantId, rows)
  const product = await startProduct(cluster.url(STORE))
  const origin = `http://127.0.0.1:${product.port}`
  const copier = openCopier(cluster)
  try {
    const statement = await watchStatement(cluster, () => exportOnce(origin, owner.key, rows))
    say(`S6: ${rounds} rounds against ${copier.name}; the first is dropped.`)
    const kept = await interleave(
      {
        http: () => exportOnce(origin, owner.key, rows),
        copy: async () => timed(rows, () => copier.copy(statement)),
      },
      rounds,
      (round, { http, copy }) => {
        const [a, b] = [http, copy].map((one) =>
          Math.round(one.rows_per_second).toLocaleString('en'),
        )
        say(`  round ${round + 1}: HTTP ${a} rows/s · COPY ${b} rows/s`)
      },
    )
    const ratios = kept.map(({ http, copy }) => http.rows_per_second / copy.rows_per_second)
    const ratio = summary(ratios)
    const rate = (name: 'http' | 'copy') => summary(kept.map((one) => one[name].rows_per_second))
    const { peak_bytes } = await product.stats()
    return {
      ...{ goal: GOAL, met: meets(ratio, GOAL), driver: copier.name, rows, ratio, ratios },
      bytes: kept.at(-1)?.http.bytes ?? 0,
      http_rows_per_second: rate('http').median,
      copy_rows_per_second: rate('copy').median,
      peak_memory_bytes: peak_bytes,
    }
  } finally {
    await product.stop()
  }
}

/** Payments that nobody has begun to pay: an export reads rows, not books. */
async function makePayments(cluster: Cluster, merchantId: string, rows: number): Promise<void> {
  const hex = `lpad(to_hex(n), 14, '0')`
  await cluster.ask(
    STORE,
    `insert into payments (merchant_id, mode, id, shop_id, purpose, source, status, currency,
      amount, reference, description, payer_name, payer_email, country, metadata, created_by_kind,
      created_at, expires_at)
    select $1, 'test', 'pay_001900000000' || ${hex}, s.id, 'api', 'api',
      case when n % 9 = 0 then 'failed' else 'expired' end,
      (array['EUR', 'USD', 'JPY', 'KWD'])[1 + n % 4], 100 + n * 37 % 100000, 'ORD-' || n,
      'One thing and another', 'Ada Lovelace ' || n % 977, 'ada' || n % 977 || '@example.com',
      'FR', '{}', 'system', now() - (($2::int - n) * 30) * interval '1 s', now()
    from generate_series(1, $2::int) n cross join (
      select id from shops where merchant_id = $1 limit 1) s`,
    [merchantId, rows],
  )
  await cluster.ask(STORE, 'vacuum analyze')
}

type Copier = { readonly name: string; readonly copy: (statement: string) => Promise<number> }

/** psql where there is one, else the driver's COPY; both throw the bytes away. */
function openCopier(cluster: Cluster): Copier {
  const psql = findProgram('psql')
  if (psql === null) {
    const copy = async (statement: string): Promise<number> => {
      const db = openDatabase({ url: cluster.url(STORE), poolSize: 1 })
      let bytes = 0
      for await (const part of await db.copyOut(statement)) bytes += (part as Buffer).length
      await db.close()
      return bytes
    }
    return { name: 'COPY through our own driver (psql was not found)', copy }
  }
  const copy = async (statement: string): Promise<number> => {
    const at = ['-h', cluster.sockets, '-U', cluster.user, '-d', STORE]
    const child = spawn(psql.path, ['-X', '-q', ...at, '-c', statement], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let bytes = 0
    child.stdout.on('data', (part: Buffer) => {
      bytes += part.length
    })
    const [code] = await once(child, 'close')
    if (code !== 0) throw new Error(`psql ended with ${code}`)
    return bytes
  }
  return { name: psql.version, copy }
}

async function timed(rows: number, work: () => Promise<number>): Promise<Slice> {
  const start = performance.now()
  const bytes = await work()
  return { rows_per_second: rows / ((performance.now() - start) / 1000), bytes }
}

type Export = { id: string; status: string; rows_done: number; message: string | null }
const POLL_MS = 20

/** From the wish to the last byte, as a person with a browser would have it. */
function exportOnce(origin: string, key: string, rows: number): Promise<Slice> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const ask = async (path: string, body?: object): Promise<Response> => {
    const more = body ? { method: 'POST', body: JSON.stringify(body) } : {}
    const keyed = body ? { ...headers, 'idempotency-key': crypto.randomUUID() } : headers
    const answer = await fetch(origin + path, { headers: keyed, ...more })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
  return timed(rows, async () => {
    let now = (await (await ask('/v1/exports', { list: 'payments' })).json()) as Export
    while (!['done', 'failed', 'canceled'].includes(now.status)) {
      await pause(POLL_MS)
      now = (await (await ask(`/v1/exports/${now.id}`)).json()) as Export
    }
    if (now.status !== 'done' || now.rows_done !== rows) throw new Error(JSON.stringify(now))
    let bytes = 0
    const { body } = await ask(`/v1/exports/${now.id}/download`)
    for await (const part of body ?? []) bytes += part.length
    return bytes
  })
}

/** The very statement that the product runs, read from the server while it runs. */
async function watchStatement(cluster: Cluster, work: () => Promise<unknown>): Promise<string> {
  const state = { over: false }
  const working = work().finally(() => {
    state.over = true
  })
  let seen: string | null = null
  while (!state.over && seen === null) {
    const [row] = await cluster.ask<{ query: string }>(
      STORE,
      `select query from pg_stat_activity where datname = current_database()
        and query ilike 'copy%' and pid <> pg_backend_pid() limit 1`,
    )
    seen = row?.query ?? null
    await pause(5)
  }
  await working
  if (seen === null) throw new Error('the statement of the export was not seen')
  return seen
}
