import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { auditAll } from '#server/oversight/integrity/index.ts'
import { openDatabase } from '#server/platform/postgres/index.ts'
import { type Cluster, MAIN } from './cluster.ts'
import { openDriver } from './database-load.ts'
import { type HttpRequest, loadHttp } from './http-load.ts'
import { customerOf, makeOnePayment, makeWallets } from './one-payment.ts'
import { makeOwner, type Product, startProduct } from './product.ts'
import { interleave, meets, quantile, type Summary, summary } from './rounds.ts'

/** S1: payments a second through the product, against the database's own limit for the same rows. */
export type PaymentsScale = {
  readonly wallets: number
  readonly rounds: number
  readonly slice_s: number
}
const CONNECTIONS = 64
const CLIENTS = [4, 8, 16, 64] as const
const GOAL = 1.5
const LIMIT = 'database_limit'

/** One slice: how fast, and what each payment cost. */
type Slice = {
  readonly per_second: number
  readonly payments: number
  readonly wal_bytes: number
  readonly database_cpu_us: number | null
  readonly product_cpu_us: number | null
  readonly load_cpu_us: number
  readonly p50_ms: number | null
  readonly p99_ms: number | null
  /** Entries that waited to be sealed at its end, and how long they took. */
  readonly waiting: number
  readonly sealed_after_s: number
}

export type PaymentsResult = {
  readonly goal: number
  readonly met: boolean
  readonly driver: string
  readonly connections: number
  readonly wallets: number
  readonly ratio: Summary
  readonly ratios: readonly number[]
  readonly http: Readonly<Record<keyof Slice, number | null>>
  readonly database: Readonly<Record<string, number>>
  readonly database_best: Readonly<Record<keyof Slice, number | null>>
  readonly peak_memory_bytes: number
  readonly answered_2xx: number
  readonly other_answers: Readonly<Record<string, number>>
  readonly payments_kept: number
  readonly audit_findings: number
}

export async function benchPayments(
  cluster: Cluster,
  scale: PaymentsScale,
  say: (line: string) => void,
): Promise<PaymentsResult> {
  say(`S1: ${scale.wallets.toLocaleString('en')} wallets are made …`)
  const owner = await makeOwner(cluster.url(MAIN))
  await makeWallets(cluster, MAIN, owner.merchantId, scale.wallets)
  await cluster.copy(MAIN, LIMIT)
  const product = await startProduct(cluster.url(MAIN))
  const driver = openDriver(cluster, LIMIT, scale.wallets)
  try {
    const answers = { answered: 0, refused: {} as Record<string, number> }
    const http = () => httpSlice(cluster, product, owner.key, scale, answers)
    await makeOnePayment(cluster, LIMIT, await firstPayment(product, owner.key, answers))
    say(`S1: ${scale.rounds} rounds against ${driver.name}; the first is dropped.`)
    const clients = CLIENTS.map((count) => {
      const slice = () => databaseSlice(cluster, () => driver.load(count, scale.slice_s))
      return [`pgbench ${count}`, slice] as const
    })
    const slices = { http, ...Object.fromEntries(clients) } as Record<string, () => Promise<Slice>>
    const rounds = await interleave(slices, scale.rounds, (round, now) => {
      const shown = Object.entries(now).map(
        ([name, { per_second }]) => `${name} ${whole(per_second)}`,
      )
      say(`  round ${round + 1}: ${shown.join(' · ')}`)
    })
    const { peak_bytes } = await product.stats()
    await product.stop()
    return {
      ...resultOf(rounds, scale, driver.name),
      ...(await closing(cluster, answers, peak_bytes)),
    }
  } finally {
    driver.close()
  }
}

const whole = (value: number): string => Math.round(value).toLocaleString('en')

function requestOf(wallets: number): HttpRequest {
  const body = {
    amount: { value: '1.00', currency: 'EUR' },
    purpose: 'top_up',
    customer_id: customerOf(randomInt(1, wallets + 1)),
    reference: 'A-1027',
    recorded: { method: 'cash', reason: 'at the counter' },
  }
  return { path: '/v1/payments', key: randomUUID(), body: JSON.stringify(body) }
}

type Answers = { answered: number; refused: Record<string, number> }

