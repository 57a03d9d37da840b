import { Type } from 'typebox'
import { PaymentMethod } from '#contract/collecting.ts'
import { ok } from '#server/kernel/result.ts'
import type { Deps } from '#server/platform/deps.ts'
import { type RouteHost, route } from '#server/platform/http/index.ts'
import { methodsOf, type PaymentMethodRow } from './store.ts'

const present = (row: PaymentMethodRow, locale: 'en' | 'fr'): PaymentMethod => ({
  id: row.id,
  object: 'payment_method',
  mode: row.mode,
  name: locale === 'fr' ? row.name_fr : row.name,
  slug: row.slug,
  description: locale === 'fr' ? row.description_fr : row.description,
  is_active: row.is_active && row.account_active,
  gateway: row.gateway,
  gateway_account_id: row.gateway_account_id,
  currencies: row.currencies,
  position: row.position,
})

export function paymentMethodRoutes(host: RouteHost, deps: Deps): void {
  route(host, {
    method: 'GET',
    url: '/v1/payment_methods',
    permission: 'access_gateways',
    tag: 'Gateways and methods',
    summary: 'List what payers can pick',
    answers: { 200: Type.Object({ data: Type.Array(PaymentMethod) }) },
    refusals: {},
    handler: async ({ caller }) => {
      const rows = await methodsOf(deps.db, caller.scope)
      const data = rows.map((row) => present(row, caller.locale))
      return ok({ status: 200, body: { data } })
    },
  })
}
