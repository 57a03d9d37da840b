import { type Scope, scopeOf } from '#server/kernel/scope.ts'
import type { NewId } from './clock.ts'
import { type Log, messageOf } from './log.ts'
import type { Database, Queryable } from './postgres/index.ts'

export type NewJob = {
  readonly kind: string
  /** One job per kind and key: asking again while it waits or runs makes it run once more. */
  readonly key: string
  readonly payload?: Readonly<Record<string, unknown>>
  readonly in_ms?: number
}

export type Job = {
  readonly scope: Scope
  readonly id: string
  readonly key: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly attempts: number
  /** Aborted when the process stops or the lease is lost. */
  readonly signal: AbortSignal
}

/**
 * Returns nothing when the job is done, or when to run it again. Throwing counts as a failed try.
 */
export type JobHandler = (job: Job) => Promise<{ readonly again_in_ms: number } | undefined>
export type JobHandlers = Readonly<Record<string, JobHandler>>

/** A lease shorter than this goes to another worker; running jobs renew it every third of it. */
const LEASE_S = 30
const CLAIM_BATCH = 50
const BACKOFF_S = [2, 5, 15, 60, 300, 900, 3600, 10_800, 21_600, 43_200, 86_400]

/** In the caller's transaction, so that the work is remembered exactly when its cause is. */
export async function enqueue(
  q: Queryable,
  newId: NewId,
  scope: Scope,
  jobs: readonly NewJob[],
): Promise<void> {
  if (jobs.length === 0) return
  await q.query({
    name: 'jobs_enqueue',
    text: `insert into jobs (merchant_id, mode, id, kind, key, payload, run_at)
      select $1, $2, j.id, j.kind, j.key, j.payload, now() + j.in_ms * interval '1 ms'
      from unnest($3::text[], $4::text[], $5::text[], $6::jsonb[], $7::bigint[])
        as j (id, kind, key, payload, in_ms)
      on conflict (merchant_id, mode, kind, key) do update set
        dirty = jobs.dirty + 1,
        run_at = least(jobs.run_at, excluded.run_at),
        attempts = 0,
        dead_at = null`,
    values: [
      scope.merchantId,
      scope.mode,
      jobs.map(() => newId('job')),
      jobs.map((job) => job.kind),
      jobs.map((job) => job.key),
      jobs.map((job) => JSON.stringify(job.payload ?? {})),
      jobs.map((job) => Math.round(job.in_ms ?? 0)),
    ],
  })
}

type ClaimedRow = {
  merchant_id: string
  mode: string
  id: string
  kind: string
  key: string
  payload: Record<string, unknown>
  attempts: number
  max_attempts: number
  fence: number
  dirty: number
}

export type WorkerDeps = {
  readonly db: Database
  readonly log: Log
  readonly handlers: JobHandlers
  /** Jobs of this process at once. */
  readonly concurrency: number
}

/** Merchants with something due are read without locks; each is claimed on its own. */
async function claim(deps: WorkerDeps, room: number): Promise<ClaimedRow[]> {
  const due = await deps.db.query<{ merchant_id: string; mode: string }>({
    name: 'jobs_due_merchants',
    text: `select distinct merchant_id, mode from jobs
      where dead_at is null and run_at <= now() and (lease_until is null or lease_until < now())`,
  })
  const share = Math.max(1, Math.floor(room / Math.max(1, due.length)))
  const claimed: ClaimedRow[] = []
  for (const { merchant_id, mode } of due) {
    if (claimed.length >= room) break
    claimed.push(...(await claimOf(deps, merchant_id, mode, Math.min(share, CLAIM_BATCH))))
  }
  return claimed
}

async function claimOf(
  deps: WorkerDeps,
  merchantId: string,
  mode: string,
  limit: number,
): Promise<ClaimedRow[]> {
  return deps.db.query<ClaimedRow>({
    name: 'jobs_claim',
    text: `update jobs set lease_until = now() + interval '${LEASE_S} s', fence = fence + 1
      where merchant_id = $1 and mode = $2 and id = any (array(
        select id from jobs where merchant_id = $1 and mode = $2 and dead_at is null
          and run_at <= now() and (lease_until is null or lease_until < now())
          and kind = any ($3)
        order by run_at limit $4 for update skip locked))
      returning merchant_id, mode, id, kind, key, payload, attempts, max_attempts, fence, dirty`,
    values: [merchantId, mode, Object.keys(deps.handlers), limit],
  })
}

