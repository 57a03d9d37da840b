import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { Problem } from '#contract/shapes.ts'
import { makeGatewayHttp } from '#gateway-kit/http.ts'
import { type SandboxService, sandboxGateway, sandboxService } from '#gateways/sandbox/index.ts'
import { advanceCheckpoints } from '#server/ledger/index.ts'
import {
  type CallDeps,
  dispatch,
  gatewayCallJobs,
  gatewayCallRoutes,
} from '#server/money/gateway-calls/index.ts'
import {
  expirePayments,
  type OpenSession,
  type Purposes,
  paymentRoutes,
  salePurpose,
} from '#server/money/payments/index.ts'
import { refundRoutes } from '#server/money/refunds/index.ts'
import { topUpPurpose, walletRoutes } from '#server/money/wallets/index.ts'
import { checkoutRoutes, openSession } from '#server/outside/checkout/index.ts'
import { gatewayEventJobs, gatewayEventRoutes } from '#server/outside/gateway-events/index.ts'
import { linkRoutes } from '#server/outside/links/index.ts'
import { testToolRoutes } from '#server/outside/test-tools/index.ts'
import { exportJobs, exportRoutes, sweepExports } from '#server/oversight/exports/index.ts'
import { homeRoutes } from '#server/oversight/home/index.ts'
import { integrityJob } from '#server/oversight/integrity/index.ts'
import { listRoutes } from '#server/oversight/lists/index.ts'
import { searchRoutes, searchSubscriber } from '#server/oversight/search/index.ts'
import type { Clock, Random } from '#server/platform/clock.ts'
import { idMaker } from '#server/platform/clock.ts'
import { forgetOldKeys, makeHttp, type RouteHost } from '#server/platform/http/index.ts'
import { startWorkers, type Workers } from '#server/platform/jobs.ts'
import { type Live, liveRoutes, startLive } from '#server/platform/live.ts'
import { type Log, messageOf } from '#server/platform/log.ts'
import { makeMetrics } from '#server/platform/metrics.ts'
import { dispatchOutbox } from '#server/platform/outbox.ts'
import { assertOutsideTransaction, type Database } from '#server/platform/postgres/index.ts'
import { makeSecrets, type Secrets } from '#server/platform/secrets.ts'
import { apiKeyRoutes } from '#server/records/api-keys/index.ts'
import { auditRoutes, sealEntries } from '#server/records/audit/index.ts'
import { customerRoutes } from '#server/records/customers/index.ts'
import { type Gateways, gatewayAccountRoutes } from '#server/records/gateway-accounts/index.ts'
import { paymentMethodRoutes } from '#server/records/payment-methods/index.ts'
import { authenticator, sweepSignIns, teamRoutes } from '#server/records/team/index.ts'
import type { Config } from './config.ts'
import { sandboxControl } from './sandbox-control.ts'
import { apiReference, healthRoutes, website } from './website.ts'

export type Start = {
  readonly config: Config
  readonly db: Database
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly appSecret: string
  readonly version: string
  readonly schemaVersion: number
  /** The project's folder, where the built front ends are. */
  readonly root: string
}

/** The whole product in one process: API, checkout, back office, workers and the sandbox. */
export type Florin = {
  readonly app: FastifyInstance
  readonly deps: CallDeps & { readonly openSession: OpenSession }
  readonly secrets: Secrets
  readonly sandbox: SandboxService | null
  /** Starts to listen; the port in use comes back. Workers start once it is known. */
  readonly listen: (port: number, host: string) => Promise<number>
  /** Drains: no new requests, running ones and jobs end, then everything is closed. */
  readonly stop: () => Promise<void>
}

/** Jobs of one process at a time; most of their time they wait for a gateway. */
const JOB_CONCURRENCY = 16
const OUTBOX_POLL_MS = 100
const IDLE_SWEEP_MS = 50

type Wiring = Start & {
  readonly port: { value: number }
  readonly deps: CallDeps & { readonly openSession: OpenSession; readonly exportsDir: string }
  readonly sandbox: SandboxService | null
  readonly secrets: Secrets
}

export async function assemble(start: Start): Promise<Florin> {
  const wiring = wire(start)
  const { deps, sandbox } = wiring
  const app = makeHttp({
    log: start.log,
    newId: deps.newId,
    trustProxy: start.config.trustProxy,
    version: start.version,
  })
  app.addSchema(Problem)
  const running: { live: Live | null; workers: Workers | null; timers: NodeJS.Timeout[] } = {
    live: await startLive(deps),
    workers: null,
    timers: [],
  }
  let stopping = false
  const live = running.live as Live
  const metrics = makeMetrics(app, start.db, live.clients)
  app.register((inner, _options, done) => {
    const own = () => [deps.publicUrl()]
    const host: RouteHost = { app: inner, authenticate: authenticator(start.db, own) }
    api(host, wiring, () => running.workers?.nudge())
    liveRoutes(host, live)
    done()
  })
  sandbox?.mount(app, '/sandbox')
  apiReference(app)
  healthRoutes(app, { ...start, metrics, isStopping: () => stopping })
  website(app, start.root)
  return {
    app,
    deps,
    secrets: wiring.secrets,
    sandbox,
    listen: async (port, host) => {
      await app.listen({ port, host })
      const address = app.server.address()
      wiring.port.value = typeof address === 'object' && address ? address.port : port
      running.workers = work(wiring)
      running.timers.push(...rounds(wiring))
      sandbox?.start()
      return wiring.port.value
    },
    stop: async () => {
      stopping = true
      for (const timer of running.timers) clearInterval(timer)
      await running.live?.stop()
      await closeHttp(app)
      await sandbox?.stop()
      await running.workers?.stop()
    },
  }
}

