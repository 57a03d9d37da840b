import type { Static } from 'typebox'
import { CreatePaymentLink, PaymentLink } from '#contract/collecting.ts'
import { IdParams } from '#contract/shapes.ts'
import { isCurrency, parseMoney } from '#server/kernel/money.ts'
import { ok, type RefusalTable, type Result, refuse } from '#server/kernel/result.ts'
import { audit, PAYMENT_REFUSALS } from '#server/money/payments/index.ts'
import { newToken } from '#server/platform/clock.ts'
import { idempotent, type RouteHost, route } from '#server/platform/http/index.ts'
import { announce } from '#server/platform/outbox.ts'
import { customersExist } from '#server/records/customers/index.ts'
import { shopFor } from '#server/records/merchants/index.ts'
import type { VisitDeps } from '../actions/visit.ts'
import { linkStatus, presentLink } from '../payment-link.ts'
import { cancelLink, insertLink, linkById, lockLink } from '../store.ts'
import { linkPages } from './pages.ts'

export type LinkDeps = VisitDeps & { readonly publicUrl: () => string }
type Body = Static<typeof CreatePaymentLink>

const REFUSALS: RefusalTable<string> = {
  ...PAYMENT_REFUSALS,
  link_not_found: { status: 404, title: 'No such payment link' },
  link_over: { status: 409, title: 'This link is over' },
  amount_or_currency: { status: 422, title: 'Name an amount, or the currency to choose one in' },
  due_on_invalid: { status: 422, title: 'The due day is not in the calendar' },
}

export function linkRoutes(host: RouteHost, deps: LinkDeps): void {
  host.app.register((inner, _options, done) => {
    linkPages(inner, deps)
    done()
  })
  createRoute(host, deps)
  route(host, {
    method: 'GET',
    url: '/v1/links/:id',
    permission: 'access_payments',
    tag: 'Payment links',
    summary: 'Read a payment link',
    params: IdParams,
    answers: { 200: PaymentLink },
    refusals: REFUSALS,
    handler: async ({ caller, params }) => {
      const row = await linkById(deps.db, caller.scope, params.id)
      if (!row) return refuse('link_not_found')
      return ok({ status: 200, body: presentLink(row, deps.publicUrl(), deps.clock.now()) })
    },
  })
  cancelRoute(host, deps)
}

function createRoute(host: RouteHost, deps: LinkDeps): void {
  route(host, {
    method: 'POST',
    url: '/v1/links',
    permission: 'create_payment_link',
    tag: 'Payment links',
    summary: 'Make an address that asks for money',
    body: CreatePaymentLink,
    answers: { 201: PaymentLink },
    refusals: REFUSALS,
    idempotencyKey: true,
    handler: (call) =>
      idempotent(deps.db, call, {
        start: async (tx) => {
          const { caller, body } = call
          const { scope, actor } = caller
          const price = priceOf(body)
          if (!price.ok) return price
          if (body.due_on && !isDay(body.due_on)) {
            const detail = `There is no day ${body.due_on}.`
            return refuse('due_on_invalid', { pointer: '/due_on', detail })
          }
          const shop = await shopFor(tx, scope, body.shop_id ?? null)
          if (!shop) return refuse('shop_not_found', { pointer: '/shop_id' })
          const customer = body.customer_id ?? null
          if (customer && !(await customersExist(tx, scope, customer))) {
            return refuse('customer_not_found', { pointer: '/customer_id' })
          }
          const id = deps.newId('paymentLink')
          const now_ms = deps.clock.now()
          const expiry = body.expires_in_s
          await insertLink(tx, scope, actor, {
            ...price.value,
            id,
            code: newToken(deps.random),
            reference: body.reference ?? null,
            description: body.description ?? null,
            payer_name: body.payer_name ?? null,
            payer_email: body.payer_email ?? null,
            customer_id: customer,
            shop_id: shop.id,
            metadata: body.metadata ?? {},
            locale: body.locale ?? null,
            due_on: body.due_on ?? null,
            expires_at: expiry ? new Date(now_ms + expiry * 1000) : null,
          })
          const row = await linkById(tx, scope, id)
          if (!row) return refuse('link_not_found')
          const shown = presentLink(row, deps.publicUrl(), now_ms)
          const event = { type: 'link.created', objectId: id, objectVersion: 1, paymentId: null }
          await announce(tx, deps.newId, scope, actor, [{ ...event, data: shown }])
          await audit(deps, tx, caller, 'link.create', id, { amount: shown.amount })
          return ok({ resourceId: id, reply: { status: 201, body: shown } })
        },
      }),
  })
}

/** `2026-02-30` has the form of a day and is none. */
const isDay = (text: string): boolean => {
  const at_ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at_ms) && new Date(at_ms).toISOString().startsWith(text)
}

/** A fixed amount, or only the currency in which the payer chooses one. */
function priceOf(body: Body): Result<{ amount: bigint | null; currency: string }, string> {
  if (body.amount) {
    const money = parseMoney(body.amount)
    if (money.ok) return money
    const pointer = `/amount${money.refusal.pointer ?? ''}`
    return { ok: false, refusal: { ...money.refusal, pointer } }
  }
  if (!body.currency) {
    const detail = 'Send amount, or currency to let the payer choose the amount.'
    return refuse('amount_or_currency', { detail })
  }
  if (!isCurrency(body.currency)) return refuse('currency_unknown', { pointer: '/currency' })
  return ok({ amount: null, currency: body.currency })
}

function cancelRoute(host: RouteHost, deps: LinkDeps): void {
  route(host, {
    method: 'POST',
    url: '/v1/links/:id/cancel',
    permission: 'create_payment_link',
    tag: 'Payment links',
    summary: 'Close a payment link',
    params: IdParams,
    answers: { 200: PaymentLink },
    refusals: REFUSALS,
    handler: async ({ caller, params }) =>
      deps.db.txResult(async (tx) => {
        const { scope, actor } = caller
        const before = await lockLink(tx, scope, params.id)
        if (!before) return refuse('link_not_found')
        const now_ms = deps.clock.now()
        if (linkStatus(before, now_ms) === 'paid') {
          return refuse('link_over', { detail: 'This link is paid already.' })
        }
        if (before.canceled_at !== null) {
          return ok({ status: 200, body: presentLink(before, deps.publicUrl(), now_ms) })
        }
        await cancelLink(tx, scope, params.id)
        const row = (await linkById(tx, scope, params.id)) ?? before
        const shown = presentLink(row, deps.publicUrl(), now_ms)
        const event = { type: 'link.canceled', objectId: row.id, objectVersion: 2 }
        const more = { paymentId: null, data: shown }
        await announce(tx, deps.newId, scope, actor, [{ ...event, ...more }])
        await audit(deps, tx, caller, 'link.cancel', row.id, {})
        return ok({ status: 200, body: shown })
      }),
  })
}
