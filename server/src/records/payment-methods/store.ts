import type { Mode, Scope } from '#server/kernel/scope.ts'
import type { Queryable, Tx } from '#server/platform/postgres/index.ts'

export type PaymentMethodRow = {
  mode: Mode
  id: string
  name: string
  name_fr: string
  slug: string
  description: string
  description_fr: string
  gateway_account_id: string
  gateway: string
  account_active: boolean
  is_active: boolean
  currencies: string[] | null
  position: number
}

export async function methodsOf(q: Queryable, scope: Scope): Promise<PaymentMethodRow[]> {
  return q.query<PaymentMethodRow>({
    name: 'payment_methods_of',
    text: `select m.*, g.gateway, g.active as account_active
      from payment_methods m
      join gateway_accounts g on g.merchant_id = m.merchant_id and g.mode = m.mode
        and g.id = m.gateway_account_id
      where m.merchant_id = $1 and m.mode = $2 order by m.position, m.id`,
    values: [scope.merchantId, scope.mode],
  })
}

export async function insertMethod(
  tx: Tx,
  scope: Scope,
  row: Pick<
    PaymentMethodRow,
    'id' | 'name' | 'name_fr' | 'slug' | 'description' | 'description_fr' | 'gateway_account_id'
  > & { position: number },
): Promise<void> {
  await tx.query({
    text: `insert into payment_methods (merchant_id, mode, id, name, name_fr, slug, description,
        description_fr, gateway_account_id, position)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      scope.merchantId,
      scope.mode,
      row.id,
      row.name,
      row.name_fr,
      row.slug,
      row.description,
      row.description_fr,
      row.gateway_account_id,
      row.position,
    ],
  })
}
