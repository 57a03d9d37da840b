import cookie from '@fastify/cookie'
import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import type { NewId } from '../clock.ts'
import { type Log, messageOf } from '../log.ts'
import { sqlState } from '../postgres/index.ts'
import { HTTP_REFUSALS, type HttpRefusalCode } from './problem.ts'
import { sendRefusal } from './route.ts'

/** The largest request body, everywhere. */
const MAX_BODY_BYTES = 256 * 1024
const BODY_TIMEOUT_MS = 10_000

export type HttpOptions = {
  readonly log: Log
  readonly newId: NewId
  readonly trustProxy: readonly string[]
  readonly version: string
}

export function makeHttp(options: HttpOptions): FastifyInstance {
  const app = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: BODY_TIMEOUT_MS,
    trustProxy: options.trustProxy.length > 0 ? [...options.trustProxy] : false,
    genReqId: (request) => requestIdOf(request.headers['x-request-id'], options.newId),
    logger: false,
    forceCloseConnections: 'idle',
    // An address that fits no route by its very form meets no route, nor the hooks below.
    frameworkErrors: (fault, request, reply) => {
      reply.headers({ ...EVERY_ANSWER, 'x-request-id': request.id })
      const refusal =
        fault.code === 'FST_ERR_BAD_URL'
          ? { code: 'body_invalid', detail: 'The address cannot be read. Encode it as UTF-8.' }
          : { code: 'not_found', detail: 'Nothing is at this address.' }
      return sendRefusal(request, reply, { ok: false, refusal })
    },
  })
  // Headers are described by schemas but read by code, which knows what to say about each.
  app.setValidatorCompiler((part) =>
    part.httpPart === 'headers' ? () => true : TypeBoxValidatorCompiler(part),
  )
  // A plain form of another site can send this type; JSON is the only one that we read.
  app.removeContentTypeParser('text/plain')
  app.register(cookie)
  app.register(swagger, describedAs(options.version))
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.addHook('onSend', async (_request, reply) => {
    for (const [name, value] of Object.entries(EVERY_ANSWER)) {
      if (!reply.hasHeader(name)) reply.header(name, value)
    }
  })
  app.setErrorHandler((fault: FastifyError, request, reply) => {
    const refusal = refusalOf(fault)
    if (refusal.code === 'internal_error' || refusal.code === 'unavailable') {
      options.log.error('request failed', {
        request_id: request.id,
        route: `${request.method} ${request.routeOptions.url ?? ''}`,
        fault: messageOf(fault),
        stack: refusal.code === 'internal_error' ? (fault.stack ?? '') : undefined,
      })
    }
    return sendRefusal(request, reply, { ok: false, refusal })
  })
  return app
}

const describedAs = (version: string): FastifyDynamicSwaggerOptions => ({
  // Only our own API: what is mounted beside it (the sandbox) has no tags.
  hideUntagged: true,
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Florin API',
      version,
      description: 'Payments, whatever the gateway. Amounts are decimal strings.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key of this mode.' },
      },
    },
    security: [{ key: [] }],
  },
  refResolver: { buildLocalReference: (json) => String(json.$id) },
})

/** For every answer that does not set its own: nothing loads, frames or caches it. */
const EVERY_ANSWER = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

const USABLE_REQUEST_ID = /^[A-Za-z0-9_.-]{8,64}$/

function requestIdOf(header: string | string[] | undefined, newId: NewId): string {
  return typeof header === 'string' && USABLE_REQUEST_ID.test(header) ? header : newId('request')
}

type SchemaFault = { instancePath?: string; message?: string; params?: Record<string, unknown> }

function refusalOf(fault: FastifyError): {
  code: HttpRefusalCode
  detail?: string
  pointer?: string
} {
  if (fault.validation) return invalidBody(fault)
  const code = FASTIFY_CODES[fault.code]
  if (code) return { code, detail: `${HTTP_REFUSALS[code].title}.` }
  if (fault.statusCode && fault.statusCode >= 400 && fault.statusCode < 500) {
    return { code: 'body_invalid', detail: fault.message }
  }
  const state = sqlState(fault)
  if (state && ['57P01', '57P03', '53300', '08006', '08001', '57014'].includes(state)) {
    return { code: 'unavailable', detail: 'The database did not answer. Try again in a moment.' }
  }
  if (/ECONNREFUSED|ENOENT|timeout exceeded when trying to connect/.test(fault.message)) {
    return { code: 'unavailable', detail: 'The database did not answer. Try again in a moment.' }
  }
  return {
    code: 'internal_error',
    detail: 'Nothing was changed. Try again, and quote the request id if it happens again.',
  }
}

const FASTIFY_CODES: Readonly<Record<string, HttpRefusalCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media_type_unsupported',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'body_invalid',
  FST_ERR_CTP_INVALID_JSON_BODY: 'body_invalid',
}

function invalidBody(fault: FastifyError) {
  const [first] = (fault.validation ?? []) as SchemaFault[]
  const missing = first?.params?.requiredProperties ?? first?.params?.missingProperty
  const extra = first?.params?.additionalProperties
  const name = [missing, extra].flat().find((part) => typeof part === 'string')
  const pointer = `${first?.instancePath ?? ''}${name ? `/${name}` : ''}` || '/'
  const place = fault.validationContext === 'body' ? '' : ` (${fault.validationContext})`
  const what = extra
    ? `"${name}" is not a field of this request`
    : missing
      ? `"${name}" is missing`
      : (first?.message ?? 'does not fit')
  return {
    code: 'body_invalid' as const,
    pointer,
    detail: `${pointer}${place}: ${what}. See the API reference at /docs/api.`,
  }
}