/** The payment whose rows the database's own function will write. */
async function firstPayment(product: Product, key: string, answers: Answers): Promise<string> {
  const { path, key: idempotencyKey, body } = requestOf(1)
  const answer = await fetch(`http://127.0.0.1:${product.port}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'idempotency-key': idempotencyKey,
      'content-type': 'application/json',
    },
    body,
  })
  const made = (await answer.json()) as { id: string }
  if (answer.status !== 201) throw new Error(`no payment: ${JSON.stringify(made)}`)
  answers.answered += 1
  return made.id
}

async function httpSlice(
  cluster: Cluster,
  product: Product,
  apiKey: string,
  { wallets, slice_s }: PaymentsScale,
  answers: Answers,
): Promise<Slice> {
  const before = await product.stats()
  const meter = await measure(cluster)
  const load = await loadHttp({
    port: product.port,
    apiKey,
    connections: CONNECTIONS,
    seconds: slice_s,
    next: () => requestOf(wallets),
  })
  const spent = await meter(load.answered)
  const after = await product.stats()
  answers.answered += load.answered
  for (const [status, count] of Object.entries(load.refused)) {
    answers.refused[status] = (answers.refused[status] ?? 0) + count
  }
  const seal = await untilSealed(cluster)
  return {
    ...spent,
    ...seal,
    per_second: load.in_time / load.seconds,
    payments: load.answered,
    product_cpu_us: ((after.cpu_s - before.cpu_s) * 1e6) / load.answered,
    p50_ms: quantile(load.latencies_ms, 0.5),
    p99_ms: quantile(load.latencies_ms, 0.99),
  }
}

async function databaseSlice(
  cluster: Cluster,
  load: () => Promise<{ per_second: number; transactions: number }>,
): Promise<Slice> {
  const meter = await measure(cluster)
  const { per_second, transactions } = await load()
  const spent = await meter(transactions)
  const none = { product_cpu_us: null, p50_ms: null, p99_ms: null, waiting: 0, sealed_after_s: 0 }
  return { ...spent, ...none, per_second, payments: transactions }
}

type Spent = Pick<Slice, 'wal_bytes' | 'database_cpu_us' | 'load_cpu_us'>

/** What a slice costs each payment, in log and in processor time. */
async function measure(cluster: Cluster): Promise<(payments: number) => Promise<Spent>> {
  const [wal, cpu] = [await cluster.walBytes(), cluster.cpuSeconds()]
  const own = process.cpuUsage()
  return async (payments) => {
    const [wal_after, cpu_after] = [await cluster.walBytes(), cluster.cpuSeconds()]
    const { user, system } = process.cpuUsage(own)
    const cpu_s = cpu === null || cpu_after === null ? null : cpu_after - cpu
    return {
      wal_bytes: (wal_after - wal) / payments,
      database_cpu_us: cpu_s === null ? null : (cpu_s * 1e6) / payments,
      load_cpu_us: (user + system) / payments,
    }
  }
}

const SEAL_LIMIT_S = 300

/** The next slice begins when the product has nothing left to do, and says how long that took. */
async function untilSealed(cluster: Cluster): Promise<Pick<Slice, 'waiting' | 'sealed_after_s'>> {
  const waiting = async () => {
    const [row] = await cluster.ask<{ waiting: number }>(
      MAIN,
      'select count(*)::int as waiting from outbox',
    )
    return row?.waiting ?? 0
  }
  const start = performance.now()
  const seconds = () => (performance.now() - start) / 1000
  const first = await waiting()
  for (let left = first; left > 0 && seconds() < SEAL_LIMIT_S; left = await waiting()) {
    await pause(100)
  }
  return { waiting: first, sealed_after_s: seconds() }
}

function resultOf(
  rounds: readonly Readonly<Record<string, Slice>>[],
  scale: PaymentsScale,
  driver: string,
) {
  const best = rounds.map((round) => {
    const limits = Object.entries(round).filter(([name]) => name !== 'http')
    return limits.reduce((a, b) => (b[1].per_second > a[1].per_second ? b : a))[1]
  })
  const ratios = rounds.map(
    (round, at) => (round.http?.per_second ?? 0) / (best[at]?.per_second ?? 1),
  )
  const names = Object.keys(rounds[0] ?? {}).filter((name) => name !== 'http')
  const rate = (name: string) => summary(rounds.map((round) => round[name]?.per_second ?? 0)).median
  const ratio = summary(ratios)
  return {
    goal: GOAL,
    met: meets(ratio, GOAL),
    driver,
    connections: CONNECTIONS,
    wallets: scale.wallets,
    ratio,
    ratios,
    http: medians(rounds.map((round) => round.http as Slice)),
    database: Object.fromEntries(names.map((name) => [name, rate(name)])),
    database_best: medians(best),
  }
}

function medians(slices: readonly Slice[]): Record<keyof Slice, number | null> {
  const names = Object.keys(slices[0] ?? {}) as (keyof Slice)[]
  const median = (name: keyof Slice) => {
    const values = slices.map((slice) => slice[name]).filter((value) => value !== null)
    return values.length === 0 ? null : summary(values).median
  }
  return Object.fromEntries(names.map((name) => [name, median(name)])) as Record<
    keyof Slice,
    number | null
  >
}

/** Fast and wrong is worth nothing: the books are audited and the payments counted. */
async function closing(cluster: Cluster, answers: Answers, peak_memory_bytes: number) {
  const db = openDatabase({ url: cluster.url(MAIN), poolSize: 2 })
  const findings = await auditAll(db)
  await db.close()
  const [row] = await cluster.ask<{ kept: number }>(
    MAIN,
    `select count(*)::int as kept from payments where status = 'succeeded'`,
  )
  return {
    peak_memory_bytes,
    answered_2xx: answers.answered,
    other_answers: answers.refused,
    payments_kept: row?.kept ?? 0,
    audit_findings: findings.length,
  }
}
