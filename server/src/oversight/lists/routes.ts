import { type Static, type TSchema, Type } from 'typebox'
import { PaymentLink } from '#contract/collecting.ts'
import { Payment, Refund, Transaction } from '#contract/payments.ts'
import { Customer } from '#contract/people.ts'
import type { Permission } from '#contract/permissions.ts'
import { IdParams, ListQuery, pageOf } from '#contract/shapes.ts'
import { Event, GatewayEvent, HiddenRows, ListSummary } from '#contract/watching.ts'
import { ok, type Result, refuse } from '#server/kernel/result.ts'
import { presentTransaction, transactionById } from '#server/money/transactions/index.ts'
import type { Deps } from '#server/platform/deps.ts'
import { type Call, type Caller, type RouteHost, route } from '#server/platform/http/index.ts'
import { findGateway, type GatewayDeps } from '#server/records/gateway-accounts/index.ts'
import { countFacet, countHidden, summarise } from './actions/count.ts'
import { includeTransactions } from './actions/include.ts'
import { type Page, type Reader, readPage } from './actions/read-page.ts'
import { LIST_REFUSALS, type ListRefusal } from './refusals.ts'
import type { ListSpec } from './spec.ts'
import { EVENTS, GATEWAY_EVENTS, presentEvent } from './store/event-lists.ts'
import { REFUNDS, TRANSACTIONS } from './store/money-lists.ts'
import { PAYMENTS } from './store/payments.ts'
import { CUSTOMERS, linksList } from './store/people-lists.ts'
import { eventById } from './store/read.ts'

export type ListDeps = Deps & GatewayDeps & { readonly publicUrl: () => string }

type Place = {
  readonly url: string
  readonly permission: Permission
  readonly tag: string
  readonly summary: string
}

const PLACES = {
  payments: {
    url: '/v1/payments',
    permission: 'access_payments',
    tag: 'Payments',
    summary: 'List payments',
  },
  transactions: {
    url: '/v1/transactions',
    permission: 'access_payments',
    tag: 'Transactions',
    summary: 'List charges and refunds, one row for each try',
  },
  refunds: {
    url: '/v1/refunds',
    permission: 'access_refunds',
    tag: 'Refunds',
    summary: 'List refunds',
  },
  links: {
    url: '/v1/links',
    permission: 'access_payments',
    tag: 'Payment links',
    summary: 'List payment links',
  },
  customers: {
    url: '/v1/customers',
    permission: 'access_customers',
    tag: 'Customers',
    summary: 'List customers',
  },
  gatewayEvents: {
    url: '/v1/gateway_events',
    permission: 'access_webhook_inbox',
    tag: 'Gateway events',
    summary: 'List what gateways sent',
  },
  events: {
    url: '/v1/events',
    permission: 'access_events',
    tag: 'Events',
    summary: 'List what Florin announced',
  },
} as const satisfies Readonly<Record<string, Place>>

export function listRoutes(host: RouteHost, deps: ListDeps): void {
  listRoute(host, deps, PAYMENTS, PLACES.payments, Payment, includeTransactions)
  listRoute(host, deps, TRANSACTIONS, PLACES.transactions, Transaction)
  listRoute(host, deps, REFUNDS, PLACES.refunds, Refund)
  listRoute(host, deps, linksList(deps.publicUrl), PLACES.links, PaymentLink)
  listRoute(host, deps, GATEWAY_EVENTS, PLACES.gatewayEvents, GatewayEvent)
  listRoute(host, deps, EVENTS, PLACES.events, Event)
  listRoute(host, deps, CUSTOMERS, PLACES.customers, Customer)
  countRoutes(host, deps)
  readRoutes(host, deps)
}

const readerOf = (deps: Deps, caller: Caller): Reader => ({
  db: deps.db,
  scope: caller.scope,
  now_ms: deps.clock.now(),
  locale: caller.locale,
})

/** Adds to a page what `include` names; the names are the list's own. */
type Include<R> = {
  readonly name: string
  readonly add: (reader: Reader, page: Page<R>) => Promise<Page<R>>
}

/** A list in pages: filters, order and cursors are the same for every list. */
export function listRoute<R extends { readonly id: string }>(
  host: RouteHost,
  deps: Deps,
  list: ListSpec<R>,
  place: Place,
  item: TSchema,
  include?: Include<R>,
): void {
  route(host, {
    ...place,
    method: 'GET',
    query: ListQuery,
    answers: { 200: pageOf(item) },
    refusals: LIST_REFUSALS,
    handler: async (call) => {
      const { include: asked, ...query } = call.query
      const reader = readerOf(deps, call.caller)
      const wanted = asked?.split(',').filter((name) => name !== '') ?? []
      const unknown = wanted.find((name) => name !== include?.name)
      if (unknown !== undefined) return refuseInclude(unknown, include?.name)
      const exactCount = wantsExactCount(call.request.headers.prefer)
      const read = await readPage(reader, list, { ...query, exactCount })
      if (!read.ok) return read
      const page = include && wanted.length > 0 ? await include.add(reader, read.value) : read.value
      const headers = linkHeader(call, place.url, page.body.page)
      return ok({ status: 200, body: page.body, headers })
    },
  })
}

