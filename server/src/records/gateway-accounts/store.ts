import type { Mode, Scope } from '#server/kernel/scope.ts'
import type { Queryable, Tx } from '#server/platform/postgres/index.ts'

export type GatewayAccountRow = {
  merchant_id: string
  mode: Mode
  id: string
  gateway: string
  name: string
  account_ref: string
  base_url: string
  credentials: Buffer
  public_id: string
  active: boolean
  last_event_at: Date | null
  created_at: Date
}

export async function accountById(
  q: Queryable,
  scope: Scope,
  id: string,
): Promise<GatewayAccountRow | undefined> {
  const [row] = await q.query<GatewayAccountRow>({
    name: 'gateway_accounts_by_id',
    text: `select * from gateway_accounts where merchant_id = $1 and mode = $2 and id = $3`,
    values: [scope.merchantId, scope.mode, id],
  })
  return row
}

/** By the unguessable address that the gateway sends its events to; of any merchant. */
export async function accountByPublicId(
  q: Queryable,
  publicId: string,
): Promise<GatewayAccountRow | undefined> {
  const [row] = await q.query<GatewayAccountRow>({
    name: 'gateway_accounts_by_public_id',
    text: `select * from gateway_accounts where public_id = $1`,
    values: [publicId],
  })
  return row
}

export async function accountsOf(q: Queryable, scope: Scope): Promise<GatewayAccountRow[]> {
  return q.query<GatewayAccountRow>({
    name: 'gateway_accounts_of',
    text: `select * from gateway_accounts where merchant_id = $1 and mode = $2 order by id`,
    values: [scope.merchantId, scope.mode],
  })
}

export async function insertAccount(
  tx: Tx,
  scope: Scope,
  row: Pick<
    GatewayAccountRow,
    'id' | 'gateway' | 'name' | 'account_ref' | 'base_url' | 'credentials' | 'public_id'
  >,
): Promise<void> {
  await tx.query({
    text: `insert into gateway_accounts (merchant_id, mode, id, gateway, name, account_ref,
        base_url, credentials, public_id)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      scope.merchantId,
      scope.mode,
      row.id,
      row.gateway,
      row.name,
      row.account_ref,
      row.base_url,
      row.credentials,
      row.public_id,
    ],
  })
}

/** The built-in sandbox moves with Florin's own port. */
export async function moveAccounts(q: Queryable, gateway: string, baseUrl: string): Promise<void> {
  await q.query({
    text: `update gateway_accounts set base_url = $2 where gateway = $1 and base_url <> $2`,
    values: [gateway, baseUrl],
  })
}

export async function touchLastEvent(tx: Tx, scope: Scope, id: string): Promise<void> {
  await tx.query({
    name: 'gateway_accounts_touch',
    text: `update gateway_accounts set last_event_at = now()
      where merchant_id = $1 and mode = $2 and id = $3
        and (last_event_at is null or last_event_at < now() - interval '5 s')`,
    values: [scope.merchantId, scope.mode, id],
  })
}

export type HealthRow = {
  gateway_account_id: string
  succeeded_24h: number
  failed_24h: number
  unknown_now: number
}

export async function healthOf(
  q: Queryable,
  scope: Scope,
  sinceId: string,
): Promise<Map<string, HealthRow>> {
  const rows = await q.query<HealthRow>({
    name: 'gateway_accounts_health',
    text: `select gateway_account_id,
        count(*) filter (where state = 'approved')::int as succeeded_24h,
        count(*) filter (where state = 'rejected')::int as failed_24h,
        count(*) filter (where state = 'unknown')::int as unknown_now
      from transactions
      where merchant_id = $1 and mode = $2 and id >= $3 and type = 'charge'
        and gateway_account_id is not null
      group by 1`,
    values: [scope.merchantId, scope.mode, sinceId],
  })
  return new Map(rows.map((row) => [row.gateway_account_id, row]))
}
