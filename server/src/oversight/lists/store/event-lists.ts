import { VOCABULARIES } from '#contract/query/index.ts'
import type { Event, GatewayEvent } from '#contract/watching.ts'
import type { Mode } from '#server/kernel/scope.ts'
import type { EventRow } from '#server/platform/outbox.ts'
import type { ListSpec } from '../spec.ts'

/** A gateway event without its raw body and headers, which only its own page shows. */
export type ListedGatewayEvent = Omit<
  GatewayEvent,
  'object' | 'mode' | 'received_at' | 'applied_at' | 'body' | 'headers'
> & { mode: Mode; received_at: Date; applied_at: Date | null }

export const GATEWAY_EVENTS: ListSpec<ListedGatewayEvent> = {
  name: 'gateway_events',
  vocabulary: VOCABULARIES.gateway_events,
  idKind: 'gatewayEvent',
  alias: 'e',
  from: `gateway_events e
    left join gateway_accounts g on g.merchant_id = e.merchant_id and g.mode = e.mode
      and g.id = e.gateway_account_id`,
  columns: `e.id, e.mode, e.gateway, e.gateway_account_id, e.type, e.status, e.verdict, e.reason,
    e.object_ref, e.payment_id, e.transaction_id, e.changed, e.deliveries, e.received_at,
    e.applied_at`,
  keys: {
    id: { exact: 'e.id' },
    payment: { exact: 'e.payment_id' },
    transaction: { exact: 'e.transaction_id' },
    status: { exact: 'e.status' },
    type: { texts: ['e.type'] },
    gateway: { exact: 'e.gateway' },
    gateway_account: { exact: 'e.gateway_account_id', texts: ['g.name'] },
    received: { made: 'e.id' },
    applied: { time: 'e.applied_at' },
    gref: { exact: 'e.object_ref' },
    verdict: { exact: 'e.verdict' },
    reason: { texts: ['e.reason'] },
    env: { exact: 'e.mode' },
  },
  flags: { test: `e.mode = 'test'` },
  sorts: { received: { by: 'id', sql: 'e.id' }, created: { by: 'id', sql: 'e.id' } },
  usual: '-received',
  present: (row): GatewayEvent => ({
    id: row.id,
    object: 'gateway_event',
    mode: row.mode,
    gateway: row.gateway,
    gateway_account_id: row.gateway_account_id,
    type: row.type,
    status: row.status,
    verdict: row.verdict,
    reason: row.reason,
    object_ref: row.object_ref,
    payment_id: row.payment_id,
    transaction_id: row.transaction_id,
    changed: row.changed,
    deliveries: row.deliveries,
    received_at: row.received_at.toISOString(),
    applied_at: row.applied_at?.toISOString() ?? null,
  }),
}

export const presentEvent = (row: EventRow): Event => ({
  id: row.id,
  object: 'event',
  mode: row.mode,
  type: row.type,
  object_id: row.object_id,
  object_version: row.object_version,
  data: row.data,
  created_at: row.created_at.toISOString(),
})

export const EVENTS: ListSpec<EventRow> = {
  name: 'events',
  vocabulary: null,
  idKind: 'event',
  alias: 'e',
  from: 'events e',
  columns: 'e.*',
  keys: {},
  flags: {},
  sorts: { created: { by: 'id', sql: 'e.id' } },
  usual: '-created',
  present: presentEvent,
}
