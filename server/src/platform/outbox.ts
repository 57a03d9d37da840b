import type { Actor, Mode, Scope } from '#server/kernel/scope.ts'
import type { NewId } from './clock.ts'
import { type Log, messageOf } from './log.ts'
import type { Database, Queryable, Tx } from './postgres/index.ts'

/** A fact to announce. `data` is a snapshot taken in the transaction that makes the fact true. */
export type NewEvent = {
  readonly type: string
  readonly objectId: string
  readonly objectVersion: number
  readonly paymentId: string | null
  readonly data: Readonly<Record<string, unknown>>
}

export type EventRow = {
  merchant_id: string
  mode: Mode
  id: string
  type: string
  object_id: string
  object_version: number
  payment_id: string | null
  actor_kind: Actor['kind']
  actor_id: string | null
  actor_name: string | null
  data: Record<string, unknown>
  created_at: Date
}

/** Events and their outbox rows, in the caller's transaction and in one statement. */
export async function announce(
  tx: Tx,
  newId: NewId,
  scope: Scope,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return
  await tx.query({
    name: 'outbox_announce',
    text: `with fresh as (
        insert into events (merchant_id, mode, id, type, object_id, object_version, payment_id,
          actor_kind, actor_id, actor_name, data)
        select $1, $2, e.id, e.type, e.object_id, e.object_version, e.payment_id, $3, $4, $5, e.data
        from unnest($6::text[], $7::text[], $8::text[], $9::int[], $10::text[], $11::jsonb[])
          as e (id, type, object_id, object_version, payment_id, data)
        returning merchant_id, mode, id)
      insert into outbox (merchant_id, mode, kind, entry_id)
      select merchant_id, mode, 'event', id from fresh`,
    values: [
      scope.merchantId,
      scope.mode,
      actor.kind,
      actor.id,
      actor.name,
      events.map(() => newId('event')),
      events.map((event) => event.type),
      events.map((event) => event.objectId),
      events.map((event) => event.objectVersion),
      events.map((event) => event.paymentId),
      events.map((event) => JSON.stringify(event.data)),
    ],
  })
}

/**
 * Work that follows an event inside the database, in the transaction that takes it off the outbox.
 */
export type Subscriber = (tx: Tx, events: readonly EventRow[]) => Promise<void>

export type OutboxEntry = {
  readonly mode: string
  readonly kind: string
  readonly entry_id: string
}

/** Seals events and audit entries into the merchant's chain (records/audit supplies it). */
export type Seal = (tx: Tx, merchantId: string, entries: readonly OutboxEntry[]) => Promise<void>

export const EVENTS_CHANNEL = 'florin_events'
const BATCH_ROWS = 500
/** PostgreSQL refuses notices of 8,000 bytes; an id is 30. */
const IDS_PER_NOTICE = 200

type DispatchDeps = {
  readonly db: Database
  readonly log: Log
  readonly subscribers: readonly Subscriber[]
  readonly seal: Seal
}

/**
 * One pass over every merchant with something waiting. Returns how many entries were dispatched.
 */
export async function dispatchOutbox(deps: DispatchDeps): Promise<number> {
  const merchants = await deps.db.query<{ merchant_id: string }>({
    name: 'outbox_merchants',
    text: `with recursive waiting as (
        (select merchant_id from outbox order by merchant_id limit 1)
        union all
        select (select o.merchant_id from outbox o where o.merchant_id > w.merchant_id
                order by o.merchant_id limit 1)
        from waiting w where w.merchant_id is not null)
      select merchant_id from waiting where merchant_id is not null`,
  })
  let done = 0
  for (const { merchant_id } of merchants) {
    try {
      done += await dispatchMerchant(deps, merchant_id)
    } catch (fault) {
      deps.log.error('outbox: a batch failed and will be tried again', {
        merchant_id,
        fault: messageOf(fault),
      })
    }
  }
  return done
}

async function dispatchMerchant(deps: DispatchDeps, merchantId: string): Promise<number> {
  return deps.db.tx(async (tx) => {
    const [lock] = await tx.query<{ got: boolean }>({
      name: 'outbox_lock',
      text: `select pg_try_advisory_xact_lock(hashtextextended('outbox:' || $1, 0)) as got`,
      values: [merchantId],
    })
    if (!lock?.got) return 0
    const entries = await tx.query<OutboxEntry>({
      name: 'outbox_take',
      text: `select mode, kind, entry_id from outbox where merchant_id = $1
        order by entry_id limit ${BATCH_ROWS}`,
      values: [merchantId],
    })
    if (entries.length === 0) return 0
    const events = await eventsOf(tx, merchantId, entries)
    for (const subscriber of deps.subscribers) await subscriber(tx, events)
    await deps.seal(tx, merchantId, entries)
    await tx.query({
      name: 'outbox_clear',
      text: `delete from outbox o using unnest($2::text[], $3::text[], $4::text[])
          as d (mode, kind, entry_id)
        where o.merchant_id = $1 and o.mode = d.mode and o.kind = d.kind
          and o.entry_id = d.entry_id`,
      values: [
        merchantId,
        entries.map((entry) => entry.mode),
        entries.map((entry) => entry.kind),
        entries.map((entry) => entry.entry_id),
      ],
    })
    await notify(tx, events)
    return entries.length
  })
}

async function eventsOf(
  q: Queryable,
  merchantId: string,
  entries: readonly OutboxEntry[],
): Promise<EventRow[]> {
  const ids = entries.filter((entry) => entry.kind === 'event').map((entry) => entry.entry_id)
  if (ids.length === 0) return []
  return q.query<EventRow>({
    name: 'outbox_events',
    text: `select * from events where merchant_id = $1 and id = any($2) order by id`,
    values: [merchantId, ids],
  })
}

/** Here, and not in the money transaction, because NOTIFY holds a global lock until commit. */
async function notify(tx: Tx, events: readonly EventRow[]): Promise<void> {
  for (let start = 0; start < events.length; start += IDS_PER_NOTICE) {
    const ids = events.slice(start, start + IDS_PER_NOTICE).map((event) => event.id)
    await tx.query({
      name: 'outbox_notify',
      text: 'select pg_notify($1, $2)',
      values: [EVENTS_CHANNEL, ids.join(',')],
    })
  }
}
