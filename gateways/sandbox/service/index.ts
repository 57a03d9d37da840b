import { setTimeout as after } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { apiRoutes, failed, sendJson } from './api/routes.ts'
import { switchboardRoutes } from './api/switchboard-routes.ts'
import type { Books, Clock, Random } from './books.ts'
import type { Company, SandboxLog } from './company.ts'
import { type Jobs, makeJobs } from './jobs.ts'
import { pageRoutes } from './page/routes.ts'
import { makeSwitchboard, type Switchboard } from './switchboard.ts'

export { createSandboxAccount, type SandboxAccount } from './actions/open-account.ts'
export type { Books, Clock, Queryable, Random } from './books.ts'
export { TEST_CARDS } from './cards.ts'
export type { SandboxEvent } from './store/events.ts'
export { type PastCharge, recordPastCharges } from './store/past.ts'
export type { BooksSummary, Truth } from './store/reading.ts'
export type { Switches, SwitchesInput } from './switches.ts'

const BODY_BYTES_MAX = 65_536
const KEY_WINDOW_MS = 24 * 60 * 60 * 1000

export type SandboxOptions = {
  readonly books: Books
  readonly clock: Clock
  readonly random: Random
  /** The origin that payers reach; a function where the port is known only after listening. */
  readonly publicUrl: string | (() => string)
  readonly log?: SandboxLog
  readonly key_window_ms?: number
  readonly wait?: (delay_ms: number) => Promise<void>
  /** Where to really connect for an event address, such as from inside a container. */
  readonly eventTarget?: (event_url: string) => string
}

export type SandboxService = Switchboard &
  Pick<Jobs, 'start' | 'stop' | 'tick'> & {
    /** Adds the API and the pages, as a plugin of their own, before the app is ready. */
    readonly mount: (app: FastifyInstance, prefix?: string) => void
  }

/** The pretend payment company: its API, its pages, its books, and the events it sends. */
export function sandboxService(options: SandboxOptions): SandboxService {
  const { books, clock, random, publicUrl } = options
  let mounted = '/sandbox'
  let jobs: Jobs | null = null
  const company: Company = {
    books,
    clock,
    random,
    pages: () => (typeof publicUrl === 'string' ? publicUrl : publicUrl()) + mounted,
    key_window_ms: options.key_window_ms ?? KEY_WINDOW_MS,
    wait: options.wait ?? ((delay_ms) => after(delay_ms)),
    eventTarget: options.eventTarget ?? ((event_url) => event_url),
    nudge: () => jobs?.nudge(),
    log: options.log ?? { warn: () => {} },
  }
  jobs = makeJobs(company)
  const board = makeSwitchboard(company)
  return {
    ...board,
    start: jobs.start,
    stop: jobs.stop,
    tick: jobs.tick,
    mount: (app, prefix = '/sandbox') => {
      mounted = prefix
      app.register(
        async (scope) => {
          bodiesAsText(scope)
          faultsAsJson(scope, company)
          apiRoutes(scope, company)
          switchboardRoutes(scope, company, board)
          pageRoutes(scope, company, board)
        },
        { prefix },
      )
    },
  }
}

/** Bodies are compared byte by byte under their key, so they are kept as they came. */
function bodiesAsText(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  const types = ['application/json', 'application/x-www-form-urlencoded']
  const options = { parseAs: 'string', bodyLimit: BODY_BYTES_MAX } as const
  scope.addContentTypeParser(types, options, (_request, body, done) => done(null, body))
}

function faultsAsJson(scope: FastifyInstance, company: Company): void {
  scope.setErrorHandler(async (fault: Error & { statusCode?: number }, _request, reply) => {
    const status = fault.statusCode ?? 500
    if (status < 500)
      return sendJson(company, reply, failed(status, 'request_refused', fault.message))
    company.log.warn('sandbox request failed', { fault: fault.message })
    const message = 'Something went wrong on our side.'
    return sendJson(company, reply, failed(500, 'internal_error', message))
  })
}
