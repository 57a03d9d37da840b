import type { Queryable } from '../books.ts'
import type { ChargeStatus } from '../charge.ts'

/** A charge that was over before this company opened; amounts are decimal strings. */
export type PastCharge = {
  readonly ref: string
  readonly transaction_id: string
  readonly reference: string
  readonly description: string
  readonly currency: string
  readonly amount: string
  readonly captured: string
  readonly fee: string
  readonly status: ChargeStatus
  readonly failure_code: string | null
  readonly failure_message: string | null
  readonly card_brand: string | null
  readonly card_last4: string | null
  readonly country: string | null
  readonly event_url: string
  readonly created_ms: number
  readonly refunds: readonly {
    readonly ref: string
    readonly transaction_id: string
    readonly amount: string
    readonly created_ms: number
  }[]
}

/**
 * Writes a history into the books, so that demo payments can be looked up and refunded like any
 * other. It makes no events. Any number in one statement; a few thousand are one good batch.
 */
export async function recordPastCharges(
  books: Queryable,
  account_ref: string,
  charges: readonly PastCharge[],
): Promise<void> {
  await books.query({
    text: `with past as (
        select * from jsonb_to_recordset($2::jsonb) as p (ref text, transaction_id text,
          reference text, description text, currency text, amount numeric, captured numeric,
          fee numeric, status text, failure_code text, failure_message text, card_brand text,
          card_last4 text, country text, event_url text, created_ms bigint, refunds jsonb)
      ), given_back as (
        select p.ref as charge_ref, p.currency, r.*
        from past p, jsonb_to_recordset(p.refunds) as r (ref text, transaction_id text,
          amount numeric, created_ms bigint)
      ), charges as (
        insert into sandbox.charges (account_ref, ref, origin, transaction_id, reference,
          description, currency, amount, captured, refunded, fee, status, failure_code,
          failure_message, card_brand, card_last4, country, event_url, created_ms, updated_ms)
        select $1, p.ref, 'past', p.transaction_id, p.reference, p.description, p.currency,
          p.amount, p.captured,
          coalesce((select sum(g.amount) from given_back g where g.charge_ref = p.ref), 0),
          p.fee, p.status, p.failure_code, p.failure_message, p.card_brand, p.card_last4,
          p.country, p.event_url, p.created_ms, p.created_ms
        from past p
      ), captures as (
        insert into sandbox.captures (account_ref, charge_ref, currency, amount, captured_ms)
        select $1, ref, currency, captured, created_ms from past where captured > 0
      )
      insert into sandbox.refunds (account_ref, ref, charge_ref, transaction_id, currency, amount,
        reason, status, created_ms, updated_ms)
      select $1, ref, charge_ref, transaction_id, currency, amount, '', 'succeeded', created_ms,
        created_ms
      from given_back`,
    values: [account_ref, JSON.stringify(charges)],
  })
}
