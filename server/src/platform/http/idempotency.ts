import type { FastifyRequest } from 'fastify'
import { assert } from '#server/kernel/assert.ts'
import { ok, type Result, refuse } from '#server/kernel/result.ts'
import type { Scope } from '#server/kernel/scope.ts'
import type { Database, Queryable, Tx } from '../postgres/index.ts'
import { sha256 } from '../secrets.ts'
import type { Call, Reply } from './route.ts'

/**
 * One effect per key (safety.md §4.4; IETF idempotency-key draft 07). The key's row is written in
 * the
 * transaction that makes the effect, so that a crash loses both or neither. Refusals are not kept:
 * they had no effect, and the same key may be tried again once the cause is gone.
 */
export type Intent = {
  /**
   * The effect, in one transaction. With no `reply`, `finish` answers once the gateway was asked.
   */
  readonly start: (tx: Tx) => Promise<Result<Started, string>>
  /** Outside any transaction; may be repeated, and answers with the resource as it stands now. */
  readonly finish?: (resourceId: string) => Promise<Reply>
}
export type Started = { readonly resourceId: string; readonly reply?: Reply }

type Row = {
  fingerprint: Buffer
  principal: string
  status: number | null
  headers: Record<string, string> | null
  body: string | null
  resource_id: string | null
  leased: boolean
}

const LEASE_S = 30
const KEY = /^[\x21-\x7e][\x20-\x7e]{0,254}$/

type AnyCall = Call<unknown, unknown, unknown>

export async function idempotent(
  db: Database,
  call: AnyCall,
  intent: Intent,
): Promise<Result<Reply, string>> {
  if (isDryRun(call.body)) return preview(db, intent)
  const key = keyOf(call.request)
  if (!key.ok) return key
  const identity = {
    key: key.value,
    fingerprint: fingerprintOf(call),
    principal: `${call.caller.actor.kind}:${call.caller.actor.id ?? ''}`,
  }
  const first = await db.txResult((tx) => claim(tx, call.caller.scope, identity, intent))
  if (!first.ok) return first
  if (first.value.reply) return ok(first.value.reply)
  if (!intent.finish) return refuse('idempotency_in_flight')
  const reply = await intent.finish(first.value.resourceId)
  await keep(db, call.caller.scope, identity.key, reply)
  return ok(reply)
}

const isDryRun = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'dry_run' in body && body.dry_run === true

/** A dry run has no effect, so it needs no key and is not kept. */
async function preview(db: Database, intent: Intent): Promise<Result<Reply, string>> {
  const shown = await db.txResult((tx) => intent.start(tx))
  if (!shown.ok) return shown
  assert(shown.value.reply, 'a dry run answers at once')
  return ok(shown.value.reply)
}

/** The bare token or the quoted form of the draft name the same key. */
function keyOf(request: FastifyRequest): Result<string, string> {
  const header = request.headers['idempotency-key']
  const text = typeof header === 'string' ? header.trim().replace(/^"(.*)"$/, '$1') : ''
  if (text === '') {
    const detail =
      'Send an Idempotency-Key header: a new UUID for each intention, the same one for each repeat.'
    return refuse('idempotency_key_missing', { detail })
  }
  if (!KEY.test(text)) {
    const detail = 'An Idempotency-Key has 1 to 255 printable ASCII characters.'
    return refuse('idempotency_key_invalid', { detail })
  }
  return ok(text)
}

function fingerprintOf(call: AnyCall): Buffer {
  const { request } = call
  const parts = [
    request.method,
    request.routeOptions.url ?? request.url,
    JSON.stringify(call.params ?? null),
    JSON.stringify(call.query ?? null),
    JSON.stringify(call.body ?? null),
  ]
  return sha256(parts.join('\n'))
}

type Identity = { key: string; fingerprint: Buffer; principal: string }

