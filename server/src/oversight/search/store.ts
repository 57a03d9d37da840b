import type { Tx } from '#server/platform/postgres/index.ts'
import { JOIN_CUSTOMER, WORDS_SQL } from './words.ts'

/** Payments of one customer whose words follow a change of their name at once: the newest. */
const PAYMENTS_PER_CUSTOMER = 10_000

export type Changed = {
  readonly merchantId: string
  readonly mode: string
  readonly paymentIds: readonly string[]
  readonly customerIds: readonly string[]
}

/** Reads the payments as they are now, so that events may come twice or late. */
export async function refreshWords(tx: Tx, changed: Changed): Promise<void> {
  const { merchantId, mode, paymentIds, customerIds } = changed
  await tx.query({
    name: 'search_refresh',
    text: `insert into payment_search as s (merchant_id, mode, payment_id, words)
      select p.merchant_id, p.mode, p.id, ${WORDS_SQL}
      from payments p ${JOIN_CUSTOMER}
      where p.merchant_id = $1 and p.mode = $2 and p.id in (
        select unnest($3::text[])
        union
        select o.id from unnest($4::text[]) as k (customer_id) cross join lateral (
          select x.id from payments x where x.merchant_id = $1 and x.mode = $2
            and x.customer_id = k.customer_id
          order by x.id desc limit ${PAYMENTS_PER_CUSTOMER}) o)
      on conflict (merchant_id, mode, payment_id) do update set words = excluded.words
        where s.words is distinct from excluded.words`,
    values: [merchantId, mode, paymentIds, customerIds],
  })
}
