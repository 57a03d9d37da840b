import type { Scope } from '#server/kernel/scope.ts'
import { type CallDeps, type FactAnswer, fetchCharge } from '#server/money/gateway-calls/index.ts'
import type { JobHandlers } from '#server/platform/jobs.ts'
import { APPLY_JOB } from './actions/receive.ts'
import { type GatewayEventRow, LOOK_AGAIN_MS, ORPHAN_AFTER_MS } from './gateway-event.ts'
import { settleEvents, waitingFor } from './store.ts'

/** Applies events by asking the gateway about their object with our own credentials. */
export const gatewayEventJobs = (deps: CallDeps): JobHandlers => ({
  [APPLY_JOB]: async (job) => {
    const cut = job.key.indexOf(':')
    const [accountId, objectRef] = [job.key.slice(0, cut), job.key.slice(cut + 1)]
    // Read before the fetch: an event that arrives during it makes the job dirty and runs it again.
    const events = await waitingFor(deps.db, job.scope, accountId, objectRef)
    if (events.length === 0) return undefined
    const transactionId = events.find((event) => event.transaction_id)?.transaction_id ?? ''
    const key = { transaction_id: transactionId, gateway_ref: objectRef }
    const { look, answer } = await fetchCharge(deps, job.scope, accountId, key)
    if (look === 'unknown') return { again_in_ms: LOOK_AGAIN_MS[2] }
    const known = answer !== null && answer.reason !== 'unknown_object'
    if (known) return settle(deps, job.scope, events, answer)
    return waitOrPark(deps, job.scope, events)
  },
})

async function settle(
  deps: CallDeps,
  scope: Scope,
  events: readonly GatewayEventRow[],
  answer: FactAnswer,
): Promise<undefined> {
  const to = { ...answer, status: 'duplicate' as const }
  if (answer.outcome === 'parked') {
    await settleEvents(deps.db, scope, idsOf(events), { ...to, status: 'parked' })
    return
  }
  // One look applies what all of them announced; the newest is named as the one that brought it.
  const newest = answer.outcome === 'applied' ? events.slice(-1) : []
  const rest = events.slice(0, events.length - newest.length)
  await settleEvents(deps.db, scope, idsOf(newest), { ...to, status: 'applied' })
  await settleEvents(deps.db, scope, idsOf(rest), { ...to, changed: [] })
}

const idsOf = (events: readonly GatewayEventRow[]): string[] => events.map((event) => event.id)

/** The event may be faster than our own commit; after an hour a person decides. */
async function waitOrPark(
  deps: CallDeps,
  scope: Scope,
  events: readonly GatewayEventRow[],
): Promise<{ again_in_ms: number } | undefined> {
  const oldest = events[0]?.received_at.getTime() ?? 0
  const age_ms = deps.clock.now() - oldest
  if (age_ms < ORPHAN_AFTER_MS) {
    const wait = LOOK_AGAIN_MS.find((ms) => ms * 2 > age_ms) ?? LOOK_AGAIN_MS[6]
    return { again_in_ms: wait }
  }
  await settleEvents(deps.db, scope, idsOf(events), {
    status: 'parked',
    reason: 'unknown_object',
    payment_id: null,
    transaction_id: null,
    changed: [],
  })
  return undefined
}