/** A connection that turns idle while we wait is closed as well, or it holds us for a minute. */
async function closeHttp(app: FastifyInstance): Promise<void> {
  const sweep = setInterval(() => app.server.closeIdleConnections(), IDLE_SWEEP_MS)
  await app.close()
  clearInterval(sweep)
}

/** What everything shares; the port is known only after listening, so addresses are functions. */
function wire(start: Start): Wiring {
  const { config, db, clock, random, log } = start
  const port = { value: config.port }
  const newId = idMaker(clock, random)
  const secrets = makeSecrets(start.appSecret, random)
  const publicUrl = () => config.appUrl ?? `http://localhost:${port.value}`
  const gateways: Gateways = config.sandbox ? { sandbox: sandboxGateway } : {}
  const purposes: Purposes = {
    api: salePurpose('api'),
    link: salePurpose('link'),
    top_up: topUpPurpose(newId),
  }
  const base = { db, clock, random, newId, log, secrets, gateways, purposes, publicUrl }
  const guard = () => assertOutsideTransaction('call a gateway')
  const exportsDir = join(config.dataDir, 'exports')
  mkdirSync(exportsDir, { recursive: true, mode: 0o700 })
  const deps = {
    ...base,
    gatewayHttp: makeGatewayHttp({ guard }),
    openSession: openSession(base),
    exportsDir,
  }
  const loopback = () => `http://127.0.0.1:${port.value}`
  const sandbox = config.sandbox
    ? sandboxService({
        books: db,
        clock,
        random,
        publicUrl,
        log,
        // The pretend company sends to us directly, whatever proxy stands in front.
        eventTarget: (url) => url.replace(publicUrl(), loopback()),
      })
    : null
  return { ...start, port, deps, sandbox, secrets }
}

function api(host: RouteHost, { deps, sandbox }: Wiring, nudge: () => void): void {
  const send = (scope: Parameters<typeof dispatch>[1], id: string) => dispatch(deps, scope, id)
  teamRoutes(host, deps)
  apiKeyRoutes(host, deps)
  auditRoutes(host, deps)
  customerRoutes(host, deps)
  gatewayAccountRoutes(host, deps)
  paymentMethodRoutes(host, deps)
  paymentRoutes(host, deps)
  gatewayCallRoutes(host, deps)
  refundRoutes(host, { ...deps, dispatch: send })
  walletRoutes(host, deps)
  checkoutRoutes(host, deps)
  linkRoutes(host, deps)
  gatewayEventRoutes(host, { ...deps, nudge })
  testToolRoutes(host, { ...deps, sandbox: sandbox ? sandboxControl(sandbox) : null })
  listRoutes(host, deps)
  exportRoutes(host, deps)
  searchRoutes(host, deps)
  homeRoutes(host, deps)
}

function work({ db, log, deps }: Wiring): Workers {
  const handlers = { ...gatewayCallJobs(deps), ...gatewayEventJobs(deps), ...exportJobs(deps) }
  return startWorkers({ db, log, handlers, concurrency: JOB_CONCURRENCY })
}

/** What happens by the clock. Each round waits for the one before; a failed one is tried again. */
function rounds({ db, log, deps }: Wiring): NodeJS.Timeout[] {
  const every = (ms: number, name: string, round: () => Promise<unknown>): NodeJS.Timeout => {
    let busy = false
    return setInterval(async () => {
      if (busy) return
      busy = true
      try {
        await round()
      } catch (fault) {
        log.error(`${name} failed and will be tried again`, { fault: messageOf(fault) })
      } finally {
        busy = false
      }
    }, ms)
  }
  const outbox = { db, log, subscribers: [searchSubscriber], seal: sealEntries }
  return [
    every(OUTBOX_POLL_MS, 'the outbox', () => dispatchOutbox(outbox)),
    every(2000, 'expiry', () => expirePayments(deps)),
    every(60_000, 'ledger checkpoints', () => advanceCheckpoints(db)),
    every(3_600_000, 'the hourly audit', () => integrityJob({ db, log })),
    every(3_600_000, 'the sweep', async () => {
      await forgetOldKeys(db)
      await sweepSignIns(db)
      await sweepExports(deps)
    }),
  ]
}
