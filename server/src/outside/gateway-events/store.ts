import type { Scope } from '#server/kernel/scope.ts'
import type { Queryable, Tx } from '#server/platform/postgres/index.ts'
import type { GatewayEventRow, GatewayEventStatus } from './gateway-event.ts'

export type NewGatewayEvent = Pick<
  GatewayEventRow,
  | 'id'
  | 'gateway'
  | 'gateway_account_id'
  | 'dedupe_key'
  | 'type'
  | 'status'
  | 'verdict'
  | 'reason'
  | 'object_ref'
  | 'transaction_id'
  | 'headers'
> & {
  readonly body: Uint8Array | null
  readonly body_sha256: Buffer
  readonly created_ms: number | null
}

/** Stores an event once; a repeat is counted on the first row. */
export async function storeEvent(
  tx: Tx,
  scope: Scope,
  event: NewGatewayEvent,
): Promise<{ id: string; fresh: boolean }> {
  const [row] = await tx.query<{ id: string; deliveries: number }>({
    name: 'gateway_events_store',
    text: `insert into gateway_events (merchant_id, mode, id, gateway, gateway_account_id,
        dedupe_key, type, status, verdict, reason, object_ref, transaction_id, body, body_sha256,
        headers, gateway_created_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
        to_timestamp($16::float8 / 1000))
      on conflict (merchant_id, mode, gateway_account_id, dedupe_key)
        do update set deliveries = gateway_events.deliveries + 1
      returning id, deliveries`,
    values: [
      scope.merchantId,
      scope.mode,
      event.id,
      event.gateway,
      event.gateway_account_id,
      event.dedupe_key,
      event.type,
      event.status,
      event.verdict,
      event.reason,
      event.object_ref,
      event.transaction_id,
      event.body,
      event.body_sha256,
      JSON.stringify(event.headers),
      event.created_ms,
    ],
  })
  return { id: row?.id ?? event.id, fresh: row?.deliveries === 1 }
}

/** The unsettled events about one object of one account, oldest first. */
export async function waitingFor(
  q: Queryable,
  scope: Scope,
  accountId: string,
  objectRef: string,
): Promise<GatewayEventRow[]> {
  return q.query<GatewayEventRow>({
    name: 'gateway_events_waiting',
    text: `select * from gateway_events where merchant_id = $1 and mode = $2
        and gateway_account_id = $3 and object_ref = $4 and status = 'waiting' order by id`,
    values: [scope.merchantId, scope.mode, accountId, objectRef],
  })
}

export async function settleEvents(
  q: Queryable,
  scope: Scope,
  ids: readonly string[],
  to: {
    status: GatewayEventStatus
    reason: string | null
    payment_id: string | null
    transaction_id: string | null
    changed: readonly string[]
  },
): Promise<void> {
  await q.query({
    name: 'gateway_events_settle',
    text: `update gateway_events set status = $4, reason = $5,
        payment_id = coalesce($6, payment_id), transaction_id = coalesce($7, transaction_id),
        changed = $8, applied_at = clock_timestamp()
      where merchant_id = $1 and mode = $2 and id = any($3)`,
    values: [
      scope.merchantId,
      scope.mode,
      ids,
      to.status,
      to.reason,
      to.payment_id,
      to.transaction_id,
      to.changed,
    ],
  })
}

export async function eventById(
  q: Queryable,
  scope: Scope,
  id: string,
): Promise<GatewayEventRow | undefined> {
  const [row] = await q.query<GatewayEventRow>({
    name: 'gateway_events_by_id',
    text: 'select * from gateway_events where merchant_id = $1 and mode = $2 and id = $3',
    values: [scope.merchantId, scope.mode, id],
  })
  return row
}

/** Back to the inbox: what is applied is fetched anew, never taken from the stored body. */
export async function requeueEvent(
  tx: Tx,
  scope: Scope,
  id: string,
): Promise<GatewayEventRow | undefined> {
  const [row] = await tx.query<GatewayEventRow>({
    text: `update gateway_events set status = 'waiting', reason = null
      where merchant_id = $1 and mode = $2 and id = $3 and status <> 'refused' returning *`,
    values: [scope.merchantId, scope.mode, id],
  })
  return row
}
