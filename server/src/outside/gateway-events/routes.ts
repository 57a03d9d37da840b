import type { FastifyInstance } from 'fastify'
import { IdParams } from '#contract/shapes.ts'
import { GatewayEvent } from '#contract/watching.ts'
import { ok, type RefusalTable, refuse } from '#server/kernel/result.ts'
import { type RouteHost, route, sendRefusal } from '#server/platform/http/index.ts'
import { enqueue } from '#server/platform/jobs.ts'
import { recordAudit } from '#server/records/audit/index.ts'
import { APPLY_JOB, type ReceiveDeps, receiveEvent } from './actions/receive.ts'
import { presentGatewayEvent } from './present.ts'
import { eventById, requeueEvent } from './store.ts'

const REFUSALS: RefusalTable<string> = {
  gateway_event_not_found: { status: 404, title: 'No such gateway event' },
  gateway_event_refused: { status: 409, title: 'This event was not genuine' },
  address_unknown: { status: 404, title: 'No gateway account has this address' },
  signature_missing: { status: 400, title: 'The event is not signed' },
  signature_wrong: { status: 401, title: 'The signature is not ours' },
  timestamp_outside_tolerance: { status: 401, title: 'The event is too old or from the future' },
  body_malformed: { status: 400, title: 'The event cannot be read' },
  encoding_unsupported: { status: 415, title: 'Send the event without content encoding' },
}

export function gatewayEventRoutes(host: RouteHost, deps: ReceiveDeps): void {
  host.app.register((inner, _options, done) => {
    incoming(inner, deps)
    done()
  })
  route(host, {
    method: 'GET',
    url: '/v1/gateway_events/:id',
    permission: 'access_webhook_inbox',
    tag: 'Gateway events',
    summary: 'Read an incoming event with its raw body',
    params: IdParams,
    answers: { 200: GatewayEvent },
    refusals: REFUSALS,
    handler: async ({ caller, params }) => {
      const row = await eventById(deps.db, caller.scope, params.id)
      if (!row) return refuse('gateway_event_not_found')
      return ok({ status: 200, body: presentGatewayEvent(row, true) })
    },
  })
  replayRoute(host, deps)
}

function replayRoute(host: RouteHost, deps: ReceiveDeps): void {
  route(host, {
    method: 'POST',
    url: '/v1/gateway_events/:id/replay',
    permission: 'replay_webhooks',
    tag: 'Gateway events',
    summary: 'Look at the object of an event again',
    params: IdParams,
    answers: { 200: GatewayEvent },
    refusals: REFUSALS,
    handler: async ({ caller, params }) => {
      const before = await eventById(deps.db, caller.scope, params.id)
      if (!before) return refuse('gateway_event_not_found')
      if (before.status === 'refused' || before.object_ref === null) {
        const detail = 'Its signature did not hold, so there is nothing to look at.'
        return refuse('gateway_event_refused', { detail })
      }
      const row = await deps.db.tx(async (tx) => {
        const key = `${before.gateway_account_id}:${before.object_ref}`
        await enqueue(tx, deps.newId, caller.scope, [{ kind: APPLY_JOB, key }])
        await recordAudit(tx, deps.newId, deps.clock, caller.scope, {
          actor: caller.actor,
          action: 'gateway_event.replay',
          objectId: params.id,
          requestId: caller.requestId,
          ip: caller.ip,
        })
        return requeueEvent(tx, caller.scope, params.id)
      })
      deps.nudge()
      return row
        ? ok({ status: 200, body: presentGatewayEvent(row, true) })
        : refuse('gateway_event_refused')
    },
  })
}

/** The gateways' own door: raw bytes, in a scope whose body parser touches nothing. */
function incoming(app: FastifyInstance, deps: ReceiveDeps): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.post<{ Params: { publicId: string } }>('/webhooks/:publicId', {
    schema: { hide: true },
    handler: async (request, reply) => {
      const no = (code: string) =>
        sendRefusal(request, reply, { ok: false, refusal: { code } }, REFUSALS)
      if (request.headers['content-encoding']) return no('encoding_unsupported')
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const { publicId } = request.params
      const received = await receiveEvent(deps, { publicId, headers: request.headers, body })
      if (received.kind === 'unknown_address') return no('address_unknown')
      if (received.kind === 'refused') return no(received.verdict)
      return reply.code(200).send({ received: true })
    },
  })
}
