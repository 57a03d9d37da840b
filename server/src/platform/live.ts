import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { lowestIdAt, timeOfId } from '#server/kernel/ids.ts'
import { ok } from '#server/kernel/result.ts'
import type { Scope } from '#server/kernel/scope.ts'
import type { Deps } from './deps.ts'
import { type RouteHost, route } from './http/index.ts'
import { messageOf } from './log.ts'
import { EVENTS_CHANNEL, type EventRow } from './outbox.ts'

/** What a browser hears: that something changed, and what to fetch; never the change itself. */
type Notice = Pick<
  EventRow,
  'merchant_id' | 'mode' | 'id' | 'type' | 'object_id' | 'object_version' | 'payment_id'
>

type Client = { readonly scope: Scope; readonly reply: FastifyReply }

export type Live = {
  readonly connect: (client: Client, lastEventId: string | null) => Promise<void>
  readonly clients: () => number
  readonly stop: () => Promise<void>
}

const HEARTBEAT_MS = 20_000
const PAGE_ROWS = 1000
/** Events of one moment may commit a little out of their ids' order. */
const OVERLAP_MS = 5000

const COLUMNS = 'merchant_id, mode, id, type, object_id, object_version, payment_id'

export async function startLive(deps: Deps): Promise<Live> {
  const clients = new Set<Client>()
  let newest = lowestIdAt('event', deps.clock.now())
  const hear = async (ids: string[]): Promise<void> => {
    const rows = await deps.db.query<Notice>({
      name: 'live_by_ids',
      text: `select ${COLUMNS} from events where id = any($1) order by id`,
      values: [ids],
    })
    for (const row of rows) {
      if (row.id > newest) newest = row.id
      for (const client of clients) if (isFor(client, row)) write(client, row)
    }
  }
  /** The listening connection was lost and is back, so each client is told what was missed. */
  const catchUp = async (): Promise<void> => {
    const last = newest
    newest = lowestIdAt('event', deps.clock.now())
    for (const client of clients) await replay(deps, client, last)
  }
  const stopListening = await deps.db.listen(EVENTS_CHANNEL, (payload) => {
    if (clients.size === 0) return
    const told = payload === null ? catchUp() : hear(payload.split(','))
    told.catch((fault) =>
      deps.log.warn('live: events could not be read', { fault: messageOf(fault) }),
    )
  })
  const heartbeat = setInterval(() => {
    for (const client of clients) client.reply.raw.write(': still here\n\n')
  }, HEARTBEAT_MS)
  return {
    clients: () => clients.size,
    connect: async (client, lastEventId) => {
      open(client)
      if (clients.size === 0) newest = lowestIdAt('event', deps.clock.now())
      clients.add(client)
      client.reply.raw.on('close', () => clients.delete(client))
      if (lastEventId) await replay(deps, client, lastEventId)
    },
    stop: async () => {
      clearInterval(heartbeat)
      for (const client of clients) client.reply.raw.end()
      await stopListening()
    },
  }
}

const isFor = (client: Client, row: Notice): boolean =>
  row.merchant_id === client.scope.merchantId && row.mode === client.scope.mode

function open(client: Client): void {
  client.reply.hijack()
  client.reply.raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  client.reply.raw.write('retry: 2000\n\n')
}

function write(client: Client, row: Notice): void {
  const { id, type, object_id, object_version, payment_id, mode } = row
  const data = JSON.stringify({ id, type, object_id, object_version, payment_id, mode })
  const kind = type.split('.')[0]
  client.reply.raw.write(`id: ${id}\nevent: ${kind}\ndata: ${data}\n\n`)
}

async function replay(deps: Deps, client: Client, lastEventId: string): Promise<void> {
  if (!/^evt_[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(lastEventId)) return
  let after = lowestIdAt('event', timeOfId(lastEventId) - OVERLAP_MS)
  for (;;) {
    const rows = await deps.db.query<Notice>({
      name: 'live_replay',
      text: `select ${COLUMNS} from events
        where merchant_id = $1 and mode = $2 and id > $3 and id <> $4
        order by id limit ${PAGE_ROWS}`,
      values: [client.scope.merchantId, client.scope.mode, after, lastEventId],
    })
    for (const row of rows) write(client, row)
    after = rows.at(-1)?.id ?? after
    if (rows.length < PAGE_ROWS || client.reply.raw.closed) return
    await drained(client)
  }
}

/** A slow browser is not sent more than it takes. */
function drained({ reply: { raw } }: Client): Promise<unknown> {
  if (!raw.writableNeedDrain) return Promise.resolve()
  return new Promise((resolve) => raw.once('drain', resolve).once('close', resolve))
}

export function liveRoutes(host: RouteHost, live: Live): void {
  route(host, {
    method: 'GET',
    url: '/v1/stream',
    permission: 'access_payments',
    tag: 'Events',
    summary: 'Hear of changes as they happen (server-sent events)',
    query: Type.Object({
      mode: Type.Optional(Type.Union([Type.Literal('test'), Type.Literal('live')])),
    }),
    answers: { 200: Type.String({ description: 'text/event-stream; resume with Last-Event-ID.' }) },
    refusals: {},
    handler: async ({ caller, request, reply }) => {
      const last = request.headers['last-event-id']
      await live.connect({ scope: caller.scope, reply }, typeof last === 'string' ? last : null)
      return ok({ status: 200 })
    },
  })
}
