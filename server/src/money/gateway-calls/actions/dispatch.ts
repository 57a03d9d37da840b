import type { GatewayCall, ObjectFacts, Outcome, RefundFact } from '#gateway-kit'
import type { Scope } from '#server/kernel/scope.ts'
import type { Purposes } from '#server/money/payments/index.ts'
import {
  changeTransaction,
  markDispatched,
  type TransactionRow,
  transactionById,
} from '#server/money/transactions/index.ts'
import type { Deps } from '#server/platform/deps.ts'
import { assertOutsideTransaction } from '#server/platform/postgres/index.ts'
import {
  type AtGateway,
  type GatewayCallDeps,
  gatewayFor,
} from '#server/records/gateway-accounts/index.ts'
import type { Fact } from '../fact.ts'
import { applyFacts } from './apply-facts.ts'

export type CallDeps = Deps & GatewayCallDeps & { readonly purposes: Purposes }

/**
 * How long a request may still be on its way somewhere: before that, "not found" proves nothing.
 */
const QUARANTINE_MS = 24 * 3600 * 1000
/** Of the gateway's own key window, what we dare to use. */
const WINDOW_SHARE = 0.8

/**
 * Sends a frozen request: marks it as sent, calls with no transaction open, records the answer.
 * Safe
 * to repeat: the same bytes go out under the same key, and only while the gateway remembers the
 * key.
 */
export async function dispatch(deps: CallDeps, scope: Scope, transactionId: string): Promise<void> {
  const known = await transactionById(deps.db, scope, transactionId)
  if (!known) return
  const at = await gatewayFor(deps, deps.db, scope, known.gateway_account_id)
  const resend_ms = Math.floor(at.gateway.capabilities.resend_window_ms * WINDOW_SHARE)
  const window = { resend_ms, quarantine_ms: QUARANTINE_MS }
  const row = await deps.db.tx((tx) => markDispatched(tx, scope, transactionId, window))
  if (!row) return
  assertOutsideTransaction('call a gateway')
  const call: GatewayCall = {
    method: 'POST',
    path: row.request_path ?? '',
    body: row.request_body ?? '',
    idempotency_key: row.id,
  }
  if (row.type === 'refund') {
    await recordRefund(deps, scope, row, await send(at, 'sendRefund', call, deps))
  } else {
    await recordCharge(deps, scope, row, at, await send(at, 'sendCharge', call, deps))
  }
}

/** An adapter that throws has told us nothing about what the gateway did. */
async function send<K extends 'sendCharge' | 'sendRefund'>(
  at: AtGateway,
  how: K,
  call: GatewayCall,
  deps: CallDeps,
): Promise<Awaited<ReturnType<AtGateway['gateway'][K]>>> {
  type Answer = Awaited<ReturnType<AtGateway['gateway'][K]>>
  try {
    return (await at.gateway[how](at.config, call, deps.gatewayHttp)) as Answer
  } catch (fault) {
    deps.log.error('a gateway adapter threw', { gateway: at.row.gateway, fault: String(fault) })
    return { kind: 'unknown', message: 'The adapter failed.' } as Answer
  }
}

/** What an outcome without an object says; null when it says nothing at all. */
function verdictOf(
  row: TransactionRow,
  outcome: Outcome<unknown>,
  retried: 'charge' | 'refund',
): Fact | null {
  const transactionId = row.id
  const first = row.attempts <= 1
  switch (outcome.kind) {
    case 'rejected': {
      // Credentials refused on a repeat say nothing about what the first try did.
      if (outcome.reason === 'credentials_refused' && !first) break
      const { reason, message, gateway_ref = null } = outcome
      return { kind: 'rejected', transactionId, reason, message, gateway_ref }
    }
    case 'not_sent':
    case 'rate_limited': {
      // A payer waits and can choose again; a refund is simply sent later.
      if (retried === 'refund' || !first) return null
      const message = outcome.message
      return {
        kind: 'rejected',
        transactionId,
        reason: 'gateway_timeout',
        message,
        gateway_ref: null,
      }
    }
    default:
      break
  }
  const message = 'message' in outcome ? outcome.message : 'The answer could not be used.'
  return { kind: 'unknown', transactionId, message }
}

async function recordCharge(
  deps: CallDeps,
  scope: Scope,
  row: TransactionRow,
  at: AtGateway,
  outcome: Outcome<ObjectFacts>,
): Promise<void> {
  const fact: Fact | null =
    'object' in outcome
      ? { kind: 'object', accountId: at.row.id, object: outcome.object }
      : verdictOf(row, outcome, 'charge')
  if (!fact) return
  await deps.db.tx(async (tx) => {
    const facts = { newId: deps.newId, now_ms: deps.clock.now(), purposes: deps.purposes }
    await applyFacts(facts, tx, scope, [fact])
    if (outcome.kind !== 'action_required' || !outcome.redirect_url) return
    const now = await transactionById(tx, scope, row.id)
    if (now?.state !== 'action_required') return
    await changeTransaction(tx, scope, now, { ...now, redirect_url: outcome.redirect_url })
  })
}

async function recordRefund(
  deps: CallDeps,
  scope: Scope,
  row: TransactionRow,
  outcome: Outcome<RefundFact>,
): Promise<void> {
  const charge = await transactionById(deps.db, scope, row.charge_id ?? '')
  const fact =
    'object' in outcome && charge
      ? refundAsObject(charge, row, outcome.object)
      : verdictOf(row, outcome, 'refund')
  if (!fact) return
  await deps.db.tx((tx) =>
    applyFacts(
      { newId: deps.newId, now_ms: deps.clock.now(), purposes: deps.purposes },
      tx,
      scope,
      [fact],
    ),
  )
}

/** One refund as a fact: it names its own transaction and says nothing about the charge. */
const refundAsObject = (charge: TransactionRow, row: TransactionRow, refund: RefundFact): Fact => ({
  kind: 'refund',
  transactionId: row.id,
  chargeId: charge.id,
  refund,
})
