import type { GatewayEvent } from '#contract/watching.ts'
import type { GatewayEventRow } from './gateway-event.ts'

export const presentGatewayEvent = (row: GatewayEventRow, whole: boolean): GatewayEvent => ({
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
  ...(whole ? { body: row.body?.toString('utf8') ?? null, headers: row.headers } : {}),
})
