import { Type } from 'typebox'
import { ApiKey, CreateApiKey } from '#contract/people.ts'
import { PERMISSIONS, PERSON_ONLY } from '#contract/permissions.ts'
import { IdParams } from '#contract/shapes.ts'
import { ok, type RefusalTable, refuse } from '#server/kernel/result.ts'
import { newToken } from '#server/platform/clock.ts'
import type { Deps } from '#server/platform/deps.ts'
import { type Caller, type RouteHost, route } from '#server/platform/http/index.ts'
import { sha256 } from '#server/platform/secrets.ts'
import { recordAudit } from '../audit/index.ts'
import { type ApiKeyRow, insertKey, keysOf, revokeKey } from '../team/index.ts'

const REFUSALS: RefusalTable<string> = {
  api_key_not_found: { status: 404, title: 'No such API key' },
  scope_unknown: { status: 422, title: 'A scope is not known' },
  scope_not_for_keys: { status: 422, title: 'A scope needs a person' },
  scope_not_held: { status: 403, title: 'You cannot grant what you do not hold' },
}

const present = (row: ApiKeyRow, secret?: string): ApiKey => ({
  id: row.id,
  object: 'api_key',
  mode: row.mode,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes,
  ...(secret ? { secret } : {}),
  last_used_at: row.last_used_at?.toISOString() ?? null,
  expires_at: row.expires_at?.toISOString() ?? null,
  revoked_at: row.revoked_at?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
})

function refusedScope(caller: Caller, scopes: readonly string[]) {
  for (const scope of scopes) {
    const pointer = '/scopes'
    const known = (PERMISSIONS as readonly string[]).includes(scope)
    if (!known) return refuse('scope_unknown', { pointer, detail: `"${scope}" is not a scope.` })
    if ((PERSON_ONLY as readonly string[]).includes(scope)) {
      return refuse('scope_not_for_keys', { pointer, detail: `"${scope}" is never for keys.` })
    }
    if (!caller.permissions.has(scope)) return refuse('scope_not_held', { pointer })
  }
  return null
}

const audit = (caller: Caller, action: string, objectId: string, changes: object) => ({
  actor: caller.actor,
  action,
  objectId,
  changes: { ...changes },
  requestId: caller.requestId,
  ip: caller.ip,
})

export function apiKeyRoutes(host: RouteHost, deps: Deps): void {
  const { db, newId, clock, random } = deps
  route(host, {
    method: 'GET',
    url: '/v1/api_keys',
    permission: 'access_api_keys',
    tag: 'Developers',
    summary: 'List API keys of this mode; secrets are never shown again',
    answers: { 200: Type.Object({ data: Type.Array(ApiKey) }) },
    refusals: {},
    handler: async ({ caller }) => {
      const rows = await keysOf(db, caller.scope)
      return ok({ status: 200, body: { data: rows.map((row) => present(row)) } })
    },
  })
  route(host, {
    method: 'POST',
    url: '/v1/api_keys',
    permission: 'manage_api_keys',
    tag: 'Developers',
    summary: 'Create an API key; its secret is in this answer only',
    body: CreateApiKey,
    answers: { 201: ApiKey },
    refusals: REFUSALS,
    handler: async ({ caller, body }) => {
      const wrong = refusedScope(caller, body.scopes)
      if (wrong) return wrong
      const secret = `sk_${caller.scope.mode}_${newToken(random, 32)}`
      const row = await db.tx(async (tx) => {
        const made = await insertKey(tx, caller.scope, {
          id: newId('apiKey'),
          name: body.name,
          prefix: secret.slice(0, 12),
          secret_sha256: sha256(secret),
          scopes: [...new Set(body.scopes)],
          created_by: caller.actor.kind === 'member' ? caller.actor.id : null,
          expires_in_days: body.expires_in_days ?? null,
        })
        const changes = { name: made.name, scopes: made.scopes }
        const entry = audit(caller, 'api_key.create', made.id, changes)
        await recordAudit(tx, newId, clock, caller.scope, entry)
        return made
      })
      return ok({ status: 201, body: present(row, secret) })
    },
  })
  revokeRoute(host, deps)
}

function revokeRoute(host: RouteHost, { db, newId, clock }: Deps): void {
  route(host, {
    method: 'POST',
    url: '/v1/api_keys/:id/revoke',
    permission: 'manage_api_keys',
    tag: 'Developers',
    summary: 'Revoke an API key at once',
    params: IdParams,
    answers: { 200: ApiKey },
    refusals: REFUSALS,
    handler: async ({ caller, params }) => {
      const row = await db.tx(async (tx) => {
        const revoked = await revokeKey(tx, caller.scope, params.id)
        if (!revoked) return undefined
        const entry = audit(caller, 'api_key.revoke', revoked.id, {})
        await recordAudit(tx, newId, clock, caller.scope, entry)
        return revoked
      })
      return row ? ok({ status: 200, body: present(row) }) : refuse('api_key_not_found')
    },
  })
}
