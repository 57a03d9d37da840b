import { CreateRefund, EffectPreview, Refund } from '#contract/payments.ts'
import { IdParams } from '#contract/shapes.ts'
import { ok, refuse } from '#server/kernel/result.ts'
import { audit, type Purposes } from '#server/money/payments/index.ts'
import type { Dispatch } from '#server/money/transactions/index.ts'
import type { Deps } from '#server/platform/deps.ts'
import { idempotent, type Reply, type RouteHost, route } from '#server/platform/http/index.ts'
import type { GatewayDeps } from '#server/records/gateway-accounts/index.ts'
import { requestRefund } from './actions/request.ts'
import { presentRefund } from './present.ts'
import type { RefundRow } from './refund.ts'
import { REFUND_REFUSALS } from './refusals.ts'
import { refundById } from './store.ts'

export type RefundRouteDeps = Deps &
  GatewayDeps & { readonly purposes: Purposes; readonly dispatch: Dispatch }

export function refundRoutes(host: RouteHost, deps: RefundRouteDeps): void {
  route(host, {
    method: 'POST',
    url: '/v1/payments/:id/refunds',
    permission: 'request_refund',
    tag: 'Refunds',
    summary: 'Give money back through the gateway, in full or in part',
    params: IdParams,
    body: CreateRefund,
    answers: { 201: Refund, 200: EffectPreview },
    refusals: REFUND_REFUSALS,
    idempotencyKey: true,
    handler: (call) => {
      const { caller, params, body } = call
      const { scope, actor } = caller
      const finish = async (refundId: string): Promise<Reply> => {
        const refund = await refundById(deps.db, scope, refundId)
        if (refund?.transaction_id) await deps.dispatch(scope, refund.transaction_id)
        const now = await refundById(deps.db, scope, refundId)
        return { status: 201, body: now ? presentRefund(now) : null }
      }
      return idempotent(deps.db, call, {
        start: async (tx) => {
          const made = await requestRefund(deps, tx, scope, actor, params.id, body)
          if (!made.ok) return made
          if (body.dry_run) {
            return ok({ resourceId: params.id, reply: { status: 200, body: made.value } })
          }
          const refund = made.value as RefundRow
          const changes = { refund: refund.id, amount: presentRefund(refund).amount }
          await audit(deps, tx, caller, 'payment.refund', params.id, changes, body.reason)
          return ok({ resourceId: refund.id })
        },
        finish,
      })
    },
  })
  route(host, {
    method: 'GET',
    url: '/v1/refunds/:id',
    permission: 'access_refunds',
    tag: 'Refunds',
    summary: 'Read a refund',
    params: IdParams,
    answers: { 200: Refund },
    refusals: REFUND_REFUSALS,
    handler: async ({ caller, params }) => {
      const row = await refundById(deps.db, caller.scope, params.id)
      return row ? ok({ status: 200, body: presentRefund(row) }) : refuse('refund_not_found')
    },
  })
}
