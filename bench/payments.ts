import { auditAll } from '#server/oversight/integrity/index.ts'
import type { Database } from '#server/platform/postgres/index.ts'
import { type Florin, KEY_NAME, settled, startFlorin } from './florin.ts'
import { type Callers, CONNECTIONS, callers, type Load } from './http-load.ts'
import { type Calls, findLimit, type Limit } from './limit.ts'
import { cpuOf, familyCpuOf, load, peakMemoryOf } from './machine.ts'
import { CALL_NAME, makeOnePayment, measureTables, sameRows } from './one-payment.ts'
import type { Plan, Say } from './plan.ts'
import { compare, median, meets, type Quartiles, quartilesOf } from './protocol.ts'
import { addCustomers, CUSTOMERS, prepare } from './seed.ts'

/** S1 of the design: payments over HTTP against the same rows written by one call. */
export const GOAL = 1.5
export const CLIENTS = [4, 8, 16, 64] as const

type Cost = {
  readonly postgres_cpu_us: number | null
  readonly wal_bytes: number
}
type HttpSlice = Load &
  Cost & { readonly server_cpu_us: number | null; readonly settled_after_ms: number }
type CallSlice = Calls & Cost
type Round = { http: HttpSlice } & Record<string, HttpSlice | CallSlice>

/**
 * A slice of seconds right after a checkpoint would bear the full pages that minutes of payments
 * share, so there is none while we measure. Nothing of what makes a commit durable changes.
 */
const NO_CHECKPOINTS = { checkpoint_timeout: '1h', max_wal_size: '16GB' }

const sideOf = (clients: number): string => `${clients} clients`

export type PaymentsResult = {
  readonly with: string
  readonly ratio: Quartiles
  readonly best_clients: number
  readonly met: boolean
  readonly http: Omit<HttpSlice, 'answered'>
  readonly calls: readonly (Omit<CallSlice, 'answered'> & {
    readonly clients: number
    readonly ratio: Quartiles
  })[]
  readonly peak_memory_mb: number | null
  readonly connections: number
  readonly load: number
  readonly payments: { readonly http: number; readonly call: number }
  readonly faults: readonly string[]
}

export async function benchPayments(plan: Plan, say: Say): Promise<PaymentsResult> {
  const florin = await startFlorin(['create_payment'], NO_CHECKPOINTS)
  const callersOf = callers(florin)
  const limit = await findLimit(florin.databaseUrl, plan.useDriver)
  try {
    say(`S1: adding ${CUSTOMERS.toLocaleString('en')} customers with wallets`)
    await prepare(florin.db)
    await addCustomers(florin.db, florin.merchantId)
    await florin.db.query({ text: 'checkpoint' })
    const counted = { http: 0, call: 0 }
    const unfair = await proveFair(florin, callersOf, counted)
    if (unfair.length > 0) throw new Error(`the sides write different rows: ${unfair.join('; ')}`)
    const found = await measure(plan, say, florin, callersOf, limit, counted)
    say('S1: auditing every payment, transfer and event')
    const faults = [...refusals(callersOf), ...(await judge(florin.db, counted))]
    return { ...found, payments: counted, faults, peak_memory_mb: peakMemoryOf(florin.pid) }
  } finally {
    await callersOf.close()
    await limit.close()
    await florin.stop()
  }
}

type Counted = { http: number; call: number }

/** One payment each; the first of both opens what later ones find open. */
async function proveFair(florin: Florin, { one }: Callers, counted: Counted): Promise<string[]> {
  const { db } = florin
  const call = async () => {
    await db.query({ text: 'select bench.one_payment(12345, 2345)' })
    counted.call += 1
    await settled(db)
    return measureTables(db)
  }
  const http = async () => {
    await one(54_321)
    counted.http += 1
    await settled(db)
    return measureTables(db)
  }
  await http()
  await makeOnePayment(florin)
  await call()
  const start = await measureTables(db)
  return sameRows(start, await http(), await call())
}

async function measure(
  plan: Plan,
  say: Say,
  florin: Florin,
  { run }: Callers,
  limit: Limit,
  counted: Counted,
): Promise<Omit<PaymentsResult, 'payments' | 'faults' | 'peak_memory_mb'>> {
  const sides: Record<string, () => Promise<HttpSlice | CallSlice>> = {
    http: async () => {
      const slice = await overHttp(florin, () => run(plan.slice_ms))
      counted.http += slice.answered
      return slice
    },
  }
  for (const clients of CLIENTS) {
    sides[sideOf(clients)] = async () => {
      const slice = await byCalls(florin, () => limit.run(clients, plan.slice_ms))
      counted.call += slice.answered
      return slice
    }
  }
  const loads: number[] = []
  const rounds = (await compare(sides, plan.rounds, (round, found) => {
    loads.push(load())
    const shown = Object.entries(found).map(([side, { per_s }]) => `${side} ${per_s.toFixed(0)}/s`)
    say(`S1: round ${round} of ${plan.rounds}: ${shown.join(', ')}`)
  })) as Round[]
  return { with: limit.with, connections: CONNECTIONS, load: median(loads), ...judgeSpeed(rounds) }
}