async function runOne(deps: WorkerDeps, row: ClaimedRow, stopping: AbortSignal): Promise<void> {
  const handler = deps.handlers[row.kind]
  if (!handler) return
  const lost = new AbortController()
  const beat = setInterval(
    () => {
      renew(deps, row).then(
        (held) => held || lost.abort(),
        () => undefined,
      )
    },
    (LEASE_S * 1000) / 3,
  )
  try {
    const again = await handler({
      scope: scopeOf(row),
      id: row.id,
      key: row.key,
      payload: row.payload,
      attempts: row.attempts,
      signal: AbortSignal.any([stopping, lost.signal]),
    })
    await finish(deps, row, again?.again_in_ms ?? null)
  } catch (fault) {
    await fail(deps, row, messageOf(fault))
  } finally {
    clearInterval(beat)
  }
}

async function renew(deps: WorkerDeps, row: ClaimedRow): Promise<boolean> {
  const held = await deps.db.query({
    name: 'jobs_renew',
    text: `update jobs set lease_until = now() + interval '${LEASE_S} s'
      where merchant_id = $1 and mode = $2 and id = $3 and fence = $4 returning id`,
    values: [row.merchant_id, row.mode, row.id, row.fence],
  })
  return held.length > 0
}

/**
 * Done unless it was asked for again meanwhile; a worker whose lease passed on finishes nothing.
 * `coalesce`, because PostgreSQL checks constraints on the row as it was before a concurrent ask.
 */
async function finish(deps: WorkerDeps, row: ClaimedRow, again_in_ms: number | null) {
  await deps.db.query({
    name: 'jobs_finish',
    text: `with done as (
        delete from jobs where merchant_id = $1 and mode = $2 and id = $3 and fence = $4
          and dirty = $5 and $6::bigint is null returning id)
      update jobs set lease_until = null, attempts = 0, last_error = null,
        run_at = now() + case when dirty > $5 then interval '0'
          else coalesce($6::bigint, 0) * interval '1 ms' end
      where merchant_id = $1 and mode = $2 and id = $3 and fence = $4
        and not exists (select from done)`,
    values: [row.merchant_id, row.mode, row.id, row.fence, row.dirty, again_in_ms],
  })
}

async function fail(deps: WorkerDeps, row: ClaimedRow, message: string): Promise<void> {
  const wait_s = BACKOFF_S[Math.min(row.attempts, BACKOFF_S.length - 1)] ?? 60
  const dead = row.attempts + 1 >= row.max_attempts
  deps.log.error(dead ? 'job gave up' : 'job failed and will be tried again', {
    kind: row.kind,
    key: row.key,
    attempts: row.attempts + 1,
    fault: message,
  })
  await deps.db.query({
    name: 'jobs_fail',
    text: `update jobs set lease_until = null, attempts = attempts + 1, last_error = $5,
        run_at = now() + $6 * interval '1 s', dead_at = case when $7 then now() end
      where merchant_id = $1 and mode = $2 and id = $3 and fence = $4`,
    values: [row.merchant_id, row.mode, row.id, row.fence, message.slice(0, 500), wait_s, dead],
  })
}

export type Workers = { readonly nudge: () => void; readonly stop: () => Promise<void> }

const POLL_MS = 100

/**
 * Claims and runs jobs until stopped. Stopping claims nothing more and waits for the running ones,
 * whose leases then end by themselves if the process is killed instead.
 */
export function startWorkers(deps: WorkerDeps): Workers {
  const stopping = new AbortController()
  const running = new Set<Promise<void>>()
  let wake: () => void = () => undefined
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_MS)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const start = (row: ClaimedRow) => {
    const work = runOne(deps, row, stopping.signal)
      .catch((fault) => deps.log.error('job bookkeeping failed', { fault: messageOf(fault) }))
      .finally(() => {
        running.delete(work)
        wake()
      })
    running.add(work)
  }
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      const room = deps.concurrency - running.size
      try {
        const claimed = room > 0 ? await claim(deps, room) : []
        for (const row of claimed) start(row)
        if (claimed.length === 0 || running.size >= deps.concurrency) await pause()
      } catch (fault) {
        deps.log.error('jobs cannot be read', { fault: messageOf(fault) })
        await pause()
      }
    }
  })()
  return {
    nudge: () => wake(),
    stop: async () => {
      stopping.abort()
      wake()
      await loop
      await Promise.allSettled(running)
    },
  }
}
