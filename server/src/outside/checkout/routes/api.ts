import type { Static } from 'typebox'
import { Type } from 'typebox'
import { CheckoutSession, CreateCheckoutSession } from '#contract/collecting.ts'
import { IdParams, ListQuery } from '#contract/shapes.ts'
import { ok, type RefusalTable, type Result, refuse } from '#server/kernel/result.ts'
import type { CallDeps } from '#server/money/gateway-calls/index.ts'
import {
  audit,
  createPayments,
  lockPayments,
  type OpenSession,
  PAYMENT_REFUSALS,
  type PaymentRow,
  remaining,
} from '#server/money/payments/index.ts'
import { type Caller, idempotent, type RouteHost, route } from '#server/platform/http/index.ts'
import type { Tx } from '#server/platform/postgres/index.ts'
import { presentSession } from '../session.ts'
import { closeSession, listSessions, sessionById } from '../store.ts'
import { checkoutPages } from './pages.ts'

export type CheckoutDeps = CallDeps & { readonly openSession: OpenSession }

const REFUSALS: RefusalTable<string> = {
  ...PAYMENT_REFUSALS,
  checkout_session_not_found: { status: 404, title: 'No such checkout session' },
  payment_or_amount: { status: 422, title: 'Name a payment or an amount' },
  payment_over: { status: 409, title: 'This payment is over' },
}

export function checkoutRoutes(host: RouteHost, deps: CheckoutDeps): void {
  host.app.register((inner, _options, done) => {
    checkoutPages(inner, deps)
    done()
  })
  createRoute(host, deps)
  readRoutes(host, deps)
  expireRoute(host, deps)
}

function createRoute(host: RouteHost, deps: CheckoutDeps): void {
  route(host, {
    method: 'POST',
    url: '/v1/checkout_sessions',
    permission: 'create_payment',
    tag: 'Checkout',
    summary: 'Open a page where a payer can pay',
    body: CreateCheckoutSession,
    answers: { 201: CheckoutSession },
    refusals: REFUSALS,
    idempotencyKey: true,
    handler: (call) =>
      idempotent(deps.db, call, {
        start: async (tx) => {
          const { caller, body } = call
          const payment = await paymentFor(deps, tx, caller, body)
          if (!payment.ok) return payment
          const opened = await deps.openSession(tx, caller.scope, payment.value, body)
          if (!opened.ok) return opened
          const row = await sessionById(tx, caller.scope, opened.value.id)
          if (!row) return refuse('checkout_session_not_found')
          const changes = { session: row.id }
          await audit(deps, tx, caller, 'checkout_session.create', row.payment_id, changes)
          const shown = presentSession(row, deps.clock.now(), opened.value.url)
          return ok({ resourceId: row.id, reply: { status: 201, body: shown } })
        },
      }),
  })
}

/** The named payment if it can still be paid, or a new one. */
async function paymentFor(
  deps: CheckoutDeps,
  tx: Tx,
  caller: Caller,
  body: Static<typeof CreateCheckoutSession>,
): Promise<Result<PaymentRow, string>> {
  const { payment_id, amount, purpose = 'api', ...rest } = body
  if ((payment_id === undefined) === (amount === undefined)) {
    return refuse('payment_or_amount', { detail: 'Send either payment_id or amount.' })
  }
  if (payment_id !== undefined) {
    const row = (await lockPayments(tx, caller.scope, [payment_id])).get(payment_id)
    if (!row) return refuse('payment_not_found', { pointer: '/payment_id' })
    if (remaining(row) === 0n) return refuse('already_paid')
    const over = row.status === 'canceled' || row.status === 'expired'
    return over ? refuse('payment_over') : ok(row)
  }
  const actionDeps = { ...deps, now_ms: deps.clock.now() }
  const source = caller.actor.kind === 'key' ? ('api' as const) : ('checkout' as const)
  const input = { ...rest, amount: amount ?? { value: '', currency: '' }, source }
  const { scope, actor } = caller
  const [made] = await createPayments(actionDeps, tx, scope, actor, [
    { ...input, purpose_name: purpose },
  ])
  return made ?? refuse('payment_not_found')
}

function readRoutes(host: RouteHost, deps: CheckoutDeps): void {
  const shared = { tag: 'Checkout', refusals: REFUSALS } as const
  route(host, {
    ...shared,
    method: 'GET',
    url: '/v1/checkout_sessions',
    permission: 'access_payments',
    summary: 'List checkout sessions, newest first',
    query: Type.Object({
      payment_id: Type.Optional(Type.String({ maxLength: 64 })),
      limit: ListQuery.properties.limit,
      after: ListQuery.properties.after,
    }),
    answers: { 200: Type.Object({ data: Type.Array(CheckoutSession), next: Type.Unknown() }) },
    handler: async ({ caller, query }) => {
      const limit = Math.min(200, Math.max(1, Number.parseInt(query.limit ?? '25', 10)))
      const page = {
        payment_id: query.payment_id ?? null,
        before: query.after ?? null,
        limit: limit + 1,
      }
      const rows = await listSessions(deps.db, caller.scope, page)
      const now_ms = deps.clock.now()
      const data = rows.slice(0, limit).map((row) => presentSession(row, now_ms, null))
      const next = rows.length > limit ? (data.at(-1)?.id ?? null) : null
      return ok({ status: 200, body: { data, next } })
    },
  })
  route(host, {
    ...shared,
    method: 'GET',
    url: '/v1/checkout_sessions/:id',
    permission: 'access_payments',
    summary: 'Read a checkout session',
    params: IdParams,
    answers: { 200: CheckoutSession },
    handler: async ({ caller, params }) => {
      const row = await sessionById(deps.db, caller.scope, params.id)
      if (!row) return refuse('checkout_session_not_found')
      return ok({ status: 200, body: presentSession(row, deps.clock.now(), null) })
    },
  })
}

function expireRoute(host: RouteHost, deps: CheckoutDeps): void {
  route(host, {
    tag: 'Checkout',
    refusals: REFUSALS,
    method: 'POST',
    url: '/v1/checkout_sessions/:id/expire',
    permission: 'cancel_payment',
    summary: 'Close the page now; the payment stays as it is',
    params: IdParams,
    answers: { 200: CheckoutSession },
    handler: async ({ caller, params }) => {
      const row = await deps.db.tx(async (tx) => {
        const before = await sessionById(tx, caller.scope, params.id)
        if (!before) return undefined
        await closeSession(tx, caller.scope, params.id)
        const changes = { session: params.id }
        await audit(deps, tx, caller, 'checkout_session.expire', before.payment_id, changes)
        return sessionById(tx, caller.scope, params.id)
      })
      if (!row) return refuse('checkout_session_not_found')
      return ok({ status: 200, body: presentSession(row, deps.clock.now(), null) })
    },
  })
}
