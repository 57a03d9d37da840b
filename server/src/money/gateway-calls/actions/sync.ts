import type { LookUp } from '#gateway-kit'
import type { Scope } from '#server/kernel/scope.ts'
import { paymentById } from '#server/money/payments/index.ts'
import {
  isOpen,
  nextLook_ms,
  noteNotFound,
  type TransactionRow,
  transactionById,
  transactionsOf,
} from '#server/money/transactions/index.ts'
import { messageOf } from '#server/platform/log.ts'
import { assertOutsideTransaction } from '#server/platform/postgres/index.ts'
import { type AtGateway, findGateway } from '#server/records/gateway-accounts/index.ts'
import type { Fact, FactAnswer } from '../fact.ts'
import { applyFacts } from './apply-facts.ts'
import { type CallDeps, dispatch } from './dispatch.ts'

/** A request younger than this may still be answered to whoever sent it. */
const IN_FLIGHT_MS = 26_000
/** The gateway gets a moment to notice that its page's time is over. */
const AFTER_THE_END_MS = 2000
/** Two "not found" this far apart, after quarantine, are believed. */
const NOT_FOUND_TWICE_MS = 10 * 60 * 1000

/** Asks the gateway about one charge with our own credentials and applies what it says. */
export async function fetchCharge(
  deps: CallDeps,
  scope: Scope,
  accountId: string,
  key: { transaction_id: string; gateway_ref: string | null },
): Promise<{ look: LookUp['kind']; answer: FactAnswer | null; message?: string }> {
  const at = await findGateway(deps, deps.db, scope, accountId)
  if (!at) return { look: 'unknown', answer: null, message: 'This gateway is not installed here.' }
  assertOutsideTransaction('look up a charge')
  const found = await lookUp(deps, at, key)
  if (found.kind === 'unknown') return { look: 'unknown', answer: null, message: found.message }
  if (found.kind === 'not_found') return { look: 'not_found', answer: null }
  const fact: Fact = { kind: 'object', accountId, object: found.facts }
  return { look: 'found', answer: await record(deps, scope, fact) }
}

async function lookUp(
  deps: CallDeps,
  at: AtGateway,
  key: { transaction_id: string; gateway_ref: string | null },
): Promise<LookUp> {
  try {
    return await at.gateway.lookUp(at.config, key, deps.gatewayHttp)
  } catch (fault) {
    return { kind: 'unknown', message: messageOf(fault) }
  }
}

async function record(deps: CallDeps, scope: Scope, fact: Fact): Promise<FactAnswer | null> {
  const facts = { newId: deps.newId, now_ms: deps.clock.now(), purposes: deps.purposes }
  const [answer] = await deps.db.tx((tx) => applyFacts(facts, tx, scope, [fact]))
  return answer ?? null
}

/**
 * The sweeper for one transaction: looks until the end is known. It never guesses: it may send the
 * same bytes again while the gateway remembers their key, look, or wait.
 * Returns the milliseconds until the next look, or null when there is nothing left to learn.
 */
export async function syncTransaction(
  deps: CallDeps,
  scope: Scope,
  transactionId: string,
): Promise<number | null> {
  const row = await transactionById(deps.db, scope, transactionId)
  if (!row || !isOpen(row.state)) return null
  const wait_ms = waitFor(deps, row)
  if (wait_ms !== null) return wait_ms
  if (row.state === 'prepared') await dispatch(deps, scope, row.id)
  else await look(deps, scope, row)
  const now = await transactionById(deps.db, scope, transactionId)
  return now ? nextLook(deps, scope, now) : null
}

/** A payer who is still at the gateway is asked about when their time is over, and after it. */
async function nextLook(deps: CallDeps, scope: Scope, row: TransactionRow): Promise<number | null> {
  const time = deps.clock.now()
  const next_ms = nextLook_ms(row.state, time - row.created_at.getTime())
  if (next_ms === null || row.state !== 'action_required') return next_ms
  const payment = await paymentById(deps.db, scope, row.payment_id)
  const left_ms = (payment?.expires_at?.getTime() ?? time) - time
  return left_ms > 0
    ? Math.min(next_ms, left_ms + AFTER_THE_END_MS)
    : nextLook_ms('pending', -left_ms)
}

function waitFor(deps: CallDeps, row: TransactionRow): number | null {
  if (row.state !== 'dispatched') return null
  const age_ms = deps.clock.now() - row.updated_at.getTime()
  return age_ms < IN_FLIGHT_MS ? IN_FLIGHT_MS - age_ms : null
}

async function look(deps: CallDeps, scope: Scope, row: TransactionRow): Promise<void> {
  const charge = row.type === 'refund' ? await chargeBehind(deps, scope, row) : row
  const accountId = row.gateway_account_id ?? ''
  const key = { transaction_id: charge.id, gateway_ref: charge.gateway_ref }
  const { look: found } = await fetchCharge(deps, scope, accountId, key)
  const now = await transactionById(deps.db, scope, row.id)
  // A refund whose charge was found without it is as good as not found.
  const missing = found === 'not_found' || (found === 'found' && row.type === 'refund')
  if (!now || !missing || !['dispatched', 'unknown'].includes(now.state)) return
  const time = deps.clock.now()
  if (now.resend_until && now.resend_until.getTime() > time) return dispatch(deps, scope, row.id)
  if (now.quarantine_until && now.quarantine_until.getTime() > time) return
  const since = now.not_found_at?.getTime() ?? time
  if (time - since < NOT_FOUND_TWICE_MS) {
    await deps.db.tx((tx) => noteNotFound(tx, scope, row.id))
    return
  }
  const message = 'The gateway has no record of this request, asked twice after its time was over.'
  const transactionId = row.id
  await record(deps, scope, {
    kind: 'rejected',
    transactionId,
    reason: 'gateway_timeout',
    message,
    gateway_ref: null,
  })
}

async function chargeBehind(
  deps: CallDeps,
  scope: Scope,
  row: TransactionRow,
): Promise<TransactionRow> {
  return (await transactionById(deps.db, scope, row.charge_id ?? '')) ?? row
}

/** "Sync": asks about every charge of a payment now, whatever we believe of it. */
export async function syncPayment(
  deps: CallDeps,
  scope: Scope,
  paymentId: string,
): Promise<{ asked: number; unreachable: number }> {
  const all = await transactionsOf(deps.db, scope, [paymentId])
  const charges = all.filter((one) => one.type === 'charge' && one.gateway_account_id !== null)
  let unreachable = 0
  for (const charge of charges) {
    const key = { transaction_id: charge.id, gateway_ref: charge.gateway_ref }
    const { look: found } = await fetchCharge(deps, scope, charge.gateway_account_id ?? '', key)
    if (found === 'unknown') unreachable += 1
  }
  for (const one of all) {
    if (isOpen(one.state)) await syncTransaction(deps, scope, one.id)
  }
  return { asked: charges.length, unreachable }
}