async function claim(
  tx: Tx,
  scope: Scope,
  identity: Identity,
  intent: Intent,
): Promise<Result<Started, string>> {
  const [lock] = await tx.query<{ got: boolean }>({
    name: 'idempotency_lock',
    text: `select pg_try_advisory_xact_lock(
      hashtextextended($1 || ':' || $2 || ':' || $3, 7)) as got`,
    values: [scope.merchantId, scope.mode, identity.key],
  })
  if (!lock?.got) return refuse('idempotency_in_flight', { detail: IN_FLIGHT })
  const row = await read(tx, scope, identity.key)
  if (row) return replay(tx, scope, identity, row)
  const started = await intent.start(tx)
  if (!started.ok) return started
  await insert(tx, scope, identity, started.value)
  return started
}

const IN_FLIGHT = 'The first request with this key is still running. Ask again in a second.'

async function read(q: Queryable, scope: Scope, key: string): Promise<Row | undefined> {
  const [row] = await q.query<Row>({
    name: 'idempotency_read',
    text: `select fingerprint, principal, status, headers, body, resource_id,
        lease_until > clock_timestamp() as leased
      from idempotent_requests where merchant_id = $1 and mode = $2 and key = $3`,
    values: [scope.merchantId, scope.mode, key],
  })
  return row
}

async function replay(
  tx: Tx,
  scope: Scope,
  identity: Identity,
  row: Row,
): Promise<Result<Started, string>> {
  if (!row.fingerprint.equals(identity.fingerprint) || row.principal !== identity.principal) {
    const detail =
      'This Idempotency-Key was used for a different request. Use a new key for a new intention.'
    return refuse('idempotency_key_reused', { detail })
  }
  const resourceId = row.resource_id ?? ''
  if (row.status !== null) {
    const headers = { ...row.headers, 'idempotency-replayed': 'true' }
    return ok({ resourceId, reply: { status: row.status, body: row.body ?? undefined, headers } })
  }
  if (row.leased) return refuse('idempotency_in_flight', { detail: IN_FLIGHT })
  await tx.query({
    text: `update idempotent_requests set lease_until = clock_timestamp() + interval '${LEASE_S} s'
      where merchant_id = $1 and mode = $2 and key = $3`,
    values: [scope.merchantId, scope.mode, identity.key],
  })
  return ok({ resourceId })
}

async function insert(tx: Tx, scope: Scope, identity: Identity, started: Started): Promise<void> {
  const { reply } = started
  await tx.query({
    name: 'idempotency_insert',
    text: `insert into idempotent_requests (merchant_id, mode, key, fingerprint, principal, status,
        headers, body, resource_id, lease_until, finished_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9,
        case when $6::int is null then clock_timestamp() + interval '${LEASE_S} s' end,
        case when $6::int is not null then now() end)`,
    values: [
      scope.merchantId,
      scope.mode,
      identity.key,
      identity.fingerprint,
      identity.principal,
      reply?.status ?? null,
      reply ? JSON.stringify(reply.headers ?? {}) : null,
      reply ? textOf(reply) : null,
      started.resourceId,
    ],
  })
}

async function keep(q: Queryable, scope: Scope, key: string, reply: Reply): Promise<void> {
  await q.query({
    name: 'idempotency_keep',
    text: `update idempotent_requests
      set status = $4, headers = $5, body = $6, finished_at = now(), lease_until = null
      where merchant_id = $1 and mode = $2 and key = $3 and status is null`,
    values: [
      scope.merchantId,
      scope.mode,
      key,
      reply.status,
      JSON.stringify(reply.headers ?? {}),
      textOf(reply),
    ],
  })
}

const textOf = (reply: Reply): string | null =>
  reply.body === undefined ? null : JSON.stringify(reply.body)

/** Keys are kept for 30 days; beyond it a reused key is a new request. */
export async function forgetOldKeys(q: Queryable): Promise<void> {
  await q.query({
    text: `delete from idempotent_requests where created_at < now() - interval '30 days'`,
  })
}