function judgeSpeed(rounds: readonly Round[]) {
  const calls = CLIENTS.map((clients) => {
    const slices = rounds.map((round) => round[sideOf(clients)] as CallSlice)
    const ratios = rounds.map(({ http }, at) => http.per_s / (slices[at]?.per_s ?? Number.NaN))
    return { clients, ratio: quartilesOf(ratios), ...middle(slices) }
  })
  // The best of the database is where we look worst.
  const [best] = [...calls].sort((a, b) => a.ratio.median - b.ratio.median)
  if (!best) throw new Error('nothing was compared')
  const http = rounds.map((round) => round.http)
  const { ratio, clients: best_clients } = best
  return { ratio, best_clients, met: meets(ratio, GOAL), http: middle(http), calls }
}

/** The median of each number of many slices. */
function middle<T extends Calls>(slices: readonly T[]): Omit<T, 'answered'> {
  const [{ answered: _, ...first } = { answered: 0 }] = slices as readonly (T & Calls)[]
  const of = (name: string) => {
    const values = slices.map((slice) => (slice as Record<string, unknown>)[name])
    return values.includes(null) ? null : median(values as number[])
  }
  return Object.fromEntries(Object.keys(first).map((name) => [name, of(name)])) as Omit<
    T,
    'answered'
  >
}

/** Its cost ends when the last event is sealed and searchable, which is after the slice. */
async function overHttp(florin: Florin, run: () => Promise<Load>): Promise<HttpSlice> {
  const { db, pid } = florin
  const server_us = cpuOf(pid)
  const cost = await costOf(florin)
  const found = await run()
  const settled_after_ms = await settled(db)
  const after_us = cpuOf(pid)
  const server_cpu_us =
    server_us === null || after_us === null ? null : (after_us - server_us) / found.answered
  return { ...found, ...(await cost(found.answered)), server_cpu_us, settled_after_ms }
}

/** The database is the calls' alone; what they leave on the outbox is cleared off the clock. */
async function byCalls(florin: Florin, run: () => Promise<Calls>): Promise<CallSlice> {
  const cost = await costOf(florin)
  florin.pause()
  try {
    const found = await run()
    return { ...found, ...(await cost(found.answered)) }
  } finally {
    florin.resume()
    await settled(florin.db)
  }
}

async function costOf(florin: Florin): Promise<(payments: number) => Promise<Cost>> {
  const { postgresPid } = florin
  const cpu = () => (postgresPid === null ? null : familyCpuOf(postgresPid))
  const start = { wal: await walOf(florin.db), cpu_us: cpu() }
  return async (payments) => {
    const end_us = cpu()
    return {
      wal_bytes: ((await walOf(florin.db)) - start.wal) / payments,
      postgres_cpu_us:
        start.cpu_us === null || end_us === null ? null : (end_us - start.cpu_us) / payments,
    }
  }
}

async function walOf(db: Database): Promise<number> {
  const [row] = await db.query<{ bytes: number }>({
    text: `select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as bytes`,
  })
  return row?.bytes ?? 0
}

function refusals({ refused }: Callers): string[] {
  const [first] = refused
  if (!first) return []
  return [`${refused.length} answers were not 2xx, the first ${first.status} ${first.problem}`]
}

/** Every answer has its rows, no row is without an answer, and the books are right. */
async function judge(db: Database, counted: Counted): Promise<string[]> {
  const [rows] = await db.query<Record<string, number>>({
    text: `select
      (select count(*)::int from payments where created_by_name = $1) as "payments over HTTP",
      (select count(*)::int from payments where created_by_name = $2) as "payments by a call",
      (select count(*)::int from ledger_transfers) as transfers,
      (select count(*)::int from idempotent_requests where status = 201) as "kept answers",
      (select count(*)::int from events where type like 'payment.%') as "events of payments"`,
    values: [KEY_NAME, CALL_NAME],
  })
  const both = counted.http + counted.call
  const wanted: Record<string, number> = {
    'payments over HTTP': counted.http,
    'payments by a call': counted.call,
    transfers: both,
    'kept answers': both,
    'events of payments': 2 * both,
  }
  const counts = Object.entries(wanted)
    .filter(([name, count]) => rows?.[name] !== count)
    .map(([name, count]) => `${rows?.[name]} ${name}, and ${count} were answered`)
  return [...counts, ...(await audited(db))]
}

/** An audit that cannot end is a fault of the product too, and no reason to lose the numbers. */
async function audited(db: Database): Promise<string[]> {
  try {
    const findings = await auditAll(db)
    return findings.map((one) => `audit ${one.check}: ${one.sentence}`)
  } catch (fault) {
    return [`the audit did not end: ${fault instanceof Error ? fault.message : fault}`]
  }
}
