import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import {
  apiReferenceStyles,
  renderApiReference,
  sendRefusal,
  withReferences,
} from '#server/platform/http/index.ts'
import { databaseTrouble, type Metrics } from '#server/platform/metrics.ts'
import type { Database } from '#server/platform/postgres/index.ts'

const hidden = { schema: { hide: true } }

/** The back office is one page with its own files; nothing else may load or frame it. */
const ADMIN_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

/** Paths that are never the back office: an unknown one of them is a 404, not a page. */
const NOT_PAGES =
  /^\/(v1|webhooks|c|l|r|sandbox|docs|assets|checkout|openapi|livez|readyz|metrics)\b/

export function website(app: FastifyInstance, root: string): void {
  const dist = join(root, 'web', 'dist')
  if (existsSync(dist)) {
    app.register(fastifyStatic, {
      root: join(dist, 'assets'),
      prefix: '/assets/',
      decorateReply: false,
      immutable: true,
      maxAge: '365d',
      cacheControl: true,
    })
    publicFiles(app, dist)
  }
  const page = () => readFileSync(join(dist, 'index.html'), 'utf8')
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '/'
    const wantsPage = request.method === 'GET' && !NOT_PAGES.test(path)
    if (wantsPage && existsSync(join(dist, 'index.html'))) {
      return reply
        .header('content-security-policy', ADMIN_CSP)
        .header('x-frame-options', 'DENY')
        .type('text/html; charset=utf-8')
        .send(page())
    }
    const detail = `Nothing is at ${path}. The API reference is at /docs/api.`
    return sendRefusal(request, reply, { ok: false, refusal: { code: 'not_found', detail } })
  })
}

const PUBLIC_TYPES: Readonly<Record<string, string>> = {
  '/favicon.svg': 'image/svg+xml',
  '/favicon-test.svg': 'image/svg+xml',
}

function publicFiles(app: FastifyInstance, dist: string): void {
  for (const [path, type] of Object.entries(PUBLIC_TYPES)) {
    const file = join(dist, path)
    if (!existsSync(file)) continue
    app.get(path, hidden, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=3600').type(type).send(readFileSync(file)),
    )
  }
}

const REFERENCE_CSP = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'"

export function apiReference(app: FastifyInstance): void {
  let document: string | null = null
  app.get('/openapi.json', hidden, (_request, reply) => {
    document ??= JSON.stringify(withReferences(app.swagger()))
    return reply.type('application/json; charset=utf-8').send(document)
  })
  let page: string | null = null
  app.get('/docs/api', hidden, (_request, reply) => {
    page ??= renderApiReference(app.swagger())
    return reply
      .header('content-security-policy', REFERENCE_CSP)
      .type('text/html; charset=utf-8')
      .send(page)
  })
  app.get('/docs/api.css', hidden, (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(apiReferenceStyles),
  )
}

export type Health = {
  readonly db: Database
  readonly metrics: Metrics
  readonly version: string
  readonly schemaVersion: number
  readonly isStopping: () => boolean
}

export function healthRoutes(app: FastifyInstance, health: Health): void {
  app.get('/livez', hidden, async () => ({ status: 'ok' }))
  app.get('/readyz', hidden, async (_request, reply) => {
    const reasons = health.isStopping() ? ['stopping'] : await databaseTrouble(health.db)
    const status = reasons.length === 0 ? 'ready' : 'not_ready'
    return reply.code(reasons.length === 0 ? 200 : 503).send({ status, reasons })
  })
  app.get('/version', hidden, async () => ({
    version: health.version,
    schema: health.schemaVersion,
    node: process.version,
  }))
  app.get('/metrics', hidden, async (_request, reply) =>
    reply.type(health.metrics.contentType).send(await health.metrics.text()),
  )
}
