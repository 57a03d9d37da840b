import { Type } from 'typebox'
import { GatewayAccount } from '#contract/collecting.ts'
import { IdParams } from '#contract/shapes.ts'
import { lowestIdAt } from '#server/kernel/ids.ts'
import { ok, refuse } from '#server/kernel/result.ts'
import type { Deps } from '#server/platform/deps.ts'
import { type RouteHost, route } from '#server/platform/http/index.ts'
import { eventUrl } from './actions/open-gateway.ts'
import {
  accountById,
  accountsOf,
  type GatewayAccountRow,
  type HealthRow,
  healthOf,
} from './store.ts'

type RouteDeps = Deps & { readonly publicUrl: () => string }

const DAY_MS = 24 * 3600 * 1000

export function gatewayAccountRoutes(host: RouteHost, deps: RouteDeps): void {
  const present = (row: GatewayAccountRow, health: HealthRow | undefined): GatewayAccount => ({
    id: row.id,
    object: 'gateway_account',
    mode: row.mode,
    gateway: row.gateway,
    name: row.name,
    active: row.active,
    event_url: eventUrl(deps.publicUrl(), row),
    last_event_at: row.last_event_at?.toISOString() ?? null,
    succeeded_24h: health?.succeeded_24h ?? 0,
    failed_24h: health?.failed_24h ?? 0,
    unknown_now: health?.unknown_now ?? 0,
    created_at: row.created_at.toISOString(),
  })
  const since = () => lowestIdAt('transaction', deps.clock.now() - DAY_MS)
  route(host, {
    method: 'GET',
    url: '/v1/gateway_accounts',
    permission: 'access_gateways',
    tag: 'Gateways and methods',
    summary: 'List gateway accounts with their health of the last 24 hours',
    answers: { 200: Type.Object({ data: Type.Array(GatewayAccount) }) },
    refusals: {},
    handler: async ({ caller }) => {
      const rows = await accountsOf(deps.db, caller.scope)
      const health = await healthOf(deps.db, caller.scope, since())
      return ok({
        status: 200,
        body: { data: rows.map((row) => present(row, health.get(row.id))) },
      })
    },
  })
  route(host, {
    method: 'GET',
    url: '/v1/gateway_accounts/:id',
    permission: 'access_gateways',
    tag: 'Gateways and methods',
    summary: 'Read a gateway account',
    params: IdParams,
    answers: { 200: GatewayAccount },
    refusals: { gateway_account_not_found: { status: 404, title: 'No such gateway account' } },
    handler: async ({ caller, params }) => {
      const row = await accountById(deps.db, caller.scope, params.id)
      if (!row) return refuse('gateway_account_not_found')
      const health = await healthOf(deps.db, caller.scope, since())
      return ok({ status: 200, body: present(row, health.get(row.id)) })
    },
  })
}
