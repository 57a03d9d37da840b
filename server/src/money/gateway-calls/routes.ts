import { CreateCharge, Payment, Transaction } from '#contract/payments.ts'
import { IdParams } from '#contract/shapes.ts'
import { assert } from '#server/kernel/assert.ts'
import { ok, type RefusalTable, refuse } from '#server/kernel/result.ts'
import { audit, fullPayment, lockPayments, paymentById } from '#server/money/payments/index.ts'
import { isOpen, presentTransaction, transactionById } from '#server/money/transactions/index.ts'
import { idempotent, type Reply, type RouteHost, route } from '#server/platform/http/index.ts'
import { accountById, accountsOf } from '#server/records/gateway-accounts/index.ts'
import { type CallDeps, dispatch } from './actions/dispatch.ts'
import { startCharge } from './actions/start-charge.ts'
import { syncPayment } from './actions/sync.ts'

const REFUSALS = {
  payment_not_found: { status: 404, title: 'No such payment' },
  gateway_account_not_found: { status: 422, title: 'No such gateway account' },
  already_paid: { status: 409, title: 'This payment is already paid' },
  outcome_unknown: { status: 409, title: 'The gateway has not said yet how a try ended' },
  payment_over: { status: 409, title: 'This payment is over' },
  gateway_cannot_charge_tokens: { status: 422, title: 'This gateway takes no tokens' },
  gateway_unreachable: { status: 503, title: 'The gateway did not answer' },
} as const satisfies RefusalTable<string>

export function gatewayCallRoutes(host: RouteHost, deps: CallDeps): void {
  chargeRoute(host, deps)
  route(host, {
    method: 'POST',
    url: '/v1/payments/:id/sync',
    permission: 'sync_payment',
    tag: 'Payments',
    summary: 'Ask the gateway now and apply what it says',
    params: IdParams,
    answers: { 200: Payment },
    refusals: REFUSALS,
    handler: async ({ caller, params }) => {
      if (!(await paymentById(deps.db, caller.scope, params.id))) return refuse('payment_not_found')
      const asked = await syncPayment(deps, caller.scope, params.id)
      await deps.db.tx((tx) => audit(deps, tx, caller, 'payment.sync', params.id, { ...asked }))
      if (asked.unreachable > 0) {
        const detail =
          'The gateway did not answer. What is shown is what was last known; try again in a minute.'
        return refuse('gateway_unreachable', { detail })
      }
      return ok({ status: 200, body: await fullPayment(deps, deps.db, caller.scope, params.id) })
    },
  })
}

function chargeRoute(host: RouteHost, deps: CallDeps): void {
  route(host, {
    method: 'POST',
    url: '/v1/payments/:id/charges',
    permission: 'create_transaction',
    tag: 'Transactions',
    summary: "Charge a payment with a gateway's token",
    params: IdParams,
    body: CreateCharge,
    answers: { 201: Transaction, 202: Transaction },
    refusals: REFUSALS,
    idempotencyKey: true,
    handler: (call) => {
      const { scope, actor } = call.caller
      const finish = async (transactionId: string): Promise<Reply> => {
        await dispatch(deps, scope, transactionId)
        const row = await transactionById(deps.db, scope, transactionId)
        assert(row, `transaction ${transactionId} vanished`)
        return { status: isOpen(row.state) ? 202 : 201, body: presentTransaction(row) }
      }
      return idempotent(deps.db, call, {
        start: async (tx) => {
          const row = (await lockPayments(tx, scope, [call.params.id])).get(call.params.id)
          if (!row) return refuse('payment_not_found')
          const wanted = call.body.gateway_account_id
          const account = wanted
            ? await accountById(tx, scope, wanted)
            : (await accountsOf(tx, scope)).find((one) => one.active)
          if (!account) {
            const detail = 'Name an active gateway account of this mode.'
            return refuse('gateway_account_not_found', { pointer: '/gateway_account_id', detail })
          }
          if (!deps.gateways[account.gateway]?.capabilities.charge_with_token) {
            return refuse('gateway_cannot_charge_tokens')
          }
          const wish = { accountId: account.id, method: 'card', via: 'token' } as const
          const charge = { ...wish, token: call.body.token }
          const actionDeps = { ...deps, now_ms: deps.clock.now() }
          const started = await startCharge(actionDeps, tx, scope, actor, row, charge)
          if (!started.ok) return started
          const { transactionId } = started.value
          const changes = { transaction: transactionId }
          await audit(deps, tx, call.caller, 'payment.charge', row.id, changes)
          return ok({ resourceId: transactionId })
        },
        finish,
      })
    },
  })
}
