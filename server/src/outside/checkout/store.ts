import type { Scope } from '#server/kernel/scope.ts'
import type { Queryable, Tx } from '#server/platform/postgres/index.ts'
import type { SessionRow } from './session.ts'

const COLUMNS = `s.merchant_id, s.mode, s.id, s.payment_id, s.locale, s.success_url, s.cancel_url,
  s.expires_at, s.closed_at, s.created_at, p.currency, p.amount, p.status as payment_status`
const FROM = `from checkout_sessions s
  join payments p on p.merchant_id = s.merchant_id and p.mode = s.mode and p.id = s.payment_id`

export async function insertSession(
  tx: Tx,
  scope: Scope,
  row: {
    id: string
    payment_id: string
    token_sha256: Buffer
    locale: string | null
    success_url: string | null
    cancel_url: string | null
    expires_at: Date
  },
): Promise<void> {
  await tx.query({
    name: 'checkout_sessions_insert',
    text: `insert into checkout_sessions (merchant_id, mode, id, payment_id, token_sha256, locale,
        success_url, cancel_url, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      scope.merchantId,
      scope.mode,
      row.id,
      row.payment_id,
      row.token_sha256,
      row.locale,
      row.success_url,
      row.cancel_url,
      row.expires_at,
    ],
  })
}

/** By the token in the payer's address; of any merchant. */
export async function sessionByToken(
  q: Queryable,
  tokenSha256: Buffer,
): Promise<SessionRow | undefined> {
  const [row] = await q.query<SessionRow>({
    name: 'checkout_sessions_by_token',
    text: `select ${COLUMNS} ${FROM} where s.token_sha256 = $1`,
    values: [tokenSha256],
  })
  return row
}

export async function sessionById(
  q: Queryable,
  scope: Scope,
  id: string,
): Promise<SessionRow | undefined> {
  const [row] = await q.query<SessionRow>({
    name: 'checkout_sessions_by_id',
    text: `select ${COLUMNS} ${FROM} where s.merchant_id = $1 and s.mode = $2 and s.id = $3`,
    values: [scope.merchantId, scope.mode, id],
  })
  return row
}

export async function listSessions(
  q: Queryable,
  scope: Scope,
  page: { payment_id: string | null; before: string | null; limit: number },
): Promise<SessionRow[]> {
  return q.query<SessionRow>({
    name: 'checkout_sessions_list',
    text: `select ${COLUMNS} ${FROM}
      where s.merchant_id = $1 and s.mode = $2 and ($3::text is null or s.payment_id = $3)
        and ($4::text is null or s.id < $4)
      order by s.id desc limit $5`,
    values: [scope.merchantId, scope.mode, page.payment_id, page.before, page.limit],
  })
}

export async function closeSession(tx: Tx, scope: Scope, id: string): Promise<void> {
  await tx.query({
    text: `update checkout_sessions set closed_at = coalesce(closed_at, now())
      where merchant_id = $1 and mode = $2 and id = $3`,
    values: [scope.merchantId, scope.mode, id],
  })
}
