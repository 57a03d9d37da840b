import type { Scope } from '#server/kernel/scope.ts'
import type { Queryable, Tx } from '#server/platform/postgres/index.ts'
import type { RefundRow } from './refund.ts'

export type NewRefund = Pick<
  RefundRow,
  | 'id'
  | 'payment_id'
  | 'transaction_id'
  | 'status'
  | 'currency'
  | 'amount'
  | 'reason'
  | 'message'
  | 'source'
  | 'gateway'
  | 'gateway_ref'
  | 'created_by_kind'
  | 'created_by_id'
  | 'created_by_name'
>

export async function insertRefund(tx: Tx, scope: Scope, refund: NewRefund): Promise<RefundRow> {
  const [row] = await tx.query<RefundRow>({
    name: 'refunds_insert',
    text: `insert into refunds (merchant_id, mode, id, payment_id, transaction_id, status, currency,
        amount, reason, message, source, gateway, gateway_ref, created_by_kind, created_by_id,
        created_by_name)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) returning *`,
    values: [
      scope.merchantId,
      scope.mode,
      refund.id,
      refund.payment_id,
      refund.transaction_id,
      refund.status,
      refund.currency,
      refund.amount,
      refund.reason,
      refund.message,
      refund.source,
      refund.gateway,
      refund.gateway_ref,
      refund.created_by_kind,
      refund.created_by_id,
      refund.created_by_name,
    ],
  })
  return row as RefundRow
}

export async function refundsOf(
  q: Queryable,
  scope: Scope,
  paymentId: string,
): Promise<RefundRow[]> {
  return q.query<RefundRow>({
    name: 'refunds_of_payment',
    text: `select * from refunds where merchant_id = $1 and mode = $2 and payment_id = $3
      order by id`,
    values: [scope.merchantId, scope.mode, paymentId],
  })
}

export async function refundById(
  q: Queryable,
  scope: Scope,
  id: string,
): Promise<RefundRow | undefined> {
  const [row] = await q.query<RefundRow>({
    name: 'refunds_by_id',
    text: `select r.*, p.customer_id, c.name as customer_name, c.email as customer_email
      from refunds r
      join payments p on p.merchant_id = r.merchant_id and p.mode = r.mode and p.id = r.payment_id
      left join customers c on c.merchant_id = p.merchant_id and c.mode = p.mode
        and c.id = p.customer_id
      where r.merchant_id = $1 and r.mode = $2 and r.id = $3`,
    values: [scope.merchantId, scope.mode, id],
  })
  return row
}

/** Compare-and-set on the status that was read under the payment's lock. */
export async function changeRefund(
  tx: Tx,
  scope: Scope,
  row: RefundRow,
  change: Pick<RefundRow, 'status' | 'message' | 'gateway_ref' | 'source'>,
): Promise<RefundRow | undefined> {
  const [changed] = await tx.query<RefundRow>({
    name: 'refunds_change',
    text: `update refunds set status = $5, message = $6, gateway_ref = $7, source = $8,
        version = version + 1, updated_at = clock_timestamp()
      where merchant_id = $1 and mode = $2 and id = $3 and status = $4 returning *`,
    values: [
      scope.merchantId,
      scope.mode,
      row.id,
      row.status,
      change.status,
      change.message,
      change.gateway_ref,
      change.source,
    ],
  })
  return changed
}
