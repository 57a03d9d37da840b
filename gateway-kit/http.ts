import { Agent, buildConnector, type Dispatcher, request } from 'undici'
import type { GatewayHttp, HttpAnswer } from './port.ts'

export type GatewayHttpOptions = {
  readonly connect_timeout_ms?: number
  readonly total_timeout_ms?: number
  readonly max_bytes?: number
  /** Throws where a call must not happen, such as inside a database transaction. */
  readonly guard?: () => void
}

/** Idle connections do not keep the process alive; `close` only makes shutting down prompt. */
export type ClosableGatewayHttp = GatewayHttp & { readonly close: () => Promise<void> }

/**
 * HTTP to gateways over undici: no redirects, no compression, whole answers or none. A failure is
 * `not_sent` only when the connection itself was never made, so that nothing can have been read at
 * the other end; everything after that is `unknown`.
 */
export function makeGatewayHttp(options: GatewayHttpOptions = {}): ClosableGatewayHttp {
  const { connect_timeout_ms = 10_000, total_timeout_ms = 25_000, max_bytes = 1_000_000 } = options
  const failures = new WeakSet<object>()
  const agent = new Agent({
    connect: noting(failures, buildConnector({ timeout: connect_timeout_ms, allowH2: false })),
    headersTimeout: total_timeout_ms,
    bodyTimeout: total_timeout_ms,
    pipelining: 1,
  })
  const send: GatewayHttp = async ({ method, url, headers, body }) => {
    options.guard?.()
    if (!URL.canParse(url)) return { kind: 'not_sent', message: 'The address is not a URL.' }
    const stop = new AbortController()
    const timer = setTimeout(() => stop.abort(), total_timeout_ms)
    try {
      const call = { method, headers, body: body ?? null, signal: stop.signal, dispatcher: agent }
      return await whole(await request(url, call), max_bytes)
    } catch (fault) {
      const seconds = total_timeout_ms / 1000
      if (stop.signal.aborted) {
        return { kind: 'unknown', message: `No whole answer within ${seconds} s.` }
      }
      const never = typeof fault === 'object' && fault !== null && failures.has(fault)
      return { kind: never ? 'not_sent' : 'unknown', message: wording(fault) }
    } finally {
      clearTimeout(timer)
    }
  }
  return Object.assign(send, { close: () => agent.destroy() })
}

/** Remembers the faults of making a connection: only these prove that nothing left. */
function noting(
  failures: WeakSet<object>,
  connect: buildConnector.connector,
): buildConnector.connector {
  return (target, done) =>
    connect(target, (...result) => {
      if (result[0] !== null) failures.add(result[0])
      done(...result)
    })
}

async function whole(response: Dispatcher.ResponseData, max_bytes: number): Promise<HttpAnswer> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of response.body) {
    bytes += part.length
    if (bytes > max_bytes) {
      response.body.destroy()
      return { kind: 'unknown', message: `The answer is larger than ${max_bytes} bytes.` }
    }
    parts.push(part)
  }
  const body = Buffer.concat(parts).toString('utf8')
  const retry_after_ms = retryAfter(response.headers['retry-after'])
  return {
    kind: 'answer',
    status: response.statusCode,
    body,
    ...(retry_after_ms === null ? {} : { retry_after_ms }),
  }
}

function retryAfter(header: string | string[] | undefined): number | null {
  return typeof header === 'string' && /^[0-9]{1,6}$/.test(header) ? Number(header) * 1000 : null
}

/** The fault's code and sentence; never the request, which carries credentials. */
function wording(fault: unknown): string {
  if (!(fault instanceof Error)) return 'The call failed.'
  const code = 'code' in fault && typeof fault.code === 'string' ? `${fault.code}: ` : ''
  return `${code}${fault.message || 'The call failed.'}`
}
