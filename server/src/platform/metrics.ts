import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Database } from './postgres/index.ts'

/** Prometheus metrics. Labels never carry ids or e-mails. */
export type Metrics = {
  readonly text: () => Promise<string>
  readonly contentType: string
  readonly gatewayEvent: (gateway: string, outcome: string) => void
}

type Depths = {
  jobs: number
  dead: number
  outbox: number
  unknown: number
  parked: number
}

export function makeMetrics(app: FastifyInstance, db: Database, streams: () => number): Metrics {
  const registers = [new Registry()]
  const [registry] = registers as [Registry]
  collectDefaultMetrics({ register: registry, prefix: 'florin_' })
  watchRequests(app, registers)
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers })
  const jobs = gauge('florin_jobs_queue_depth', 'Jobs that wait or run')
  const dead = gauge('florin_jobs_dead', 'Jobs that gave up and need a person')
  const outbox = gauge('florin_outbox_depth', 'Events and audit entries not dispatched yet')
  const unknown = gauge('florin_transactions_unknown', 'Transactions whose end is not known')
  const parked = gauge('florin_gateway_events_parked', 'Gateway events that need a person')
  const clients = gauge('florin_stream_clients', 'Open live streams of this process')
  const inUse = gauge('florin_db_pool_in_use', 'Database connections in use by this process')
  const events = new Counter({
    name: 'florin_webhook_in_total',
    help: 'Gateway events received, by verdict',
    labelNames: ['gateway', 'outcome'],
    registers,
  })
  return {
    contentType: registry.contentType,
    gatewayEvent: (gateway, outcome) => events.inc({ gateway, outcome }),
    text: async () => {
      const now = await depths(db)
      jobs.set(now.jobs)
      dead.set(now.dead)
      outbox.set(now.outbox)
      unknown.set(now.unknown)
      parked.set(now.parked)
      clients.set(streams())
      const pool = db.stats()
      inUse.set(pool.total - pool.idle)
      return registry.metrics()
    },
  }
}

function watchRequests(app: FastifyInstance, registers: Registry[]): void {
  const duration = new Histogram({
    name: 'florin_http_request_duration_seconds',
    help: 'Time to answer, by route and class of status',
    labelNames: ['route', 'method', 'status_class'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    const status_class = `${Math.floor(reply.statusCode / 100)}xx`
    duration.observe({ route, method: request.method, status_class }, reply.elapsedTime / 1000)
  })
}

async function depths(db: Database): Promise<Depths> {
  const [row] = await db.query<Depths>({
    name: 'metrics_depths',
    text: `select
      (select count(*)::int from jobs where dead_at is null) as jobs,
      (select count(*)::int from jobs where dead_at is not null) as dead,
      (select count(*)::int from (select 1 from outbox limit 100000) o) as outbox,
      (select count(*)::int from transactions where state = 'unknown') as unknown,
      (select count(*)::int from gateway_events where status = 'parked') as parked`,
  })
  return row ?? { jobs: 0, dead: 0, outbox: 0, unknown: 0, parked: 0 }
}

/** Why this process cannot serve, as far as the database goes; empty when it can. */
export async function databaseTrouble(db: Database): Promise<string[]> {
  try {
    await db.query({ text: 'select 1' })
    return []
  } catch {
    return ['database']
  }
}
