import type { EventRefusal } from '#gateway-kit'
import { scopeOf } from '#server/kernel/scope.ts'
import type { Deps } from '#server/platform/deps.ts'
import { enqueue } from '#server/platform/jobs.ts'
import { sha256 } from '#server/platform/secrets.ts'
import {
  accountByPublicId,
  configOf,
  type GatewayAccountRow,
  type GatewayCallDeps,
  touchLastEvent,
} from '#server/records/gateway-accounts/index.ts'
import { KEPT_HEADERS } from '../gateway-event.ts'
import { type NewGatewayEvent, storeEvent } from '../store.ts'

export type ReceiveDeps = Deps & GatewayCallDeps & { readonly nudge: () => void }

export type Received =
  | { readonly kind: 'stored' }
  | { readonly kind: 'unknown_address' }
  | { readonly kind: 'refused'; readonly verdict: EventRefusal }

type Incoming = {
  readonly publicId: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

export const APPLY_JOB = 'gateway_event.apply'

/**
 * Verifies the raw bytes, stores the event once, and remembers to look at its object; the answer is
 * given after the commit. Nothing of the body is believed beyond which object it is about.
 */
export async function receiveEvent(deps: ReceiveDeps, incoming: Incoming): Promise<Received> {
  const account = await accountByPublicId(deps.db, incoming.publicId)
  const gateway = account ? deps.gateways[account.gateway] : undefined
  if (!account?.active || !gateway) return { kind: 'unknown_address' }
  const headers = flat(incoming.headers)
  const read = gateway.readEvent(configOf(deps.secrets, account), {
    headers,
    body: incoming.body,
    now_ms: deps.clock.now(),
  })
  if (!read.ok) {
    await storeRefused(deps, account, incoming.body, read.refusal)
    return { kind: 'refused', verdict: read.refusal }
  }
  const { event } = read
  const scope = scopeOf(account)
  const wrong = wrongAccount(account, event)
  const row: NewGatewayEvent = {
    id: deps.newId('gatewayEvent'),
    gateway: account.gateway,
    gateway_account_id: account.id,
    // Dialects that only name an object may repeat themselves word for word: each counts.
    dedupe_key: event.dedupe_key ?? `ping:${deps.newId('request')}`,
    type: event.type,
    status: wrong ? 'parked' : 'waiting',
    verdict: 'verified',
    reason: wrong,
    object_ref: event.object_ref,
    transaction_id: event.transaction_id,
    body: incoming.body,
    body_sha256: sha256(incoming.body),
    headers: kept(headers),
    created_ms: event.created_ms,
  }
  await deps.db.tx(async (tx) => {
    await storeEvent(tx, scope, row)
    await touchLastEvent(tx, scope, account.id)
    if (wrong) return
    const key = `${account.id}:${event.object_ref}`
    const payload = { transaction_id: event.transaction_id ?? '' }
    await enqueue(tx, deps.newId, scope, [{ kind: APPLY_JOB, key, payload }])
  })
  deps.nudge()
  return { kind: 'stored' }
}

/** Validly signed, but about somebody else: kept for people to see, never applied. */
function wrongAccount(
  account: GatewayAccountRow,
  event: { account_ref: string; mode: string },
): string | null {
  if (event.account_ref !== account.account_ref) return 'other_account'
  return event.mode === account.mode ? null : 'other_mode'
}

/** One row a minute and verdict at most: a flood of forgeries must not fill the disk. */
async function storeRefused(
  deps: ReceiveDeps,
  account: GatewayAccountRow,
  body: Buffer,
  verdict: EventRefusal,
): Promise<void> {
  const minute = Math.floor(deps.clock.now() / 60_000)
  await deps.db.tx((tx) =>
    storeEvent(tx, scopeOf(account), {
      id: deps.newId('gatewayEvent'),
      gateway: account.gateway,
      gateway_account_id: account.id,
      dedupe_key: `refused:${verdict}:${minute}`,
      type: 'unverified',
      status: 'refused',
      verdict,
      reason: verdict,
      object_ref: null,
      transaction_id: null,
      body: null,
      body_sha256: sha256(body),
      headers: { 'content-length': String(body.length) },
      created_ms: null,
    }),
  )
}

const flat = (
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  )

const kept = (headers: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(KEPT_HEADERS.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])))
