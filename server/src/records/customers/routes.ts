import { CreateCustomer, Customer } from '#contract/people.ts'
import { IdParams } from '#contract/shapes.ts'
import { ok, type RefusalTable, refuse } from '#server/kernel/result.ts'
import type { Deps } from '#server/platform/deps.ts'
import { type RouteHost, route } from '#server/platform/http/index.ts'
import { announce } from '#server/platform/outbox.ts'
import { recordAudit } from '#server/records/audit/index.ts'
import { type CustomerRow, customerById, insertCustomer, updateCustomer } from './store.ts'

export const CUSTOMER_REFUSALS = {
  customer_not_found: { status: 404, title: 'No such customer' },
  customer_label_taken: { status: 409, title: 'Another customer has this label' },
} as const satisfies RefusalTable<string>

export const presentCustomer = (row: CustomerRow): Customer => ({
  id: row.id,
  object: 'customer',
  mode: row.mode,
  name: row.name,
  email: row.email,
  label: row.label,
  country: row.country,
  payments_count: row.payments_count ?? 0,
  created_at: row.created_at.toISOString(),
})

const LABEL_TAKEN = 'Each label names one customer. Use another, or update that customer.'

export function customerRoutes(host: RouteHost, deps: Deps): void {
  route(host, {
    method: 'POST',
    url: '/v1/customers',
    permission: 'manage_customers',
    tag: 'Customers',
    summary: 'Create a customer',
    body: CreateCustomer,
    answers: { 201: Customer },
    refusals: CUSTOMER_REFUSALS,
    handler: async ({ caller, body }) => {
      const { name = null, email = null, label = null, country = null } = body
      const id = deps.newId('customer')
      const row = await deps.db.tx(async (tx) => {
        const made = await insertCustomer(tx, caller.scope, id, { name, email, label, country })
        if (!made) return undefined
        const data = presentCustomer(made)
        const event = { type: 'customer.created', objectId: id, objectVersion: 1, paymentId: null }
        await announce(tx, deps.newId, caller.scope, caller.actor, [{ ...event, data }])
        await recordAudit(tx, deps.newId, deps.clock, caller.scope, {
          actor: caller.actor,
          action: 'customer.create',
          objectId: id,
          requestId: caller.requestId,
          ip: caller.ip,
        })
        return made
      })
      if (!row) return refuse('customer_label_taken', { pointer: '/label', detail: LABEL_TAKEN })
      return ok({ status: 201, body: presentCustomer(row) })
    },
  })
  route(host, {
    method: 'GET',
    url: '/v1/customers/:id',
    permission: 'access_customers',
    tag: 'Customers',
    summary: 'Read a customer',
    params: IdParams,
    answers: { 200: Customer },
    refusals: CUSTOMER_REFUSALS,
    handler: async ({ caller, params }) => {
      const row = await customerById(deps.db, caller.scope, params.id)
      return row ? ok({ status: 200, body: presentCustomer(row) }) : refuse('customer_not_found')
    },
  })
  updateRoute(host, deps)
}

function updateRoute(host: RouteHost, deps: Deps): void {
  route(host, {
    method: 'PATCH',
    url: '/v1/customers/:id',
    permission: 'manage_customers',
    tag: 'Customers',
    summary: 'Change a customer',
    params: IdParams,
    body: CreateCustomer,
    answers: { 200: Customer },
    refusals: CUSTOMER_REFUSALS,
    handler: async ({ caller, params, body }) => {
      const row = await deps.db.tx(async (tx) => {
        const changed = await updateCustomer(tx, caller.scope, params.id, body)
        if (!changed) return undefined
        const data = presentCustomer(changed)
        const objectVersion = changed.version
        const event = { type: 'customer.updated', objectId: params.id, objectVersion, data }
        await announce(tx, deps.newId, caller.scope, caller.actor, [{ ...event, paymentId: null }])
        await recordAudit(tx, deps.newId, deps.clock, caller.scope, {
          actor: caller.actor,
          action: 'customer.update',
          objectId: params.id,
          changes: body,
          requestId: caller.requestId,
          ip: caller.ip,
        })
        return changed
      })
      return row ? ok({ status: 200, body: presentCustomer(row) }) : refuse('customer_not_found')
    },
  })
}
