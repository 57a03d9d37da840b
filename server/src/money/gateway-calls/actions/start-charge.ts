import type { GatewayCall } from '#gateway-kit'
import { ok, type Result, refuse } from '#server/kernel/result.ts'
import type { Actor, Scope } from '#server/kernel/scope.ts'
import {
  commitPayment,
  eventFor,
  type PaymentRow,
  type Purposes,
  remaining,
  stepped,
} from '#server/money/payments/index.ts'
import { insertTransactions, isOpen, transactionsOf } from '#server/money/transactions/index.ts'
import type { NewId } from '#server/platform/clock.ts'
import { enqueue } from '#server/platform/jobs.ts'
import type { Tx } from '#server/platform/postgres/index.ts'
import {
  type AtGateway,
  eventUrl,
  type GatewayCallDeps,
  gatewayFor,
} from '#server/records/gateway-accounts/index.ts'

export type StartDeps = GatewayCallDeps & {
  readonly newId: NewId
  readonly now_ms: number
  readonly purposes: Purposes
}

export type ChargeWish = {
  readonly accountId: string
  readonly method: string
} & (
  | {
      readonly via: 'checkout'
      readonly locale: string
      readonly returnUrl: string
      readonly cancelUrl: string
    }
  | { readonly via: 'token'; readonly token: string }
)

export type StartRefusal = 'already_paid' | 'outcome_unknown' | 'payment_over'

export type StartedCharge = {
  readonly transactionId: string
  /** Set when the payer was already sent to the gateway and may simply go there again. */
  readonly redirectUrl: string | null
  readonly payment: PaymentRow
}

/**
 * Writes the intent of one charge: the row, its frozen request, and a job that sends it should this
 * process die first. The payment must be locked. Nothing is sent here.
 */
export async function startCharge(
  deps: StartDeps,
  tx: Tx,
  scope: Scope,
  actor: Actor,
  row: PaymentRow,
  wish: ChargeWish,
): Promise<Result<StartedCharge, StartRefusal>> {
  const due = remaining(row)
  if (due === 0n) return refuse('already_paid', { detail: 'This payment is fully paid already.' })
  if (row.status === 'canceled' || row.status === 'expired') {
    return refuse('payment_over', { detail: 'This payment is over; start a new one.' })
  }
  const charges = (await transactionsOf(tx, scope, [row.id])).filter((t) => t.type === 'charge')
  const again = charges.findLast(
    (one) =>
      wish.via === 'checkout' &&
      one.state === 'action_required' &&
      one.gateway_account_id === wish.accountId &&
      one.method === wish.method &&
      one.amount === due &&
      (one.redirect_url !== null || (one.resend_until?.getTime() ?? 0) > deps.now_ms),
  )
  if (again) return ok({ transactionId: again.id, redirectUrl: again.redirect_url, payment: row })
  if (charges.some((one) => isOpen(one.state) && one.state !== 'action_required')) {
    const detail = 'A try to pay is still under way at the gateway. Wait until it has ended.'
    return refuse('outcome_unknown', { detail })
  }
  return ok(await insert(deps, tx, scope, actor, row, due, wish))
}

/** A payer who pays the rest after the end still gets the time to do so. */
const SHORTEST_VISIT_MS = 10 * 60 * 1000

/** If this process dies between writing the intent and sending it, the job sends it. */
const RESCUE_MS = 5000

async function insert(
  deps: StartDeps,
  tx: Tx,
  scope: Scope,
  actor: Actor,
  row: PaymentRow,
  due: bigint,
  wish: ChargeWish,
): Promise<StartedCharge> {
  const at = await gatewayFor(deps, tx, scope, wish.accountId)
  const transactionId = deps.newId('transaction')
  const call = prepare(deps, at, row, { amount: due, currency: row.currency }, transactionId, wish)
  await insertTransactions(tx, scope, [
    {
      id: transactionId,
      payment_id: row.id,
      type: 'charge',
      state: 'prepared',
      currency: row.currency,
      amount: due,
      gateway_account_id: at.row.id,
      gateway: at.row.gateway,
      method: wish.method,
      request_path: call.path,
      request_body: call.body,
    },
  ])
  await enqueue(tx, deps.newId, scope, [
    { kind: 'transaction.sync', key: transactionId, in_ms: RESCUE_MS },
  ])
  const chosen = {
    ...row,
    gateway: at.row.gateway,
    gateway_account_id: at.row.id,
    method: wish.method,
  }
  const event = eventFor(row, { state: 'prepared', reason: null, authorized: false })
  const after = stepped(chosen, event, new Date(deps.now_ms))
  const data = { transaction: transactionId, method: wish.method }
  const change = { type: 'payment.charge_started', data }
  const payment = await commitPayment(deps, tx, scope, actor, row, after, [change])
  return { transactionId, redirectUrl: null, payment }
}

function prepare(
  deps: StartDeps,
  at: AtGateway,
  row: PaymentRow,
  amount: { amount: bigint; currency: string },
  transaction_id: string,
  wish: ChargeWish,
): GatewayCall {
  const shared = {
    transaction_id,
    amount,
    reference: row.reference ?? row.id,
    description: row.description ?? '',
    event_url: eventUrl(deps.publicUrl(), at.row),
  }
  if (wish.via === 'token') {
    return at.gateway.prepareCharge(at.config, { ...shared, token: wish.token })
  }
  const expires_ms = Math.max(row.expires_at?.getTime() ?? 0, deps.now_ms + SHORTEST_VISIT_MS)
  return at.gateway.prepareCheckout(at.config, {
    ...shared,
    locale: wish.locale,
    return_url: wish.returnUrl,
    cancel_url: wish.cancelUrl,
    expires_at_s: Math.floor(expires_ms / 1000),
  })
}