function refuseInclude(name: string, known: string | undefined): Result<never, ListRefusal> {
  const rest = known ? `Include ${known}, or nothing.` : 'This list includes nothing.'
  const detail = `"${name}" cannot be included. ${rest}`
  return refuse('include_invalid', { pointer: '/include', detail })
}

/** RFC 7240, with the word that PostgREST made known. */
const wantsExactCount = (header: string | string[] | undefined): boolean =>
  [header ?? []].flat().some((text) => /(^|[,;\s])count=exact($|[,;\s])/.test(text))

/** The same pages for clients that follow links (RFC 8288). */
function linkHeader(
  call: Call<undefined, Static<typeof ListQuery>, undefined>,
  url: string,
  page: { readonly next: string | null; readonly prev: string | null },
): Record<string, string> {
  const { after: _after, before: _before, ...kept } = call.query
  const to = (cursor: Record<string, string>) =>
    `<${url}?${new URLSearchParams({ ...kept, ...cursor })}>`
  const links = [
    ...(page.next ? [`${to({ after: page.next })}; rel="next"`] : []),
    ...(page.prev ? [`${to({ before: page.prev })}; rel="prev"`] : []),
  ]
  return links.length === 0 ? {} : { link: links.join(', ') }
}

const OnlyQuery = Type.Object({ q: ListQuery.properties.q })
const FacetQuery = Type.Object({
  q: ListQuery.properties.q,
  key: Type.String({ maxLength: 40, description: 'A key of the query language, e.g. `gateway`.' }),
})
const Facets = Type.Object({
  object: Type.Literal('facets'),
  key: Type.String(),
  values: Type.Array(
    Type.Object({
      value: Type.String(),
      label: Type.String(),
      count: Type.Integer({ description: 'At most 10,000, among the newest 100,000 rows.' }),
    }),
  ),
})

function countRoutes(host: RouteHost, deps: Deps): void {
  const { permission, tag, url } = PLACES.payments
  const shared = { method: 'GET', permission, tag, refusals: LIST_REFUSALS } as const
  route(host, {
    ...shared,
    url: `${url}/summary`,
    summary: 'Count the payments of a search, and sum them in each currency',
    query: OnlyQuery,
    answers: { 200: ListSummary },
    handler: async ({ caller, query }) => {
      const body = await summarise(readerOf(deps, caller), PAYMENTS, query.q)
      return body.ok ? ok({ status: 200, body: body.value }) : body
    },
  })
  route(host, {
    ...shared,
    url: `${url}/hidden`,
    summary: 'How many payments each part of a search hides',
    query: OnlyQuery,
    answers: { 200: HiddenRows },
    handler: async ({ caller, query }) => {
      const body = await countHidden(readerOf(deps, caller), PAYMENTS, query.q)
      return body.ok ? ok({ status: 200, body: body.value }) : body
    },
  })
  route(host, {
    ...shared,
    url: `${url}/facets`,
    summary: 'The values of one key among the payments of a search',
    query: FacetQuery,
    answers: { 200: Facets },
    handler: async ({ caller, query }) => {
      const body = await countFacet(readerOf(deps, caller), PAYMENTS, query.key, query.q)
      return body.ok ? ok({ status: 200, body: body.value }) : body
    },
  })
}

function readRoutes(host: RouteHost, deps: ListDeps): void {
  route(host, {
    method: 'GET',
    url: '/v1/transactions/:id',
    permission: 'access_payment_details',
    tag: 'Transactions',
    summary: 'Read a transaction',
    params: IdParams,
    answers: { 200: Transaction },
    refusals: LIST_REFUSALS,
    handler: async ({ caller, params }) => {
      const row = await transactionById(deps.db, caller.scope, params.id)
      if (!row) return refuse('transaction_not_found')
      const at =
        row.type === 'charge' && row.gateway_ref && row.gateway_account_id
          ? await findGateway(deps, deps.db, caller.scope, row.gateway_account_id)
          : undefined
      const url = at?.gateway.dashboardUrl(at.config, row.gateway_ref ?? '') ?? null
      return ok({ status: 200, body: presentTransaction(row, url) })
    },
  })
  route(host, {
    method: 'GET',
    url: '/v1/events/:id',
    permission: 'access_events',
    tag: 'Events',
    summary: 'Read an event',
    params: IdParams,
    answers: { 200: Event },
    refusals: LIST_REFUSALS,
    handler: async ({ caller, params }) => {
      const row = await eventById(deps.db, caller.scope, params.id)
      return row ? ok({ status: 200, body: presentEvent(row) }) : refuse('event_not_found')
    },
  })
}
