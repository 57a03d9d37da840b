import { spawn } from 'node:child_process'
import { type Florin, startFlorin } from './florin.ts'
import { findProgram } from './limit.ts'
import { load, peakMemoryOf } from './machine.ts'
import type { Plan, Say } from './plan.ts'
import { compare, median, meets, type Quartiles, quartilesOf } from './protocol.ts'
import { addCustomers, addPayments, prepare } from './seed.ts'

/** S6 of the design: a CSV file over HTTP against COPY of the same statement. */
export const GOAL = 0.9

const POLL_MS = 20
/** Enough for PostgreSQL to show the whole of the statement that the product runs. */
const SHOW_STATEMENTS = { track_activity_query_size: '65536' }

export type ExportsResult = {
  readonly with: string
  readonly rows: number
  readonly bytes: number
  readonly ratio: Quartiles
  readonly met: boolean
  readonly http_rows_per_s: number
  readonly copy_rows_per_s: number
  readonly peak_memory_mb: number | null
  /** How much higher the peak is after all exports than before the first. */
  readonly memory_grown_mb: number | null
  readonly load: number
  readonly faults: readonly string[]
}

type Answer = {
  id: string
  status: string
  rows_done: number
  sums: { currency: string; count: number; amount: { value: string } }[]
}

export async function benchExports(plan: Plan, say: Say): Promise<ExportsResult> {
  const florin = await startFlorin(['export_payments', 'access_payments'], SHOW_STATEMENTS)
  try {
    say(`S6: adding ${plan.export_rows.toLocaleString('en')} payments`)
    await prepare(florin.db)
    await addCustomers(florin.db, florin.merchantId)
    await addPayments(florin.db, florin.merchantId, plan.export_rows)
    const before_mb = peakMemoryOf(florin.pid)
    const statement = await statementOfAnExport(florin)
    const psql = plan.useDriver ? null : findProgram('psql')
    const copy = () => (psql ? byPsql(psql, florin, statement) : byDriver(florin, statement))
    const faults = new Set<string>()
    const loads: number[] = []
    let bytes = 0
    const sides = {
      http: async () => {
        const file = await timed(() => download(florin, plan.export_rows, faults))
        bytes = file.found
        return plan.export_rows / file.took_s
      },
      copy: async () => plan.export_rows / (await timed(copy)).took_s,
    }
    const rounds = await compare(sides, plan.rounds, (round, { http, copy: bare }) => {
      loads.push(load())
      const shown = `http ${http.toFixed(0)} rows/s, copy ${bare.toFixed(0)} rows/s`
      say(`S6: round ${round} of ${plan.rounds}: ${shown}`)
    })
    const ratio = quartilesOf(rounds.map(({ http, copy: bare }) => http / bare))
    const peak_memory_mb = peakMemoryOf(florin.pid)
    return {
      with: psql ? 'psql' : "Node's driver",
      rows: plan.export_rows,
      bytes,
      ratio,
      met: meets(ratio, GOAL),
      http_rows_per_s: median(rounds.map(({ http }) => http)),
      copy_rows_per_s: median(rounds.map(({ copy: bare }) => bare)),
      peak_memory_mb,
      memory_grown_mb:
        peak_memory_mb === null || before_mb === null ? null : peak_memory_mb - before_mb,
      load: median(loads),
      faults: [...faults],
    }
  } finally {
    await florin.stop()
  }
}

async function timed<T>(run: () => Promise<T>): Promise<{ found: T; took_s: number }> {
  const begun = performance.now()
  const found = await run()
  return { found, took_s: (performance.now() - begun) / 1000 }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function ask(florin: Florin, path: string, body?: object): Promise<Response> {
  const { headers } = florin.key
  const answer = await fetch(`${florin.origin}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: body ? { ...headers, 'content-type': 'application/json' } : headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return answer
}

async function begin(florin: Florin): Promise<Answer> {
  return (await ask(florin, '/v1/exports', { list: 'payments' })).json() as Promise<Answer>
}

async function finished(florin: Florin, id: string): Promise<Answer> {
  for (;;) {
    const now = (await (await ask(florin, `/v1/exports/${id}`)).json()) as Answer
    if (now.status === 'done') return now
    if (now.status !== 'waiting' && now.status !== 'running') {
      throw new Error(`the export is ${now.status}`)
    }
    await pause(POLL_MS)
  }
}

/** From the first request to the last byte, as somebody who waits for the file sees it. */
async function download(florin: Florin, rows: number, faults: Set<string>): Promise<number> {
  const { id } = await begin(florin)
  const done = await finished(florin, id)
  const answer = await ask(florin, `/v1/exports/${id}/download`)
  let bytes = 0
  let lines = 0
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1
  }
  const summed = done.sums.reduce((sum, one) => sum + one.count, 0)
  if (lines !== rows + 1) faults.add(`the file has ${lines} lines for ${rows} payments`)
  if (summed !== rows) faults.add(`the sums are of ${summed} payments, and there are ${rows}`)
  return bytes
}

/** Read from PostgreSQL while it runs: the other side copies exactly what the product copies. */
async function statementOfAnExport(florin: Florin): Promise<string> {
  const { id } = await begin(florin)
  let statement: string | undefined
  const watch = async () => {
    while (statement === undefined) {
      const [row] = await florin.db.query<{ query: string }>({
        text: `select query from pg_stat_activity
          where state = 'active' and query like 'copy (%' and pid <> pg_backend_pid()`,
      })
      statement = row?.query
      await pause(2)
    }
  }
  await Promise.race([watch(), finished(florin, id)])
  if (statement === undefined) throw new Error('the export ran without a COPY that could be seen')
  await finished(florin, id)
  return statement
}

const SESSION = '-c role=florin_app -c jit=off -c timezone=UTC'

/** Nobody reads what it writes, which is kinder to it than a network. */
function byPsql(psql: string, florin: Florin, statement: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(psql, ['-X', '-q', '-v', 'ON_ERROR_STOP=1', florin.databaseUrl], {
      env: { ...process.env, PGOPTIONS: SESSION },
      stdio: ['pipe', 'ignore', 'inherit'],
    })
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`psql left with ${code}`)),
    )
    child.stdin.end(`${statement};\n`)
  })
}

async function byDriver(florin: Florin, statement: string): Promise<void> {
  for await (const _chunk of await florin.db.copyOut(statement));
}
