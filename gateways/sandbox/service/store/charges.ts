import type { Queryable } from '../books.ts'
import type { Charge, ChargeStatus } from '../charge.ts'
import type { Dispute, Refund, Related } from '../wire.ts'

const CHARGE = `c.account_ref, a.mode, c.ref, c.origin, c.transaction_id, c.reference,
  c.description, c.currency, c.amount::text, c.captured::text, c.refunded::text, c.fee::text,
  a.fee_basis_points, c.status, c.failure_code, c.failure_message, c.card_brand, c.card_last4,
  c.country, c.pay_token, c.locale, c.return_url, c.cancel_url, c.event_url, c.scenario,
  c.authenticating, c.expires_ms::float8, c.next_step, c.due_ms::float8, c.created_ms::float8`
const FROM = 'from sandbox.charges c join sandbox.accounts a using (account_ref)'

const REFUND = `ref, charge_ref, transaction_id, currency, amount::text, reason, status, message,
  created_ms::float8`
const DISPUTE = 'ref, charge_ref, currency, amount::text, reason, status, created_ms::float8'

export type NewCharge = Pick<
  Charge,
  | 'account_ref'
  | 'ref'
  | 'origin'
  | 'transaction_id'
  | 'reference'
  | 'description'
  | 'currency'
  | 'amount'
  | 'pay_token'
  | 'locale'
  | 'return_url'
  | 'cancel_url'
  | 'event_url'
  | 'expires_ms'
  | 'created_ms'
>

/** A new charge waits for its payer until it expires. */
export async function insertCharge(tx: Queryable, charge: NewCharge): Promise<void> {
  await tx.query({
    name: 'sandbox_insert_charge',
    text: `insert into sandbox.charges (account_ref, ref, origin, transaction_id, reference,
        description, currency, amount, pay_token, locale, return_url, cancel_url, event_url,
        expires_ms, due_ms, created_ms, updated_ms, status)
      values ($1, $2, $3, $4, $5, $6, $7, $8::numeric, $9, $10, $11, $12, $13,
        $14::bigint, $14::bigint, $15::bigint, $15::bigint, 'action_required')`,
    values: [
      charge.account_ref,
      charge.ref,
      charge.origin,
      charge.transaction_id,
      charge.reference,
      charge.description,
      charge.currency,
      charge.amount,
      charge.pay_token,
      charge.locale,
      charge.return_url,
      charge.cancel_url,
      charge.event_url,
      charge.expires_ms,
      charge.created_ms,
    ],
  })
}

/** The charge, held until the transaction ends: every change goes through this lock. */
export async function lockCharge(
  tx: Queryable,
  account_ref: string,
  ref: string,
): Promise<Charge | null> {
  const rows = await tx.query<Charge>({
    name: 'sandbox_lock_charge',
    text: `select ${CHARGE} ${FROM} where c.account_ref = $1 and c.ref = $2 for update of c`,
    values: [account_ref, ref],
  })
  return rows[0] ?? null
}

export async function lockChargeOfPage(tx: Queryable, token: string): Promise<Charge | null> {
  const rows = await tx.query<Charge>({
    name: 'sandbox_lock_charge_of_page',
    text: `select ${CHARGE} ${FROM} where c.pay_token = $1 for update of c`,
    values: [token],
  })
  return rows[0] ?? null
}

export async function findChargeOfPage(books: Queryable, token: string): Promise<Charge | null> {
  const rows = await books.query<Charge>({
    name: 'sandbox_charge_of_page',
    text: `select ${CHARGE} ${FROM} where c.pay_token = $1`,
    values: [token],
  })
  return rows[0] ?? null
}

export async function findCharge(
  books: Queryable,
  account_ref: string,
  ref: string,
): Promise<Charge | null> {
  const rows = await books.query<Charge>({
    name: 'sandbox_find_charge',
    text: `select ${CHARGE} ${FROM} where c.account_ref = $1 and c.ref = $2`,
    values: [account_ref, ref],
  })
  return rows[0] ?? null
}

/** For a page reached by an unguessable reference alone. */
export async function findChargeByRef(books: Queryable, ref: string): Promise<Charge | null> {
  const rows = await books.query<Charge>({
    name: 'sandbox_charge_by_ref',
    text: `select ${CHARGE} ${FROM} where c.ref = $1`,
    values: [ref],
  })
  return rows[0] ?? null
}

/** Charges that carry the caller's reference, or have a refund that does; at most 100. */
export async function chargesOfTransaction(
  books: Queryable,
  account_ref: string,
  transaction_id: string,
): Promise<Charge[]> {
  return books.query<Charge>({
    name: 'sandbox_charges_of_transaction',
    text: `select ${CHARGE} ${FROM}
      where c.account_ref = $1 and (c.transaction_id = $2 or c.ref in (
        select r.charge_ref from sandbox.refunds r
        where r.account_ref = $1 and r.transaction_id = $2))
      order by c.seq limit 100`,
    values: [account_ref, transaction_id],
  })
}

/** Refunds and disputes of a charge, oldest first. */
export async function relatedTo(books: Queryable, charge: Charge): Promise<Related> {
  const rows = await books.query<Related>({
    name: 'sandbox_related_to',
    text: `select
      coalesce((select json_agg(r order by r.seq) from (
        select ${REFUND}, seq from sandbox.refunds
        where account_ref = $1 and charge_ref = $2 order by seq limit 1000) r), '[]') as refunds,
      coalesce((select json_agg(d order by d.seq) from (
        select ${DISPUTE}, seq from sandbox.disputes
        where account_ref = $1 and charge_ref = $2 order by seq limit 100) d), '[]') as disputes`,
    values: [charge.account_ref, charge.ref],
  })
  return rows[0] ?? { refunds: [], disputes: [] }
}

