import type { Mode, Queryable } from '../books.ts'
import type { Point, StoredSwitch, SwitchName } from '../switches.ts'

export type Account = { readonly account_ref: string; readonly mode: Mode }

export type NewAccount = Account & {
  readonly api_key_sha256: Uint8Array
  readonly webhook_secret: string
  readonly fee_basis_points: number
  readonly created_ms: number
}

export async function insertAccount(books: Queryable, account: NewAccount): Promise<void> {
  await books.query({
    text: `insert into sandbox.accounts (account_ref, mode, api_key_sha256, webhook_secret,
        fee_basis_points, created_ms)
      values ($1, $2, $3, $4, $5, $6::bigint)`,
    values: [
      account.account_ref,
      account.mode,
      account.api_key_sha256,
      account.webhook_secret,
      account.fee_basis_points,
      account.created_ms,
    ],
  })
}

type Used = Pick<StoredSwitch, 'name' | 'settings'>

/** Who calls, and the named switches that act on this call, each used once more. */
export async function accountOfKey(
  books: Queryable,
  api_key_sha256: Uint8Array,
  names: readonly SwitchName[],
  point: Point | null,
): Promise<{ account: Account; used: Used[] } | null> {
  const rows = await books.query<Account & { used: Used[] }>({
    name: 'sandbox_account_of_key',
    text: `with account as (
        select account_ref, mode from sandbox.accounts where api_key_sha256 = $1
      ), used as (
        update sandbox.switches s set remaining = s.remaining - 1 from account a
        where s.account_ref = a.account_ref and s.name = any ($2)
          and (s.remaining is null or s.remaining > 0) and s.settings -> 'on' ? $3
        returning s.name, s.settings
      )
      select a.account_ref, a.mode, coalesce(
        (select jsonb_agg(jsonb_build_object('name', name, 'settings', settings)) from used),
        '[]') as used
      from account a`,
    values: [api_key_sha256, names, point],
  })
  const [row] = rows
  if (row === undefined) return null
  return { account: { account_ref: row.account_ref, mode: row.mode }, used: row.used }
}

/** The named switches that act at this point, each used once more. */
export async function takeSwitches(
  tx: Queryable,
  account_ref: string,
  names: readonly SwitchName[],
  point: Point | null,
): Promise<Used[]> {
  return tx.query<Used>({
    name: 'sandbox_take_switches',
    text: `update sandbox.switches set remaining = remaining - 1
      where account_ref = $1 and name = any ($2) and (remaining is null or remaining > 0)
        and ($3::text is null or settings -> 'on' ? $3)
      returning name, settings`,
    values: [account_ref, names, point],
  })
}

/** The switches that still act. */
export async function readSwitchRows(
  books: Queryable,
  account_ref: string,
): Promise<StoredSwitch[]> {
  return books.query<StoredSwitch>({
    name: 'sandbox_switches',
    text: `select name, remaining, settings from sandbox.switches
      where account_ref = $1 and (remaining is null or remaining > 0) order by name`,
    values: [account_ref],
  })
}

export async function putSwitch(
  tx: Queryable,
  account_ref: string,
  { name, remaining, settings }: StoredSwitch,
): Promise<void> {
  await tx.query({
    name: 'sandbox_put_switch',
    text: `insert into sandbox.switches (account_ref, name, remaining, settings)
      values ($1, $2, $3, $4::jsonb)
      on conflict (account_ref, name) do update
        set remaining = excluded.remaining, settings = excluded.settings`,
    values: [account_ref, name, remaining, JSON.stringify(settings)],
  })
}

/** Null names all of them. */
export async function deleteSwitches(
  tx: Queryable,
  account_ref: string,
  names: readonly SwitchName[] | null,
): Promise<void> {
  await tx.query({
    name: 'sandbox_delete_switches',
    text: `delete from sandbox.switches
      where account_ref = $1 and ($2::text[] is null or name = any ($2))`,
    values: [account_ref, names],
  })
}

/**
 * Holds this key until the transaction ends; false while another request under it is at work. An
 * answered key is found by `findRequest`.
 */
export async function tryLockKey(
  tx: Queryable,
  account_ref: string,
  key: string,
): Promise<boolean> {
  const rows = await tx.query<{ held: boolean }>({
    name: 'sandbox_try_lock_key',
    text: `select pg_try_advisory_xact_lock(
        hashtextextended('sandbox ' || $1 || ' ' || $2, 0)) as held`,
    values: [account_ref, key],
  })
  return rows[0]?.held === true
}

export type AnsweredRequest = {
  readonly request_sha256: Uint8Array
  readonly status: number
  readonly answer: string
}

/** What was answered under this key since `since_ms`; an older answer is forgotten here. */
export async function findRequest(
  tx: Queryable,
  account_ref: string,
  key: string,
  since_ms: number,
): Promise<AnsweredRequest | null> {
  const rows = await tx.query<AnsweredRequest>({
    name: 'sandbox_find_request',
    text: `with forgotten as (
        delete from sandbox.idempotent_requests
        where account_ref = $1 and key = $2 and created_ms < $3::bigint
      )
      select request_sha256, status, answer from sandbox.idempotent_requests
      where account_ref = $1 and key = $2 and created_ms >= $3::bigint`,
    values: [account_ref, key, since_ms],
  })
  return rows[0] ?? null
}

export async function insertRequest(
  tx: Queryable,
  account_ref: string,
  key: string,
  request: AnsweredRequest,
  now_ms: number,
): Promise<void> {
  await tx.query({
    name: 'sandbox_insert_request',
    text: `insert into sandbox.idempotent_requests
        (account_ref, key, request_sha256, status, answer, created_ms)
      values ($1, $2, $3, $4, $5, $6::bigint)`,
    values: [account_ref, key, request.request_sha256, request.status, request.answer, now_ms],
  })
}
