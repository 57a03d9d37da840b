import type { Mode, Scope } from '#server/kernel/scope.ts'
import type { Queryable, Tx } from '#server/platform/postgres/index.ts'

export type CustomerRow = {
  merchant_id: string
  mode: Mode
  id: string
  name: string | null
  email: string | null
  label: string | null
  country: string | null
  created_at: Date
  version: number
  payments_count?: number
}

export type CustomerFields = Pick<CustomerRow, 'name' | 'email' | 'label' | 'country'>

export async function insertCustomer(
  tx: Tx,
  scope: Scope,
  id: string,
  fields: CustomerFields,
): Promise<CustomerRow | undefined> {
  const [row] = await tx.query<CustomerRow>({
    name: 'customers_insert',
    text: `insert into customers (merchant_id, mode, id, name, email, label, country)
      values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (merchant_id, mode, label) do nothing returning *`,
    values: [
      scope.merchantId,
      scope.mode,
      id,
      fields.name,
      fields.email,
      fields.label,
      fields.country,
    ],
  })
  return row
}

export async function updateCustomer(
  tx: Tx,
  scope: Scope,
  id: string,
  fields: Partial<CustomerFields>,
): Promise<CustomerRow | undefined> {
  const [row] = await tx.query<CustomerRow>({
    name: 'customers_update',
    text: `update customers set
        name = case when $4 then $5 else name end,
        email = case when $6 then $7 else email end,
        label = case when $8 then $9 else label end,
        country = case when $10 then $11 else country end,
        version = version + 1, updated_at = now()
      where merchant_id = $1 and mode = $2 and id = $3 returning *`,
    values: [
      scope.merchantId,
      scope.mode,
      id,
      'name' in fields,
      fields.name ?? null,
      'email' in fields,
      fields.email ?? null,
      'label' in fields,
      fields.label ?? null,
      'country' in fields,
      fields.country ?? null,
    ],
  })
  return row
}

export async function customerById(
  q: Queryable,
  scope: Scope,
  id: string,
): Promise<CustomerRow | undefined> {
  const [row] = await q.query<CustomerRow>({
    name: 'customers_by_id',
    text: `select c.*, (select count(*)::int from payments p where p.merchant_id = c.merchant_id
        and p.mode = c.mode and p.customer_id = c.id) as payments_count
      from customers c where c.merchant_id = $1 and c.mode = $2 and c.id = $3`,
    values: [scope.merchantId, scope.mode, id],
  })
  return row
}

export async function customersExist(q: Queryable, scope: Scope, id: string): Promise<boolean> {
  const found = await q.query({
    name: 'customers_exist',
    text: 'select 1 from customers where merchant_id = $1 and mode = $2 and id = $3',
    values: [scope.merchantId, scope.mode, id],
  })
  return found.length > 0
}
