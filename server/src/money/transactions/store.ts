import type { Scope } from '#server/kernel/scope.ts'
import type { Queryable, Tx } from '#server/platform/postgres/index.ts'
import type { TransactionRow } from './transaction.ts'

export type NewTransaction = {
  readonly id: string
  readonly payment_id: string
  readonly type: TransactionRow['type']
  readonly state: TransactionRow['state']
  readonly currency: string
  readonly amount: bigint
  readonly approved?: bigint
  readonly charge_id?: string | null
  readonly gateway_account_id?: string | null
  readonly gateway?: string | null
  readonly gateway_ref?: string | null
  readonly method?: string | null
  readonly manual?: boolean
  readonly request_path?: string | null
  readonly request_body?: string | null
  readonly message?: string | null
}

export async function insertTransactions(
  tx: Tx,
  scope: Scope,
  rows: readonly NewTransaction[],
): Promise<void> {
  if (rows.length === 0) return
  await tx.query({
    name: 'transactions_insert',
    text: `insert into transactions (merchant_id, mode, id, payment_id, type, state, currency,
        amount, approved, charge_id, gateway_account_id, gateway, gateway_ref, method, manual,
        request_path, request_body, request_sha256, message)
      select $1, $2, t.id, t.payment_id, t.type, t.state, t.currency, t.amount, t.approved,
        t.charge_id, t.gateway_account_id, t.gateway, t.gateway_ref, t.method, t.manual,
        t.request_path, t.request_body, sha256(convert_to(t.request_body, 'UTF8')), t.message
      from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[],
        $9::bigint[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[],
        $15::boolean[], $16::text[], $17::text[], $18::text[])
        as t (id, payment_id, type, state, currency, amount, approved, charge_id,
          gateway_account_id, gateway, gateway_ref, method, manual, request_path, request_body,
          message)`,
    values: [
      scope.merchantId,
      scope.mode,
      rows.map((row) => row.id),
      rows.map((row) => row.payment_id),
      rows.map((row) => row.type),
      rows.map((row) => row.state),
      rows.map((row) => row.currency),
      rows.map((row) => row.amount),
      rows.map((row) => row.approved ?? 0n),
      rows.map((row) => row.charge_id ?? null),
      rows.map((row) => row.gateway_account_id ?? null),
      rows.map((row) => row.gateway ?? null),
      rows.map((row) => row.gateway_ref ?? null),
      rows.map((row) => row.method ?? null),
      rows.map((row) => row.manual ?? false),
      rows.map((row) => row.request_path ?? null),
      rows.map((row) => row.request_body ?? null),
      rows.map((row) => row.message ?? null),
    ],
  })
}

export async function transactionById(
  q: Queryable,
  scope: Scope,
  id: string,
): Promise<TransactionRow | undefined> {
  const [row] = await q.query<TransactionRow>({
    name: 'transactions_by_id',
    text: `select * from transactions where merchant_id = $1 and mode = $2 and id = $3`,
    values: [scope.merchantId, scope.mode, id],
  })
  return row
}

export async function transactionsOf(
  q: Queryable,
  scope: Scope,
  paymentIds: readonly string[],
): Promise<TransactionRow[]> {
  return q.query<TransactionRow>({
    name: 'transactions_of_payments',
    text: `select * from transactions
      where merchant_id = $1 and mode = $2 and payment_id = any($3) order by id`,
    values: [scope.merchantId, scope.mode, paymentIds],
  })
}

/** A charge by the gateway's id of it, or by ours; the gateway account must be the same. */
export async function chargeOf(
  q: Queryable,
  scope: Scope,
  accountId: string,
  key: { gateway_ref: string; transaction_id: string | null },
): Promise<TransactionRow | undefined> {
  const [row] = await q.query<TransactionRow>({
    name: 'transactions_charge_of',
    text: `select * from transactions
      where merchant_id = $1 and mode = $2 and gateway_account_id = $3 and type = 'charge'
        and (gateway_ref = $4 or id = $5)
      order by gateway_ref = $4 desc nulls last limit 1`,
    values: [scope.merchantId, scope.mode, accountId, key.gateway_ref, key.transaction_id],
  })
  return row
}

/**
 * Before the first byte leaves: which try, and until when the same bytes may be sent again. A
 * charge that waits for its payer is sent again when the answer that told where to was lost.
 */
export async function markDispatched(
  tx: Tx,
  scope: Scope,
  id: string,
  window: { resend_ms: number; quarantine_ms: number },
): Promise<TransactionRow | undefined> {
  const [row] = await tx.query<TransactionRow>({
    name: 'transactions_dispatch',
    text: `update transactions set
        state = case state when 'prepared' then 'dispatched' else state end,
        attempts = attempts + 1,
        first_sent_at = coalesce(first_sent_at, clock_timestamp()),
        resend_until = coalesce(resend_until, clock_timestamp() + $4 * interval '1 ms'),
        quarantine_until = coalesce(quarantine_until, clock_timestamp() + $5 * interval '1 ms'),
        updated_at = now()
      where merchant_id = $1 and mode = $2 and id = $3
        and (state in ('prepared', 'dispatched', 'unknown')
          or state = 'action_required' and redirect_url is null)
        and (resend_until is null or resend_until > clock_timestamp())
      returning *`,
    values: [scope.merchantId, scope.mode, id, window.resend_ms, window.quarantine_ms],
  })
  return row
}

export type TransactionChange = {
  readonly state: TransactionRow['state']
  readonly approved: bigint
  readonly cleared: bigint
  readonly fee: bigint
  readonly gateway_ref: string | null
  readonly redirect_url: string | null
  readonly reason: string | null
  readonly message: string | null
}

/**
 * Compare-and-set on the state that was read under the payment's lock: one row, or the caller is
 * wrong.
 */
export async function changeTransaction(
  tx: Tx,
  scope: Scope,
  row: TransactionRow,
  change: TransactionChange,
): Promise<boolean> {
  const changed = await tx.query({
    name: 'transactions_change',
    text: `update transactions set state = $5, approved = $6, cleared = $7, gateway_ref = $8,
        redirect_url = $9, reason = $10, message = $11, fee = $12, updated_at = now()
      where merchant_id = $1 and mode = $2 and id = $3 and state = $4 returning id`,
    values: [
      scope.merchantId,
      scope.mode,
      row.id,
      row.state,
      change.state,
      change.approved,
      change.cleared,
      change.gateway_ref,
      change.redirect_url,
      change.reason,
      change.message,
      change.fee,
    ],
  })
  return changed.length === 1
}

/** Remembers the first time the gateway said it does not know this transaction. */
export async function noteNotFound(tx: Tx, scope: Scope, id: string): Promise<void> {
  await tx.query({
    name: 'transactions_not_found',
    text: `update transactions set not_found_at = coalesce(not_found_at, clock_timestamp())
      where merchant_id = $1 and mode = $2 and id = $3`,
    values: [scope.merchantId, scope.mode, id],
  })
}
