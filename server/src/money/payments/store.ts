import { assert } from '#server/kernel/assert.ts'
import type { ActorKind, Scope } from '#server/kernel/scope.ts'
import type { Queryable, Tx } from '#server/platform/postgres/index.ts'
import type { PaymentRow } from './payment.ts'

export type NewPaymentRow = Omit<
  PaymentRow,
  | 'merchant_id'
  | 'mode'
  | 'created_at'
  | 'updated_at'
  | 'refund_reserved'
  | 'refunded'
  | 'refunded_outside'
  | 'disputed'
  | 'fee'
  | 'late'
  | 'gateway_details'
  | 'country'
  | 'card_brand'
  | 'card_last4'
  | 'gateway_ref'
  | 'reason'
  | 'message'
>

const INSERT_COLUMNS = {
  id: 'text',
  shop_id: 'text',
  customer_id: 'text',
  purpose: 'text',
  purpose_ref: 'text',
  source: 'text',
  status: 'text',
  currency: 'text',
  amount: 'bigint',
  captured: 'bigint',
  credited: 'bigint',
  manual_open: 'bigint',
  manual: 'boolean',
  reference: 'text',
  description: 'text',
  payer_name: 'text',
  payer_email: 'text',
  gateway: 'text',
  gateway_account_id: 'text',
  method: 'text',
  session_id: 'text',
  link_id: 'text',
  metadata: 'jsonb',
  created_by_kind: 'text',
  created_by_id: 'text',
  created_by_name: 'text',
  processed_at: 'timestamptz',
  expires_at: 'timestamptz',
  version: 'int',
} as const satisfies Record<keyof NewPaymentRow, string>

const NAMES = Object.keys(INSERT_COLUMNS) as (keyof NewPaymentRow)[]

export async function insertPayments(
  tx: Tx,
  scope: Scope,
  rows: readonly NewPaymentRow[],
): Promise<PaymentRow[]> {
  const arrays = NAMES.map((name, index) => `$${index + 3}::${INSERT_COLUMNS[name]}[]`)
  return tx.query<PaymentRow>({
    name: 'payments_insert',
    text: `insert into payments (merchant_id, mode, ${NAMES.join(', ')})
      select $1, $2, p.* from unnest(${arrays.join(', ')}) as p (${NAMES.join(', ')})
      returning *`,
    values: [
      scope.merchantId,
      scope.mode,
      ...NAMES.map((name) =>
        rows.map((row) => (name === 'metadata' ? JSON.stringify(row.metadata) : row[name])),
      ),
    ],
  })
}

export async function paymentById(
  q: Queryable,
  scope: Scope,
  id: string,
): Promise<PaymentRow | undefined> {
  const [row] = await q.query<PaymentRow>({
    name: 'payments_by_id',
    text: `select * from payments where merchant_id = $1 and mode = $2 and id = $3`,
    values: [scope.merchantId, scope.mode, id],
  })
  return row
}

export type DetailRow = PaymentRow & {
  customer_name: string | null
  customer_email: string | null
  shop_name: string
}

/** A payment with the names that its page shows. */
export async function paymentDetail(
  q: Queryable,
  scope: Scope,
  id: string,
): Promise<DetailRow | undefined> {
  const [row] = await q.query<DetailRow>({
    name: 'payments_detail',
    text: `select p.*, c.name as customer_name, c.email as customer_email, s.name as shop_name
      from payments p
      join shops s on s.merchant_id = p.merchant_id and s.id = p.shop_id
      left join customers c on c.merchant_id = p.merchant_id and c.mode = p.mode
        and c.id = p.customer_id
      where p.merchant_id = $1 and p.mode = $2 and p.id = $3`,
    values: [scope.merchantId, scope.mode, id],
  })
  return row
}

/** Locked in id order, so that two batches over the same payments wait instead of deadlocking. */
export async function lockPayments(
  tx: Tx,
  scope: Scope,
  ids: readonly string[],
): Promise<Map<string, PaymentRow>> {
  const rows = await tx.query<PaymentRow>({
    name: 'payments_lock',
    text: `select * from payments where merchant_id = $1 and mode = $2 and id = any($3)
      order by id for update`,
    values: [scope.merchantId, scope.mode, [...new Set(ids)].sort()],
  })
  return new Map(rows.map((row) => [row.id, row]))
}

