import type { Mode, Scope } from '#server/kernel/scope.ts'
import type { Queryable, Tx } from '#server/platform/postgres/index.ts'

export type WalletRow = { mode: Mode; id: string; customer_id: string; currency: string }

export async function ensureWallet(
  tx: Tx,
  scope: Scope,
  wallet: { id: string; customer_id: string; currency: string },
): Promise<void> {
  await tx.query({
    name: 'wallets_ensure',
    text: `insert into wallets (merchant_id, mode, id, customer_id, currency)
      values ($1, $2, $3, $4, $5)
      on conflict (merchant_id, mode, customer_id, currency) do nothing`,
    values: [scope.merchantId, scope.mode, wallet.id, wallet.customer_id, wallet.currency],
  })
}

export async function walletById(
  q: Queryable,
  scope: Scope,
  id: string,
): Promise<WalletRow | undefined> {
  const [row] = await q.query<WalletRow>({
    name: 'wallets_by_id',
    text: `select mode, id, customer_id, currency from wallets
      where merchant_id = $1 and mode = $2 and id = $3`,
    values: [scope.merchantId, scope.mode, id],
  })
  return row
}

export async function walletsOf(
  q: Queryable,
  scope: Scope,
  page: { customer_id: string | null; before: string | null; limit: number },
): Promise<WalletRow[]> {
  return q.query<WalletRow>({
    name: 'wallets_of',
    text: `select mode, id, customer_id, currency from wallets
      where merchant_id = $1 and mode = $2 and ($3::text is null or customer_id = $3)
        and ($4::text is null or id < $4)
      order by id desc limit $5`,
    values: [scope.merchantId, scope.mode, page.customer_id, page.before, page.limit],
  })
}
