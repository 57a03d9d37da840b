import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TSchema } from 'typebox'
import type { Permission } from '#contract/permissions.ts'
import { Problem } from '#contract/shapes.ts'
import { present } from '#server/kernel/assert.ts'
import type { RefusalTable, Result } from '#server/kernel/result.ts'
import type { Actor, Scope } from '#server/kernel/scope.ts'
import { HTTP_REFUSALS, problemOf } from './problem.ts'

/** Who calls, for whom, from where: what a handler may know of a request. */
export type Caller = {
  readonly scope: Scope
  readonly actor: Actor
  readonly permissions: ReadonlySet<string>
  readonly requestId: string
  readonly ip: string
  readonly locale: 'en' | 'fr'
}

export type Reply = {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export type Call<B, Q, P> = {
  readonly caller: Caller
  readonly body: B
  readonly query: Q
  readonly params: P
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

type Maybe = TSchema | undefined
type Part<T extends Maybe> = T extends TSchema ? Static<T> : undefined

/** A route without a permission does not compile. */
export type RouteSpec<B extends Maybe, Q extends Maybe, P extends Maybe> = {
  readonly body?: B
  readonly query?: Q
  readonly params?: P
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly permission: Permission | 'signed_in'
  readonly summary: string
  readonly tag: string
  readonly answers: Readonly<Record<number, TSchema>>
  /** The refusal codes this route may answer with, beside those every route has. */
  readonly refusals: RefusalTable<string>
  readonly idempotencyKey?: true
  readonly handler: (call: Call<Part<B>, Part<Q>, Part<P>>) => Promise<Result<Reply, string>>
}

export type Authenticate = (
  request: FastifyRequest,
) => Promise<Result<Caller, 'sign_in_required' | 'request_forged' | 'mode_invalid'>>

export type RouteHost = {
  readonly app: FastifyInstance
  readonly authenticate: Authenticate
}

export function route<
  B extends Maybe = undefined,
  Q extends Maybe = undefined,
  P extends Maybe = undefined,
>(host: RouteHost, spec: RouteSpec<B, Q, P>): void {
  const refusals = { ...HTTP_REFUSALS, ...spec.refusals }
  const callers = new WeakMap<FastifyRequest, Caller>()
  host.app.route({
    method: spec.method,
    url: spec.url,
    schema: schemaOf(spec),
    // Before the body is read: who may not ask is told nothing about how to ask.
    onRequest: async (request, reply) => {
      const caller = await host.authenticate(request)
      if (!caller.ok) return sendRefusal(request, reply, caller, refusals)
      if (!may(caller.value, spec.permission)) {
        const detail = `This needs the permission ${spec.permission}. Ask an administrator for it.`
        const allowed = { permission: spec.permission }
        const refusal = { code: 'permission_missing', detail, allowed }
        return sendRefusal(request, reply, { ok: false, refusal }, refusals)
      }
      callers.set(request, caller.value)
    },
    handler: async (request, reply) => {
      if ([request.params, request.query, request.body].some(cannotBeStored)) {
        const detail = 'Text may hold neither the character U+0000 nor half of a surrogate pair.'
        const refusal = { code: 'body_invalid', detail }
        return sendRefusal(request, reply, { ok: false, refusal }, refusals)
      }
      const answer = await spec.handler({
        caller: present(callers.get(request), 'an authenticated caller'),
        body: request.body as Part<B>,
        query: request.query as Part<Q>,
        params: request.params as Part<P>,
        request,
        reply,
      })
      if (!answer.ok) return sendRefusal(request, reply, answer, refusals)
      return send(reply, answer.value)
    },
  })
}

/** PostgreSQL has no place for such text, so it would be a fault instead of a refusal. */
function cannotBeStored(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed()
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some((pair) => pair.some(cannotBeStored))
}

const may = (caller: Caller, permission: string): boolean =>
  permission === 'signed_in' || caller.permissions.has(permission)

function schemaOf(spec: Omit<RouteSpec<Maybe, Maybe, Maybe>, 'handler'>) {
  const key = {
    type: 'object',
    properties: {
      'idempotency-key': {
        type: 'string',
        description: 'One key per intention; a repeat with the same key is the same effect.',
      },
    },
    required: ['idempotency-key'],
  }
  const codes = Object.entries(spec.refusals)
  const described = codes.map(([code, r]) => `\`${code}\` (${r.status}): ${r.title}.`)
  const listed = codes.length > 0 ? [`Refusals:\n${described.join('\n')}`] : []
  return {
    summary: spec.summary,
    tags: [spec.tag],
    description: [`Permission: \`${spec.permission}\`.`, ...listed].join('\n\n'),
    ...(spec.body ? { body: spec.body } : {}),
    ...(spec.query ? { querystring: spec.query } : {}),
    ...(spec.params ? { params: spec.params } : {}),
    ...(spec.idempotencyKey ? { headers: key } : {}),
    response: { ...spec.answers, default: Problem },
    'x-permission': spec.permission,
  }
}

export function send(reply: FastifyReply, answer: Reply): FastifyReply {
  // A stream has taken the connection over.
  if (reply.sent) return reply
  for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value)
  if (answer.body === undefined) return reply.code(answer.status).send()
  if (typeof answer.body === 'string' || Buffer.isBuffer(answer.body)) {
    if (!answer.headers?.['content-type']) reply.type('application/json; charset=utf-8')
    return reply
      .code(answer.status)
      .serializer((body: unknown) => body as string)
      .send(answer.body)
  }
  reply.type('application/json; charset=utf-8')
  return reply.code(answer.status).serializer(JSON.stringify).send(answer.body)
}

export function sendRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Extract<Result<never, string>, { ok: false }>,
  table: RefusalTable<string> = HTTP_REFUSALS,
): FastifyReply {
  const problem = problemOf(answer.refusal, table, request)
  const retry = answer.refusal.allowed?.retry_after_s
  if (retry !== undefined) reply.header('retry-after', String(retry))
  else if (problem.status === 409 && problem.code === 'idempotency_in_flight') {
    reply.header('retry-after', '1')
  }
  reply.type('application/problem+json; charset=utf-8')
  return reply.code(problem.status).serializer(JSON.stringify).send(problem)
}