/** Writes everything that may change, under the lock; the version must be the one that was read. */
export async function savePayment(
  tx: Tx,
  scope: Scope,
  row: PaymentRow,
  readVersion: number,
): Promise<PaymentRow> {
  const [saved] = await tx.query<PaymentRow>({
    name: 'payments_save',
    text: `update payments set status = $5, captured = $6, refund_reserved = $7, refunded = $8,
        disputed = $9, fee = $10, credited = $11, manual_open = $12, manual = $13, late = $14,
        country = $15, gateway = $16, gateway_account_id = $17, method = $18, gateway_ref = $19,
        card_brand = $20, card_last4 = $21, gateway_details = $22, reason = $23, message = $24,
        session_id = $25, link_id = $26, processed_at = $27, expires_at = $28, version = $29,
        payer_name = $30, payer_email = $31, customer_id = $32, refunded_outside = $33,
        updated_at = clock_timestamp()
      where merchant_id = $1 and mode = $2 and id = $3 and version = $4 returning *`,
    values: [
      scope.merchantId,
      scope.mode,
      row.id,
      readVersion,
      row.status,
      row.captured,
      row.refund_reserved,
      row.refunded,
      row.disputed,
      row.fee,
      row.credited,
      row.manual_open,
      row.manual,
      row.late,
      row.country,
      row.gateway,
      row.gateway_account_id,
      row.method,
      row.gateway_ref,
      row.card_brand,
      row.card_last4,
      JSON.stringify(row.gateway_details),
      row.reason,
      row.message,
      row.session_id,
      row.link_id,
      row.processed_at,
      row.expires_at,
      row.version,
      row.payer_name,
      row.payer_email,
      row.customer_id,
      row.refunded_outside,
    ],
  })
  assert(saved, `payment ${row.id} changed without its lock`)
  return saved
}

/**
 * Open payments whose time is over, locked; another process's share is left to it. Those at a
 * gateway are passed over, so that many of them do not keep the others waiting.
 */
export async function lockDuePayments(tx: Tx, limit: number): Promise<PaymentRow[]> {
  return tx.query<PaymentRow>({
    name: 'payments_due',
    text: `select * from payments p where status = 'open' and expires_at < now()
        and not exists (select from transactions t where t.merchant_id = p.merchant_id
          and t.mode = p.mode and t.payment_id = p.id and t.state not in ('approved', 'rejected'))
      order by expires_at limit $1 for update of p skip locked`,
    values: [limit],
  })
}

export type NoteRow = {
  id: string
  text: string
  member_id: string | null
  author: string | null
  created_at: Date
}

export async function insertNote(
  tx: Tx,
  scope: Scope,
  note: {
    id: string
    payment_id: string
    text: string
    member_id: string | null
    author: string | null
  },
): Promise<NoteRow | undefined> {
  const [row] = await tx.query<NoteRow>({
    name: 'notes_insert',
    text: `insert into notes (merchant_id, mode, id, payment_id, text, member_id, author)
      values ($1, $2, $3, $4, $5, $6, $7) returning id, text, member_id, author, created_at`,
    values: [
      scope.merchantId,
      scope.mode,
      note.id,
      note.payment_id,
      note.text,
      note.member_id,
      note.author,
    ],
  })
  return row
}

export async function notesOf(q: Queryable, scope: Scope, paymentId: string): Promise<NoteRow[]> {
  return q.query<NoteRow>({
    name: 'notes_of_payment',
    text: `select id, text, member_id, author, created_at from notes
      where merchant_id = $1 and mode = $2 and payment_id = $3 order by id`,
    values: [scope.merchantId, scope.mode, paymentId],
  })
}

export type StoryRow = {
  id: string
  at: Date
  kind: 'event' | 'gateway_event' | 'action'
  code: string
  actor_kind: ActorKind
  actor_id: string | null
  actor_name: string | null
  text: string | null
  data: Record<string, unknown>
}

/** Our events, the gateway's, and what people did: everything that ever touched a payment. */
export async function storyOf(q: Queryable, scope: Scope, paymentId: string): Promise<StoryRow[]> {
  return q.query<StoryRow>({
    name: 'payments_story',
    text: `select id::text, created_at as at, 'event' as kind, type as code, actor_kind, actor_id,
        actor_name, null as text, data
      from events where merchant_id = $1 and mode = $2 and payment_id = $3
      union all
      select id::text, received_at, 'gateway_event', type, 'gateway', gateway_account_id, gateway,
        reason, jsonb_build_object('status', status, 'verdict', verdict, 'deliveries', deliveries,
          'changed', to_jsonb(changed), 'object_ref', object_ref)
      from gateway_events where merchant_id = $1 and mode = $2 and payment_id = $3
      union all
      select id::text, to_timestamp(at_us / 1e6), 'action', action, actor_kind, actor_id,
        actor_name, reason, changes
      from audit_entries where merchant_id = $1 and object_id = $3 and mode = $2
      order by at, id`,
    values: [scope.merchantId, scope.mode, paymentId],
  })
}
