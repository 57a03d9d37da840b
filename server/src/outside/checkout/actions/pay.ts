import { ok, type Result, refuse } from '#server/kernel/result.ts'
import { PAYER, scopeOf } from '#server/kernel/scope.ts'
import {
  type CallDeps,
  dispatch,
  type StartedCharge,
  startCharge,
} from '#server/money/gateway-calls/index.ts'
import { lockPayments } from '#server/money/payments/index.ts'
import {
  isOpen,
  type TransactionRow,
  transactionById,
  transactionsOf,
} from '#server/money/transactions/index.ts'
import { methodsOf, usable } from '#server/records/payment-methods/index.ts'
import { type SessionRow, sessionStatus } from '../session.ts'

export type PayRefusal =
  | 'already_paid'
  | 'outcome_unknown'
  | 'payment_over'
  | 'method_unavailable'
  | 'session_over'

/** How long a second click waits for the first one's answer. */
const SECOND_CLICK_MS = 8000
const LOOK_MS = 100

/**
 * The payer chose a method. Starts one charge, or joins the one under way: refresh, Back and a
 * double
 * click all come here, and none makes a second charge.
 * Returns where the payer goes next, or null for the status page.
 */
export async function pay(
  deps: CallDeps,
  session: SessionRow,
  input: { method: string; locale: string; pageUrl: string },
): Promise<Result<{ next: string | null }, PayRefusal>> {
  const scope = scopeOf(session)
  const over = sessionStatus(session, deps.clock.now()) === 'expired'
  // Who has paid a part may always pay the rest.
  if (over && session.payment_status !== 'partially_paid') return refuse('session_over')
  const started = await deps.db.txResult<StartedCharge, PayRefusal>(async (tx) => {
    const row = (await lockPayments(tx, scope, [session.payment_id])).get(session.payment_id)
    if (!row) return refuse('session_over')
    const methods = usable(await methodsOf(tx, scope), row.currency)
    const method =
      methods.find((one) => one.slug === input.method) ?? onlyOne(methods, input.method)
    if (!method) return refuse('method_unavailable')
    const actionDeps = { ...deps, now_ms: deps.clock.now() }
    return startCharge(actionDeps, tx, scope, PAYER, row, {
      via: 'checkout',
      accountId: method.gateway_account_id,
      method: method.slug,
      locale: input.locale,
      returnUrl: `${input.pageUrl}/return`,
      cancelUrl: `${input.pageUrl}/return?canceled=1`,
    })
  })
  if (!started.ok && started.refusal.code === 'outcome_unknown') return joinCharge(deps, session)
  if (!started.ok) return started
  const { transactionId, redirectUrl } = started.value
  if (redirectUrl) return ok({ next: redirectUrl })
  await dispatch(deps, scope, transactionId)
  const charge = await transactionById(deps.db, scope, transactionId)
  return ok({ next: nextOf(charge) })
}

/** A form without a choice means the only method there is. */
const onlyOne = <T>(methods: readonly T[], asked: string): T | undefined =>
  asked === '' && methods.length === 1 ? methods[0] : undefined

const nextOf = (charge: TransactionRow | undefined): string | null =>
  charge?.state === 'action_required' ? charge.redirect_url : null

async function joinCharge(
  deps: CallDeps,
  session: SessionRow,
): Promise<Result<{ next: string | null }, PayRefusal>> {
  const scope = scopeOf(session)
  const until = deps.clock.now() + SECOND_CLICK_MS
  for (;;) {
    const all = await transactionsOf(deps.db, scope, [session.payment_id])
    const charge = all.findLast((one) => one.type === 'charge' && isOpen(one.state))
    const waiting = charge && ['prepared', 'dispatched'].includes(charge.state)
    if (!waiting || deps.clock.now() > until) return ok({ next: nextOf(charge) })
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}
