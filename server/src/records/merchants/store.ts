import type { MerchantId } from '#server/kernel/ids.ts'
import type { Scope } from '#server/kernel/scope.ts'
import type { Queryable, Tx } from '#server/platform/postgres/index.ts'

export type MerchantRow = {
  merchant_id: MerchantId
  name: string
  time_zone: string
  currency: string
  locale: 'en' | 'fr'
}
export type ShopRow = { id: string; name: string; is_default: boolean }

export async function merchantById(
  q: Queryable,
  merchantId: string,
): Promise<MerchantRow | undefined> {
  const [row] = await q.query<MerchantRow>({
    name: 'merchants_by_id',
    text: `select merchant_id, name, time_zone, currency, locale from merchants
      where merchant_id = $1`,
    values: [merchantId],
  })
  return row
}

export async function allMerchants(q: Queryable): Promise<MerchantRow[]> {
  return q.query<MerchantRow>({
    text: `select merchant_id, name, time_zone, currency, locale from merchants
      order by merchant_id`,
  })
}

export async function insertMerchant(
  tx: Tx,
  merchant: MerchantRow,
  shop: { id: string; name: string },
): Promise<void> {
  await tx.query({
    text: `insert into merchants (merchant_id, name, time_zone, currency, locale)
      values ($1, $2, $3, $4, $5)`,
    values: [
      merchant.merchant_id,
      merchant.name,
      merchant.time_zone,
      merchant.currency,
      merchant.locale,
    ],
  })
  await insertShop(tx, merchant.merchant_id, { ...shop, is_default: true })
}

export async function insertShop(tx: Tx, merchantId: MerchantId, shop: ShopRow): Promise<void> {
  await tx.query({
    text: 'insert into shops (merchant_id, id, name, is_default) values ($1, $2, $3, $4)',
    values: [merchantId, shop.id, shop.name, shop.is_default],
  })
}

export async function shopsOf(q: Queryable, merchantId: string): Promise<ShopRow[]> {
  return q.query<ShopRow>({
    name: 'shops_of',
    text: `select id, name, is_default from shops where merchant_id = $1
      order by is_default desc, id`,
    values: [merchantId],
  })
}

/** The named shop, or the merchant's default one. */
export async function shopFor(
  q: Queryable,
  scope: Scope,
  id: string | null,
): Promise<ShopRow | undefined> {
  const [row] = await q.query<ShopRow>({
    name: 'shops_for',
    text: `select id, name, is_default from shops
      where merchant_id = $1 and (id = $2 or ($2::text is null and is_default))`,
    values: [scope.merchantId, id],
  })
  return row
}
