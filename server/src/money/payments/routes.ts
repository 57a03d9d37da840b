import { Type } from 'typebox'
import {
  CancelPayment,
  CreateNote,
  CreatePayment,
  EffectPreview,
  MarkPaid,
  Payment,
  TimelineEntry,
  Transfer,
} from '#contract/payments.ts'
import { IdParams } from '#contract/shapes.ts'
import { toWire } from '#server/kernel/money.ts'
import { ok, type Result, refuse } from '#server/kernel/result.ts'
import type { Scope } from '#server/kernel/scope.ts'
import { transfersOf } from '#server/ledger/index.ts'
import { presentTransaction, transactionsOf } from '#server/money/transactions/index.ts'
import type { Deps } from '#server/platform/deps.ts'
import { type Caller, idempotent, type RouteHost, route } from '#server/platform/http/index.ts'
import type { Queryable, Tx } from '#server/platform/postgres/index.ts'
import { recordAudit } from '#server/records/audit/index.ts'
import { findGateway, type GatewayDeps } from '#server/records/gateway-accounts/index.ts'
import { cancelPayment } from './actions/cancel.ts'
import { createPayments } from './actions/create.ts'
import { markPaid } from './actions/mark-paid.ts'
import { availabilityOf } from './available.ts'
import type { PaymentRow } from './payment.ts'
import { presentPayment } from './present.ts'
import type { Purposes } from './purpose.ts'
import { PAYMENT_REFUSALS } from './refusals.ts'
import { insertNote, notesOf, paymentById, paymentDetail, storyOf } from './store.ts'
import { ofNote, timelineOf } from './timeline.ts'

/** Opens the payer's page for a payment; the checkout supplies it. */
export type OpenSession = (
  tx: Tx,
  scope: Scope,
  payment: PaymentRow,
  page: { locale?: 'en' | 'fr'; success_url?: string; cancel_url?: string },
) => Promise<Result<{ id: string; url: string; payment: PaymentRow }, string>>

export type PaymentRouteDeps = Deps &
  GatewayDeps & { readonly purposes: Purposes; readonly openSession: OpenSession }

const actionDeps = (deps: PaymentRouteDeps) => ({
  newId: deps.newId,
  now_ms: deps.clock.now(),
  purposes: deps.purposes,
})

export function paymentRoutes(host: RouteHost, deps: PaymentRouteDeps): void {
  createRoute(host, deps)
  readRoutes(host, deps)
  cancelRoute(host, deps)
  markPaidRoute(host, deps)
  noteRoute(host, deps)
}

function createRoute(host: RouteHost, deps: PaymentRouteDeps): void {
  route(host, {
    method: 'POST',
    url: '/v1/payments',
    permission: 'create_payment',
    tag: 'Payments',
    summary: 'Ask for one amount, or record one already received',
    body: CreatePayment,
    answers: { 201: Payment },
    refusals: PAYMENT_REFUSALS,
    idempotencyKey: true,
    handler: (call) =>
      idempotent(deps.db, call, {
        start: async (tx) => {
          const { caller, body } = call
          const source = caller.actor.kind === 'key' ? ('api' as const) : ('dashboard' as const)
          const input = { ...body, source, purpose_name: body.purpose ?? 'api' }
          const { scope, actor } = caller
          const [made] = await createPayments(actionDeps(deps), tx, scope, actor, [input])
          if (!made?.ok) return made ?? refuse('payment_not_found')
          const page = await pageFor(deps, tx, scope, made.value, body)
          if (!page.ok) return page
          await audit(deps, tx, caller, 'payment.create', page.value.payment.id, {
            amount: body.amount,
            recorded: body.recorded ?? null,
          })
          const body201 = presentPayment(page.value.payment)
          const reply = { status: 201, body: { ...body201, checkout_url: page.value.url } }
          return ok({ resourceId: page.value.payment.id, reply })
        },
      }),
  })
}

async function pageFor(
  deps: PaymentRouteDeps,
  tx: Tx,
  scope: Scope,
  payment: PaymentRow,
  page: CreatePayment,
): Promise<Result<{ url: string | null; payment: PaymentRow }, string>> {
  if (payment.status !== 'open') return ok({ url: null, payment })
  return deps.openSession(tx, scope, payment, page)
}

export const audit = (
  deps: Deps,
  tx: Tx,
  caller: Caller,
  action: string,
  objectId: string,
  changes: Record<string, unknown>,
  reason: string | null = null,
): Promise<unknown> =>
  recordAudit(tx, deps.newId, deps.clock, caller.scope, {
    actor: caller.actor,
    action,
    objectId,
    changes,
    reason,
    requestId: caller.requestId,
    ip: caller.ip,
  })

/** The payment as its page shows it: names, transactions, which actions are open and why not. */
export async function fullPayment(
  deps: GatewayDeps,
  q: Queryable,
  scope: Scope,
  id: string,
): Promise<Payment | undefined> {
  const row = await paymentDetail(q, scope, id)
  if (!row) return undefined
  const all = await transactionsOf(q, scope, [id])
  const charges = all.filter((one) => one.type === 'charge')
  const has_unknown = all.some((one) => one.state === 'unknown')
  const link = async (accountId: string | null, ref: string | null) => {
    if (!accountId || !ref) return null
    const at = await findGateway(deps, q, scope, accountId)
    return at?.gateway.dashboardUrl(at.config, ref) ?? null
  }
  const transactions = []
  for (const one of all) {
    const url = one.type === 'charge' ? await link(one.gateway_account_id, one.gateway_ref) : null
    transactions.push(presentTransaction(one, url))
  }
  return {
    ...presentPayment(row, { ...row, has_unknown }),
    transactions,
    actions: availabilityOf(row, charges, deps.gateways),
    gateway_details: row.gateway_details,
    gateway_url: await link(row.gateway_account_id, row.gateway_ref),
  }
}

