import type { Actor, Scope } from '#server/kernel/scope.ts'
import type { Queryable, Tx } from '#server/platform/postgres/index.ts'
import type { LinkRow } from './payment-link.ts'

const SELECT = `select l.*, p.status as payment_status
  from payment_links l
  left join payments p on p.merchant_id = l.merchant_id and p.mode = l.mode and p.id = l.payment_id`

export type NewLink = Pick<
  LinkRow,
  | 'id'
  | 'code'
  | 'amount'
  | 'currency'
  | 'reference'
  | 'description'
  | 'payer_name'
  | 'payer_email'
  | 'customer_id'
  | 'shop_id'
  | 'metadata'
  | 'locale'
  | 'due_on'
  | 'expires_at'
>

export async function insertLink(tx: Tx, scope: Scope, actor: Actor, link: NewLink): Promise<void> {
  await tx.query({
    name: 'payment_links_insert',
    text: `insert into payment_links (merchant_id, mode, id, code, amount, currency, reference,
        description, payer_name, payer_email, customer_id, shop_id, metadata, locale, due_on,
        expires_at, created_by_kind, created_by_id, created_by_name)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
        $19)`,
    values: [
      scope.merchantId,
      scope.mode,
      link.id,
      link.code,
      link.amount,
      link.currency,
      link.reference,
      link.description,
      link.payer_name,
      link.payer_email,
      link.customer_id,
      link.shop_id,
      JSON.stringify(link.metadata),
      link.locale,
      link.due_on,
      link.expires_at,
      actor.kind,
      actor.id,
      actor.name,
    ],
  })
}

export async function linkById(
  q: Queryable,
  scope: Scope,
  id: string,
): Promise<LinkRow | undefined> {
  const [row] = await q.query<LinkRow>({
    name: 'payment_links_by_id',
    text: `${SELECT} where l.merchant_id = $1 and l.mode = $2 and l.id = $3`,
    values: [scope.merchantId, scope.mode, id],
  })
  return row
}

/** By the code in its address; of any merchant. */
export async function linkByCode(q: Queryable, code: string): Promise<LinkRow | undefined> {
  const [row] = await q.query<LinkRow>({
    name: 'payment_links_by_code',
    text: `${SELECT} where l.code = $1`,
    values: [code],
  })
  return row
}

/** One visitor at a time decides which payment belongs to a link. */
export async function lockLink(tx: Tx, scope: Scope, id: string): Promise<LinkRow | undefined> {
  await tx.query({
    name: 'payment_links_lock',
    text: `select 1 from payment_links where merchant_id = $1 and mode = $2 and id = $3 for update`,
    values: [scope.merchantId, scope.mode, id],
  })
  return linkById(tx, scope, id)
}

export async function tieLink(tx: Tx, scope: Scope, id: string, paymentId: string): Promise<void> {
  await tx.query({
    name: 'payment_links_tie',
    text: `update payment_links set payment_id = $4
      where merchant_id = $1 and mode = $2 and id = $3`,
    values: [scope.merchantId, scope.mode, id, paymentId],
  })
}

export async function cancelLink(tx: Tx, scope: Scope, id: string): Promise<void> {
  await tx.query({
    text: `update payment_links set canceled_at = coalesce(canceled_at, now())
      where merchant_id = $1 and mode = $2 and id = $3`,
    values: [scope.merchantId, scope.mode, id],
  })
}
