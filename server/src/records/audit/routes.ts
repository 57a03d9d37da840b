import { Type } from 'typebox'
import { AuditEntry } from '#contract/people.ts'
import { ListQuery, NullableText, nullable } from '#contract/shapes.ts'
import { ok } from '#server/kernel/result.ts'
import type { Deps } from '#server/platform/deps.ts'
import { type RouteHost, route } from '#server/platform/http/index.ts'
import { verifyChain } from './actions/verify-chain.ts'
import { listAudit } from './store.ts'

const Verdict = Type.Object({
  object: Type.Literal('audit_verdict'),
  ok: Type.Boolean(),
  entries: Type.Integer({ description: 'Links of the chain that were checked.' }),
  waiting: Type.Integer({ description: 'Entries so new that they are not sealed yet.' }),
  first_bad: nullable(
    Type.Object({
      seq: NullableText,
      kind: Type.String(),
      entry_id: Type.String(),
      why: Type.String(),
    }),
  ),
})

export function auditRoutes(host: RouteHost, deps: Deps): void {
  route(host, {
    method: 'GET',
    url: '/v1/audit_entries',
    permission: 'access_audit_log',
    tag: 'Audit log',
    summary: 'What people and keys did, newest first',
    query: Type.Object({
      limit: ListQuery.properties.limit,
      after: ListQuery.properties.after,
      object_id: Type.Optional(Type.String({ maxLength: 64 })),
      action: Type.Optional(Type.String({ maxLength: 60 })),
    }),
    answers: { 200: Type.Object({ data: Type.Array(AuditEntry), next: NullableText }) },
    refusals: {},
    handler: async ({ caller, query }) => {
      const limit = Math.min(200, Math.max(1, Number.parseInt(query.limit ?? '50', 10)))
      const rows = await listAudit(deps.db, caller.scope.merchantId, {
        mode: caller.scope.mode,
        limit: limit + 1,
        ...(query.after ? { before: query.after } : {}),
        ...(query.object_id ? { objectId: query.object_id } : {}),
        ...(query.action ? { action: query.action } : {}),
      })
      const data = rows.slice(0, limit)
      const next = rows.length > limit ? (data.at(-1)?.id ?? null) : null
      return ok({ status: 200, body: { data, next } })
    },
  })
  route(host, {
    method: 'POST',
    url: '/v1/audit_entries/verify',
    permission: 'verify_audit_log',
    tag: 'Audit log',
    summary: 'Recompute the whole chain and name the first entry that does not fit',
    answers: { 200: Verdict },
    refusals: {},
    handler: async ({ caller }) => {
      const report = await verifyChain(deps.db, caller.scope.merchantId)
      const bad = report.first_bad
      return ok({
        status: 200,
        body: {
          object: 'audit_verdict',
          ok: report.ok,
          entries: Number(report.entries),
          waiting: report.waiting,
          first_bad: bad ? { ...bad, seq: bad.seq?.toString() ?? null } : null,
        },
      })
    },
  })
}
