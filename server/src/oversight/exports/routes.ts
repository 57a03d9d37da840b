import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { IdParams } from '#contract/shapes.ts'
import { CreateExport, Export } from '#contract/watching.ts'
import { ok, refuse } from '#server/kernel/result.ts'
import { ask, LIST_REFUSALS, listRoute, PAYMENTS } from '#server/oversight/lists/index.ts'
import { type Caller, idempotent, type RouteHost, route } from '#server/platform/http/index.ts'
import { messageOf } from '#server/platform/log.ts'
import type { Tx } from '#server/platform/postgres/index.ts'
import { recordAudit } from '#server/records/audit/index.ts'
import { type ExportDeps, pathOf } from './actions/run.ts'
import { cancelExport, resumeExport, startExport } from './actions/start.ts'
import { type ExportRow, presentExport } from './export.ts'
import { EXPORT_REFUSALS } from './refusals.ts'
import { EXPORTS, exportById } from './store/exports.ts'

const PERMISSION = 'export_payments'
const TAG = 'Exports'
const LIST = {
  url: '/v1/exports',
  permission: PERMISSION,
  tag: TAG,
  summary: 'List exports',
} as const
const REFUSALS = { ...LIST_REFUSALS, ...EXPORT_REFUSALS }

export function exportRoutes(host: RouteHost, deps: ExportDeps): void {
  createRoute(host, deps)
  listRoute(host, deps, EXPORTS, LIST, Export)
  readRoute(host, deps)
  cancelRoute(host, deps)
  resumeRoute(host, deps)
  downloadRoute(host, deps)
}

const audit = (deps: ExportDeps, tx: Tx, caller: Caller, action: string, row: ExportRow) =>
  recordAudit(tx, deps.newId, deps.clock, caller.scope, {
    actor: caller.actor,
    action,
    objectId: row.id,
    changes: { q: row.request.q, columns: row.request.columns },
    requestId: caller.requestId,
    ip: caller.ip,
  })

function createRoute(host: RouteHost, deps: ExportDeps): void {
  route(host, {
    method: 'POST',
    url: '/v1/exports',
    permission: PERMISSION,
    tag: TAG,
    summary: 'Make a file of exactly one view',
    body: CreateExport,
    answers: { 202: Export },
    refusals: REFUSALS,
    handler: async (call) => {
      const { caller, body } = call
      const { scope, actor, locale } = caller
      const reader = { db: deps.db, scope, locale, now_ms: deps.clock.now() }
      const asked = await ask(reader, PAYMENTS, body.q)
      if (!asked.ok) return asked
      const start = async (tx: Tx) => {
        const made = await startExport(deps, tx, scope, actor, asked.value, body)
        if (!made.ok) return made
        await audit(deps, tx, caller, 'export.create', made.value)
        const headers = { location: `/v1/exports/${made.value.id}` }
        const reply = { status: 202, body: presentExport(made.value), headers }
        return ok({ resourceId: made.value.id, reply })
      }
      // It moves no money, so a key is welcome and not asked for.
      if (call.request.headers['idempotency-key']) return idempotent(deps.db, call, { start })
      const made = await deps.db.txResult(start)
      return made.ok ? ok(made.value.reply) : made
    },
  })
}

function readRoute(host: RouteHost, deps: ExportDeps): void {
  route(host, {
    method: 'GET',
    url: '/v1/exports/:id',
    permission: PERMISSION,
    tag: TAG,
    summary: 'Read an export: how far it is, its sums, where its file is',
    params: IdParams,
    answers: { 200: Export },
    refusals: REFUSALS,
    handler: async ({ caller, params }) => {
      const row = await exportById(deps.db, caller.scope, params.id)
      return row ? ok({ status: 200, body: presentExport(row) }) : refuse('export_not_found')
    },
  })
}

function cancelRoute(host: RouteHost, deps: ExportDeps): void {
  route(host, {
    method: 'POST',
    url: '/v1/exports/:id/cancel',
    permission: PERMISSION,
    tag: TAG,
    summary: 'Stop an export',
    params: IdParams,
    answers: { 200: Export },
    refusals: REFUSALS,
    handler: async ({ caller, params }) =>
      deps.db.txResult(async (tx) => {
        const { scope, actor } = caller
        const row = await cancelExport(deps, tx, scope, actor, params.id)
        if (row) {
          await audit(deps, tx, caller, 'export.cancel', row)
          return ok({ status: 200, body: presentExport(row) })
        }
        const found = await exportById(tx, scope, params.id)
        if (!found) return refuse('export_not_found')
        // Stopping twice is stopping.
        if (found.status === 'canceled') return ok({ status: 200, body: presentExport(found) })
        return refuse('export_over', { detail: 'It has ended. There is nothing left to stop.' })
      }),
  })
}

function resumeRoute(host: RouteHost, deps: ExportDeps): void {
  route(host, {
    method: 'POST',
    url: '/v1/exports/:id/resume',
    permission: PERMISSION,
    tag: TAG,
    summary: 'Begin a stopped or failed export again, as of the same moment',
    params: IdParams,
    answers: { 202: Export },
    refusals: REFUSALS,
    handler: async ({ caller, params }) =>
      deps.db.txResult(async (tx) => {
        const { scope, actor } = caller
        const row = await resumeExport(deps, tx, scope, actor, params.id)
        if (row) {
          await audit(deps, tx, caller, 'export.resume', row)
          return ok({ status: 202, body: presentExport(row) })
        }
        const found = await exportById(tx, scope, params.id)
        if (!found) return refuse('export_not_found')
        const detail = `It is ${found.status}. Only an export that was stopped or failed goes on.`
        return refuse('export_not_resumable', { detail })
      }),
  })
}

function downloadRoute(host: RouteHost, deps: ExportDeps): void {
  route(host, {
    method: 'GET',
    url: '/v1/exports/:id/download',
    permission: PERMISSION,
    tag: TAG,
    summary: 'The file of an export',
    params: IdParams,
    query: Type.Object({
      mode: Type.Optional(Type.Union([Type.Literal('test'), Type.Literal('live')])),
    }),
    answers: { 200: Type.String({ description: 'text/csv; charset=utf-8' }) },
    refusals: REFUSALS,
    handler: async ({ caller, params, reply }) => {
      const row = await exportById(deps.db, caller.scope, params.id)
      if (!row) return refuse('export_not_found')
      if (row.status !== 'done') {
        return refuse('export_not_ready', { detail: `It is ${row.status}. Wait until it is done.` })
      }
      const path = row.sha256 ? pathOf(deps.exportsDir, row.id, row.sha256) : null
      const size = path ? await sizeOf(path) : null
      if (!row.file_name || !path || size === null) {
        const detail = 'Files are kept for 14 days. Export again.'
        return refuse('export_file_gone', { detail })
      }
      await deps.db.tx((tx) => audit(deps, tx, caller, 'export.download', row))
      await sendFile(deps, reply, path, row.file_name, size)
      return ok({ status: 200 })
    },
  })
}

async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null)
  return found?.isFile() ? found.size : null
}

/** Takes the connection over, so that a file of any size passes in small pieces. */
async function sendFile(
  deps: ExportDeps,
  reply: FastifyReply,
  path: string,
  name: string,
  size: number,
): Promise<void> {
  reply.hijack()
  reply.raw.writeHead(200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
    'content-length': String(size),
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'x-request-id': reply.request.id,
  })
  try {
    await pipeline(createReadStream(path), reply.raw)
  } catch (fault) {
    deps.log.warn('a download broke off', { fault: messageOf(fault) })
  }
}
