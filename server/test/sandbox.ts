import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import type { GatewayAccountConfig, GatewayHttp, IncomingEvent } from '#gateway-kit'
import { makeGatewayHttp } from '#gateway-kit/http.ts'
import {
  createSandboxAccount,
  type SandboxService,
  sandboxService,
} from '#gateways/sandbox/index.ts'
import { type Clock, systemClock, systemRandom } from '#server/platform/clock.ts'
import type { Database } from '#server/platform/postgres/index.ts'
import { openClone } from './database.ts'

/** The pretend payment company, running by itself on a port of its own, with one account. */
export type RunningSandbox = {
  readonly db: Database
  readonly service: SandboxService
  readonly origin: string
  readonly account: GatewayAccountConfig
  readonly account_ref: string
  readonly http: GatewayHttp
  readonly receiver: EventReceiver
  readonly close: () => Promise<void>
}

export type SandboxChoices = {
  readonly clock?: Clock
  readonly total_timeout_ms?: number
  readonly key_window_ms?: number
  readonly fee_basis_points?: number
  readonly started?: boolean
  readonly poolSize?: number
  readonly wait?: (delay_ms: number) => Promise<void>
}

export async function openSandbox(choices: SandboxChoices = {}): Promise<RunningSandbox> {
  const { clock = systemClock, total_timeout_ms = 5_000, started = true } = choices
  const { fee_basis_points = 0, poolSize = 8 } = choices
  const clone = await openClone({ poolSize })
  const app = Fastify()
  let origin = ''
  const service = sandboxService({
    books: clone.db,
    clock,
    random: systemRandom,
    publicUrl: () => origin,
    ...(choices.key_window_ms === undefined ? {} : { key_window_ms: choices.key_window_ms }),
    ...(choices.wait === undefined ? {} : { wait: choices.wait }),
  })
  service.mount(app)
  origin = await app.listen({ port: 0, host: '127.0.0.1' })
  if (started) service.start()
  const wish = {
    mode: 'test',
    random: systemRandom,
    now_ms: clock.now(),
    fee_basis_points,
  } as const
  const { account_ref, ...secrets } = await createSandboxAccount(clone.db, wish)
  const http = makeGatewayHttp({ total_timeout_ms, connect_timeout_ms: 1_000 })
  const receiver = await openReceiver(clock)
  return {
    db: clone.db,
    service,
    origin,
    account: {
      id: 'gwa_sandbox',
      mode: 'test',
      base_url: `${origin}/sandbox`,
      credentials: { account_ref, ...secrets },
    },
    account_ref,
    http,
    receiver,
    close: async () => {
      await service.stop()
      await http.close()
      app.server.closeAllConnections()
      await app.close()
      await receiver.close()
      await clone.drop()
    },
  }
}

/** An address for events, which answers as it is told and keeps what came. */
export type EventReceiver = {
  readonly url: string
  readonly received: readonly IncomingEvent[]
  /** Status of the next answers; the last one stays. 0 cuts the line. */
  readonly answerWith: (...statuses: number[]) => void
  readonly close: () => Promise<void>
}

async function openReceiver(clock: Clock): Promise<EventReceiver> {
  const received: IncomingEvent[] = []
  let statuses: number[] = [200]
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      )
      received.push({ headers, body: Buffer.concat(parts), now_ms: clock.now() })
      const status = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 200
      if (status === 0) request.socket.destroy()
      else response.writeHead(status).end()
    })
  })
  const url = await listen(server)
  return {
    url: `${url}/events`,
    received,
    answerWith: (...next) => {
      statuses = next
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((done) => server.close(() => done()))
    },
  }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** The hosted page as a browser without JavaScript sends it. */
export async function submitPage(
  page: string,
  fields: Readonly<Record<string, string>>,
): Promise<{ status: number; location: string | null; text: string }> {
  const answer = await fetch(page, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })
  const text = await answer.text()
  return { status: answer.status, location: answer.headers.get('location'), text }
}