export type ChargeUpdate = {
  readonly status: ChargeStatus
  /** Taken from the payer by this change; null if nothing is. */
  readonly captured: string | null
  readonly fee: string | null
  readonly failure_code: string | null
  readonly failure_message: string | null
  readonly card_brand: string | null
  readonly card_last4: string | null
  readonly scenario: string | null
  readonly authenticating: boolean
  readonly next_step: number
  readonly due_ms: number | null
}

/** One statement for the status and the money, so that neither stands without the other. */
export async function updateCharge(
  tx: Queryable,
  charge: Charge,
  update: ChargeUpdate,
  now_ms: number,
): Promise<void> {
  await tx.query({
    name: 'sandbox_update_charge',
    text: `with captured as (
        insert into sandbox.captures (account_ref, charge_ref, currency, amount, captured_ms)
        select $1, $2, $3, $5::numeric, $14::bigint where $5::numeric is not null
      )
      update sandbox.charges set status = $4, captured = coalesce($5::numeric, captured),
        fee = coalesce($6::numeric, fee), failure_code = $7, failure_message = $8,
        card_brand = $9, card_last4 = $10, scenario = $11, authenticating = $12,
        next_step = $13, updated_ms = $14::bigint, due_ms = $15::bigint
      where account_ref = $1 and ref = $2`,
    values: [
      charge.account_ref,
      charge.ref,
      charge.currency,
      update.status,
      update.captured,
      update.fee,
      update.failure_code,
      update.failure_message,
      update.card_brand,
      update.card_last4,
      update.scenario,
      update.authenticating,
      update.next_step,
      now_ms,
      update.due_ms,
    ],
  })
}

/** Charges and refunds with something due, oldest first. */
export async function dueCharges(
  books: Queryable,
  now_ms: number,
  limit: number,
): Promise<{ account_ref: string; ref: string }[]> {
  return books.query({
    name: 'sandbox_due_charges',
    text: `select account_ref, ref from sandbox.charges
      where due_ms <= $1 order by due_ms limit $2`,
    values: [now_ms, limit],
  })
}

export async function dueRefunds(
  books: Queryable,
  now_ms: number,
  limit: number,
): Promise<{ account_ref: string; charge_ref: string; ref: string }[]> {
  return books.query({
    name: 'sandbox_due_refunds',
    text: `select account_ref, charge_ref, ref from sandbox.refunds
      where due_ms <= $1 order by due_ms limit $2`,
    values: [now_ms, limit],
  })
}

/** Writes the refund and takes it off what may still be refunded. */
export async function insertRefund(
  tx: Queryable,
  account_ref: string,
  refund: Refund,
  due_ms: number | null,
): Promise<void> {
  await tx.query({
    name: 'sandbox_insert_refund',
    text: `with refund as (
        insert into sandbox.refunds (account_ref, ref, charge_ref, transaction_id, currency,
          amount, reason, status, message, due_ms, created_ms, updated_ms)
        values ($1, $2, $3, $4, $5, $6::numeric, $7, $8, $9, $10::bigint, $11::bigint, $11::bigint)
        returning amount
      )
      update sandbox.charges c set refunded = c.refunded + refund.amount, updated_ms = $11::bigint
      from refund where c.account_ref = $1 and c.ref = $3`,
    values: [
      account_ref,
      refund.ref,
      refund.charge_ref,
      refund.transaction_id,
      refund.currency,
      refund.amount,
      refund.reason,
      refund.status,
      refund.message,
      due_ms,
      refund.created_ms,
    ],
  })
}

/** Ends a pending refund; a failed one gives its amount back to the charge. Null if it ended. */
export async function endRefund(
  tx: Queryable,
  account_ref: string,
  ref: string,
  end: { readonly status: 'succeeded' | 'failed'; readonly message: string | null },
  now_ms: number,
): Promise<Refund | null> {
  const rows = await tx.query<Refund>({
    name: 'sandbox_end_refund',
    text: `with refund as (
        update sandbox.refunds set status = $3, message = $4, due_ms = null, updated_ms = $5::bigint
        where account_ref = $1 and ref = $2 and status = 'pending'
        returning ${REFUND}
      ), charge as (
        update sandbox.charges c set refunded = c.refunded - refund.amount::numeric,
          updated_ms = $5::bigint
        from refund where $3 = 'failed' and c.account_ref = $1 and c.ref = refund.charge_ref
      )
      select * from refund`,
    values: [account_ref, ref, end.status, end.message, now_ms],
  })
  return rows[0] ?? null
}

export async function insertDispute(
  tx: Queryable,
  account_ref: string,
  dispute: Dispute,
): Promise<void> {
  const { ref, charge_ref, currency, amount, reason, status, created_ms } = dispute
  await tx.query({
    name: 'sandbox_insert_dispute',
    text: `insert into sandbox.disputes (account_ref, ref, charge_ref, currency, amount, reason,
        status, created_ms, updated_ms)
      values ($1, $2, $3, $4, $5::numeric, $6, $7, $8::bigint, $8::bigint)`,
    values: [account_ref, ref, charge_ref, currency, amount, reason, status, created_ms],
  })
}

export async function closeDispute(
  tx: Queryable,
  account_ref: string,
  ref: string,
  status: 'won' | 'lost',
  now_ms: number,
): Promise<Dispute | null> {
  const rows = await tx.query<Dispute>({
    name: 'sandbox_close_dispute',
    text: `update sandbox.disputes set status = $3, updated_ms = $4::bigint
      where account_ref = $1 and ref = $2 and status = 'needs_response'
      returning ${DISPUTE}`,
    values: [account_ref, ref, status, now_ms],
  })
  return rows[0] ?? null
}