function readRoutes(host: RouteHost, deps: PaymentRouteDeps): void {
  const shared = { params: IdParams, refusals: PAYMENT_REFUSALS, tag: 'Payments' } as const
  route(host, {
    ...shared,
    method: 'GET',
    url: '/v1/payments/:id',
    permission: 'access_payment_details',
    summary: 'Read a payment with its transactions and what may be done with it',
    answers: { 200: Payment },
    handler: async ({ caller, params }) => {
      const body = await fullPayment(deps, deps.db, caller.scope, params.id)
      return body ? ok({ status: 200, body }) : notFound(caller)
    },
  })
  route(host, {
    ...shared,
    method: 'GET',
    url: '/v1/payments/:id/timeline',
    permission: 'access_payment_details',
    summary: 'Everything that happened to a payment, oldest first',
    answers: { 200: Type.Object({ data: Type.Array(TimelineEntry) }) },
    handler: async ({ caller, params }) => {
      if (!(await paymentById(deps.db, caller.scope, params.id))) return notFound(caller)
      const story = await storyOf(deps.db, caller.scope, params.id)
      const notes = await notesOf(deps.db, caller.scope, params.id)
      return ok({ status: 200, body: { data: timelineOf(story, notes) } })
    },
  })
  route(host, {
    ...shared,
    method: 'GET',
    url: '/v1/payments/:id/transfers',
    permission: 'access_ledger',
    summary: 'The ledger transfers of a payment',
    answers: { 200: Type.Object({ data: Type.Array(Transfer) }) },
    handler: async ({ caller, params }) => {
      if (!(await paymentById(deps.db, caller.scope, params.id))) return notFound(caller)
      const rows = await transfersOf(deps.db, caller.scope, { payment_id: params.id })
      const data = rows.map((row) => ({
        ...row,
        object: 'transfer',
        amount: toWire({ amount: row.amount, currency: row.currency }),
        created_at: row.created_at.toISOString(),
      }))
      return ok({ status: 200, body: { data } })
    },
  })
}

const notFound = (caller: Caller) =>
  refuse('payment_not_found', {
    detail: `There is no such payment in ${caller.scope.mode} mode. Check the id and the mode.`,
  })

function cancelRoute(host: RouteHost, deps: PaymentRouteDeps): void {
  route(host, {
    method: 'POST',
    url: '/v1/payments/:id/cancel',
    permission: 'cancel_payment',
    tag: 'Payments',
    summary: 'Stop collecting a payment',
    params: IdParams,
    body: CancelPayment,
    answers: { 200: Type.Union([Payment, EffectPreview]) },
    refusals: PAYMENT_REFUSALS,
    idempotencyKey: true,
    handler: (call) =>
      idempotent(deps.db, call, {
        start: async (tx) => {
          const { caller, params, body } = call
          const { scope, actor } = caller
          const done = await cancelPayment(actionDeps(deps), tx, scope, actor, params.id, body)
          if (!done.ok) return done
          if (body.dry_run) return preview(params.id, done.value)
          await audit(deps, tx, caller, 'payment.cancel', params.id, {}, body.reason ?? null)
          const full = await fullPayment(deps, tx, scope, params.id)
          return ok({ resourceId: params.id, reply: { status: 200, body: full } })
        },
      }),
  })
}

const preview = (resourceId: string, body: unknown) =>
  ok({ resourceId, reply: { status: 200, body } })

function markPaidRoute(host: RouteHost, deps: PaymentRouteDeps): void {
  route(host, {
    method: 'POST',
    url: '/v1/payments/:id/mark_paid',
    permission: 'mark_payment_paid',
    tag: 'Payments',
    summary: 'Vouch by hand that money was received',
    params: IdParams,
    body: MarkPaid,
    answers: { 200: Type.Union([Payment, EffectPreview]) },
    refusals: PAYMENT_REFUSALS,
    idempotencyKey: true,
    handler: (call) =>
      idempotent(deps.db, call, {
        start: async (tx) => {
          const { caller, params, body } = call
          const { scope, actor } = caller
          const done = await markPaid(actionDeps(deps), tx, scope, actor, params.id, body)
          if (!done.ok) return done
          if (body.dry_run) return preview(params.id, done.value)
          const changes = { amount: body.amount ?? null, confirmed_by: body.confirmed_by }
          await audit(deps, tx, caller, 'payment.mark_paid', params.id, changes, body.reason)
          const full = await fullPayment(deps, tx, scope, params.id)
          return ok({ resourceId: params.id, reply: { status: 200, body: full } })
        },
      }),
  })
}

function noteRoute(host: RouteHost, deps: PaymentRouteDeps): void {
  route(host, {
    method: 'POST',
    url: '/v1/payments/:id/notes',
    permission: 'annotate_payment',
    tag: 'Payments',
    summary: 'Add a note to a payment',
    params: IdParams,
    body: CreateNote,
    answers: { 201: TimelineEntry },
    refusals: PAYMENT_REFUSALS,
    handler: async ({ caller, params, body }) => {
      const { scope, actor } = caller
      const note = await deps.db.tx(async (tx) => {
        if (!(await paymentById(tx, scope, params.id))) return undefined
        const by = { member_id: actor.id, author: actor.name }
        const id = deps.newId('note')
        return insertNote(tx, scope, { id, payment_id: params.id, text: body.text, ...by })
      })
      return note ? ok({ status: 201, body: ofNote(note) }) : notFound(caller)
    },
  })
}
