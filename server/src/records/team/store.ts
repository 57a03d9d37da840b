import type { MerchantId } from '#server/kernel/ids.ts'
import type { Mode, Scope } from '#server/kernel/scope.ts'
import type { Queryable, Tx } from '#server/platform/postgres/index.ts'

export type MemberRow = {
  merchant_id: MerchantId
  id: string
  email: string
  name: string
  password_hash: string
}

export async function memberByEmail(q: Queryable, email: string): Promise<MemberRow | undefined> {
  const [row] = await q.query<MemberRow>({
    name: 'members_by_email',
    text: `select merchant_id, id, email, name, password_hash from members
      where email = lower($1) and disabled_at is null order by merchant_id limit 1`,
    values: [email],
  })
  return row
}

export async function emailOf(q: Queryable, merchantId: string, id: string): Promise<string> {
  const [row] = await q.query<{ email: string }>({
    name: 'members_email',
    text: 'select email from members where merchant_id = $1 and id = $2',
    values: [merchantId, id],
  })
  return row?.email ?? ''
}

export async function insertMember(tx: Tx, member: MemberRow): Promise<void> {
  await tx.query({
    text: `insert into members (merchant_id, id, email, name, password_hash, role)
      values ($1, $2, lower($3), $4, $5, 'super_admin')`,
    values: [member.merchant_id, member.id, member.email, member.name, member.password_hash],
  })
}

export async function insertSignIn(
  tx: Tx,
  member: MemberRow,
  signIn: { token_sha256: Buffer; hours: number; ip: string; user_agent: string | null },
): Promise<void> {
  await tx.query({
    text: `insert into sign_ins (merchant_id, token_sha256, member_id, expires_at, ip, user_agent)
      values ($1, $2, $3, now() + $4 * interval '1 h', $5, $6)`,
    values: [
      member.merchant_id,
      signIn.token_sha256,
      member.id,
      signIn.hours,
      signIn.ip,
      signIn.user_agent?.slice(0, 300) ?? null,
    ],
  })
}

export type SignedIn = { merchant_id: MerchantId; member_id: string; email: string; name: string }

/** The member behind a session token; a disabled member's sessions end at once. */
export async function signedIn(q: Queryable, tokenSha256: Buffer): Promise<SignedIn | undefined> {
  const [row] = await q.query<SignedIn>({
    name: 'sign_ins_by_token',
    text: `select s.merchant_id, s.member_id, m.email, m.name
      from sign_ins s
      join members m on m.merchant_id = s.merchant_id and m.id = s.member_id
      where s.token_sha256 = $1 and s.expires_at > now() and m.disabled_at is null`,
    values: [tokenSha256],
  })
  return row
}

export async function deleteSignIn(q: Queryable, tokenSha256: Buffer): Promise<void> {
  await q.query({
    text: 'delete from sign_ins where token_sha256 = $1',
    values: [tokenSha256],
  })
}

/**
 * Reserves one try for each subject, or says how long to wait: counted before the password is read.
 */
export async function reserveTry(
  tx: Tx,
  subject: string,
  limit: { tries: number; minutes: number },
): Promise<{ allowed: boolean; retry_after_s: number }> {
  await tx.query({
    text: 'select pg_advisory_xact_lock(hashtextextended($1, 11))',
    values: [`sign_in:${subject}`],
  })
  const [row] = await tx.query<{ tries: number; retry_after_s: number | null }>({
    name: 'sign_in_tries',
    text: `select count(*)::int as tries,
        ceil(extract(epoch from min(at) + $2 * interval '1 min' - clock_timestamp()))::int
          as retry_after_s
      from sign_in_failures
      where subject = $1 and at > clock_timestamp() - $2 * interval '1 min'`,
    values: [subject, limit.minutes],
  })
  if ((row?.tries ?? 0) >= limit.tries) {
    return { allowed: false, retry_after_s: Math.max(1, row?.retry_after_s ?? 60) }
  }
  await tx.query({
    text: 'insert into sign_in_failures (subject) values ($1)',
    values: [subject],
  })
  return { allowed: true, retry_after_s: 0 }
}

/** A right password gives the account's tries back; the address keeps its own count. */
export async function forgetTries(tx: Tx, subject: string): Promise<void> {
  await tx.query({ text: 'delete from sign_in_failures where subject = $1', values: [subject] })
}

export async function sweepSignIns(q: Queryable): Promise<void> {
  await q.query({ text: `delete from sign_in_failures where at < now() - interval '1 day'` })
  await q.query({ text: 'delete from sign_ins where expires_at < now()' })
}

export type ApiKeyRow = {
  merchant_id: MerchantId
  mode: Mode
  id: string
  name: string
  prefix: string
  scopes: string[]
  created_at: Date
  last_used_at: Date | null
  expires_at: Date | null
  revoked_at: Date | null
}
const KEY_COLUMNS = `merchant_id, mode, id, name, prefix, scopes, created_at, last_used_at,
  expires_at, revoked_at`

export async function keyBySecret(
  q: Queryable,
  secretSha256: Buffer,
): Promise<ApiKeyRow | undefined> {
  const [row] = await q.query<ApiKeyRow>({
    name: 'api_keys_by_secret',
    text: `select ${KEY_COLUMNS} from api_keys where secret_sha256 = $1 and revoked_at is null
      and (expires_at is null or expires_at > now())`,
    values: [secretSha256],
  })
  return row
}

export async function touchKey(q: Queryable, row: ApiKeyRow): Promise<void> {
  await q.query({
    name: 'api_keys_touch',
    text: `update api_keys set last_used_at = now()
      where merchant_id = $1 and mode = $2 and id = $3
        and (last_used_at is null or last_used_at < now() - interval '1 min')`,
    values: [row.merchant_id, row.mode, row.id],
  })
}

export async function insertKey(
  tx: Tx,
  scope: Scope,
  key: {
    id: string
    name: string
    prefix: string
    secret_sha256: Buffer
    scopes: readonly string[]
    created_by: string | null
    expires_in_days: number | null
  },
): Promise<ApiKeyRow> {
  const [row] = await tx.query<ApiKeyRow>({
    text: `insert into api_keys (merchant_id, mode, id, name, prefix, secret_sha256, scopes,
        created_by, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, now() + $9 * interval '1 day')
      returning ${KEY_COLUMNS}`,
    values: [
      scope.merchantId,
      scope.mode,
      key.id,
      key.name,
      key.prefix,
      key.secret_sha256,
      [...key.scopes],
      key.created_by,
      key.expires_in_days,
    ],
  })
  return row as ApiKeyRow
}

export async function keysOf(q: Queryable, scope: Scope): Promise<ApiKeyRow[]> {
  return q.query<ApiKeyRow>({
    text: `select ${KEY_COLUMNS} from api_keys where merchant_id = $1 and mode = $2
      order by id desc limit 200`,
    values: [scope.merchantId, scope.mode],
  })
}

export async function revokeKey(tx: Tx, scope: Scope, id: string): Promise<ApiKeyRow | undefined> {
  const [row] = await tx.query<ApiKeyRow>({
    text: `update api_keys set revoked_at = coalesce(revoked_at, now())
      where merchant_id = $1 and mode = $2 and id = $3 returning ${KEY_COLUMNS}`,
    values: [scope.merchantId, scope.mode, id],
  })
  return row
}
