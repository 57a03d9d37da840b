import type { Queryable } from '../books.ts'
import type { PlannedDelivery } from '../switches.ts'

export type NewEvent = {
  readonly account_ref: string
  readonly id: string
  readonly type: string
  readonly charge_ref: string
  readonly event_url: string
  readonly body: string
  readonly created_ms: number
}

export async function insertEvent(tx: Queryable, event: NewEvent): Promise<void> {
  const { account_ref, id, type, charge_ref, event_url, body, created_ms } = event
  await tx.query({
    name: 'sandbox_insert_event',
    text: `insert into sandbox.events
        (account_ref, id, type, charge_ref, event_url, body, created_ms)
      values ($1, $2, $3, $4, $5, $6, $7::bigint)`,
    values: [account_ref, id, type, charge_ref, event_url, body, created_ms],
  })
}

export async function insertDeliveries(
  tx: Queryable,
  account_ref: string,
  event_id: string,
  deliveries: readonly (PlannedDelivery & { readonly id: string })[],
): Promise<void> {
  await tx.query({
    name: 'sandbox_insert_deliveries',
    text: `insert into sandbox.deliveries (account_ref, id, event_id, state, due_ms, corrupt)
      select $1, d.id, $2, d.state, d.due_ms, d.corrupt
      from unnest($3::text[], $4::text[], $5::bigint[], $6::text[])
        as d (id, state, due_ms, corrupt)`,
    values: [
      account_ref,
      event_id,
      deliveries.map((one) => one.id),
      deliveries.map((one) => one.state),
      deliveries.map((one) => one.due_ms),
      deliveries.map((one) => one.corrupt),
    ],
  })
}

/** Held events go out last first, so far apart that they arrive in that order. */
const RELEASE_APART_MS = 1_000

/** Releases an account's held events; with a group size, only once there are that many. */
export async function releaseHeld(
  tx: Queryable,
  account_ref: string,
  group: number,
  now_ms: number,
): Promise<void> {
  await tx.query({
    name: 'sandbox_release_held',
    text: `update sandbox.deliveries d
      set state = 'scheduled', due_ms = $3::bigint + (h.place - 1) * ${RELEASE_APART_MS}
      from (
        select id, row_number() over (order by seq desc) as place, count(*) over () as held
        from sandbox.deliveries where account_ref = $1 and state = 'held'
      ) h
      where d.account_ref = $1 and d.id = h.id and h.held >= $2`,
    values: [account_ref, group, now_ms],
  })
}

/** Accounts whose oldest held event has waited long enough. */
export async function accountsToRelease(books: Queryable, now_ms: number): Promise<string[]> {
  const rows = await books.query<{ account_ref: string }>({
    name: 'sandbox_accounts_to_release',
    text: `select distinct account_ref from sandbox.deliveries
      where state = 'held' and due_ms <= $1 limit 100`,
    values: [now_ms],
  })
  return rows.map((row) => row.account_ref)
}

export type ClaimedDelivery = {
  readonly account_ref: string
  readonly id: string
  readonly attempts: number
  readonly corrupt: 'signature' | 'body' | null
  readonly event_url: string
  readonly body: string
  readonly webhook_secret: string
}

/**
 * Due deliveries, each put off by the lease: a sender that dies in the middle of one leaves it to
 * be sent again.
 */
export async function claimDeliveries(
  books: Queryable,
  now_ms: number,
  lease_ms: number,
  limit: number,
): Promise<ClaimedDelivery[]> {
  return books.query<ClaimedDelivery>({
    name: 'sandbox_claim_deliveries',
    text: `with due as (
        select account_ref, id from sandbox.deliveries
        where state = 'scheduled' and due_ms <= $1::bigint
        order by due_ms, seq limit $3 for update skip locked
      ), claimed as (
        update sandbox.deliveries d
        set due_ms = $1::bigint + $2::bigint, attempts = attempts + 1
        from due where d.account_ref = due.account_ref and d.id = due.id
        returning d.account_ref, d.id, d.seq, d.event_id, d.attempts, d.corrupt
      )
      select c.account_ref, c.id, c.attempts, c.corrupt, e.event_url, e.body, a.webhook_secret
      from claimed c
      join sandbox.events e on e.account_ref = c.account_ref and e.id = c.event_id
      join sandbox.accounts a on a.account_ref = c.account_ref
      order by c.seq`,
    values: [now_ms, lease_ms, limit],
  })
}

export type DeliveryEnd = {
  readonly state: 'scheduled' | 'delivered' | 'exhausted'
  readonly due_ms: number
  readonly last_answer: string
}

export async function finishDelivery(
  books: Queryable,
  delivery: ClaimedDelivery,
  end: DeliveryEnd,
): Promise<void> {
  await books.query({
    name: 'sandbox_finish_delivery',
    text: `update sandbox.deliveries set state = $3, due_ms = $4::bigint, last_answer = $5
      where account_ref = $1 and id = $2 and state = 'scheduled' and attempts = $6`,
    values: [
      delivery.account_ref,
      delivery.id,
      end.state,
      end.due_ms,
      end.last_answer,
      delivery.attempts,
    ],
  })
}

export async function hasEvent(
  books: Queryable,
  account_ref: string,
  id: string,
): Promise<boolean> {
  const rows = await books.query({
    name: 'sandbox_has_event',
    text: 'select 1 from sandbox.events where account_ref = $1 and id = $2',
    values: [account_ref, id],
  })
  return rows.length > 0
}

export type SandboxEvent = {
  readonly id: string
  readonly type: string
  readonly charge_ref: string
  readonly transaction_id: string
  readonly created_ms: number
  readonly deliveries: readonly {
    readonly state: 'scheduled' | 'held' | 'lost' | 'delivered' | 'exhausted'
    readonly attempts: number
    readonly corrupt: 'signature' | 'body' | null
    readonly due_ms: number
    readonly last_answer: string | null
  }[]
}

/** Newest first; with a charge, only its own. */
export async function listEventRows(
  books: Queryable,
  account_ref: string,
  filter: { readonly charge_ref: string | null; readonly limit: number },
): Promise<SandboxEvent[]> {
  return books.query<SandboxEvent>({
    name: 'sandbox_list_events',
    text: `select e.id, e.type, e.charge_ref, c.transaction_id, e.created_ms::float8,
        coalesce((
          select jsonb_agg(jsonb_build_object('state', d.state, 'attempts', d.attempts,
            'corrupt', d.corrupt, 'due_ms', d.due_ms, 'last_answer', d.last_answer)
            order by d.seq)
          from sandbox.deliveries d
          where d.account_ref = e.account_ref and d.event_id = e.id
        ), '[]') as deliveries
      from sandbox.events e
      join sandbox.charges c on c.account_ref = e.account_ref and c.ref = e.charge_ref
      where e.account_ref = $1 and ($2::text is null or e.charge_ref = $2)
      order by e.seq desc limit $3`,
    values: [account_ref, filter.charge_ref, filter.limit],
  })
}
