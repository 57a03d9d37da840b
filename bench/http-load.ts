import { randomInt, randomUUID } from 'node:crypto'
import { type Dispatcher, Pool } from 'undici'
import type { Florin } from './florin.ts'
import { median, quantile } from './protocol.ts'
import { CENTS, CUSTOMERS, customerId, REASON } from './seed.ts'

export const CONNECTIONS = 64

export type Load = {
  /** Only with 2xx. */
  readonly answered: number
  readonly per_s: number
  readonly p50_ms: number
  readonly p99_ms: number
}
export type Answer = { readonly status: number; readonly problem: string }

/** Many callers, each with one request under way at a time. */
export type Callers = {
  readonly run: (slice_ms: number) => Promise<Load>
  readonly one: (customer: number) => Promise<Answer>
  /** The answers so far that were not 2xx: every request was right, so there should be none. */
  readonly refused: readonly Answer[]
  readonly close: () => Promise<void>
}

export function callers(florin: Florin): Callers {
  const pool = new Pool(florin.origin, { connections: CONNECTIONS, pipelining: 1 })
  const headers = { ...florin.key.headers, 'content-type': 'application/json' }
  const refused: Answer[] = []
  const one = async (customer: number) => {
    const answer = await send(pool, {
      path: '/v1/payments',
      method: 'POST',
      headers: { ...headers, 'idempotency-key': randomUUID() },
      body: payment(customer),
    })
    if (!isOk(answer)) refused.push(answer)
    return answer
  }
  return { one, refused, run: (slice_ms) => slice(one, slice_ms), close: () => pool.close() }
}

const isOk = ({ status }: Answer): boolean => status >= 200 && status <= 299

function payment(customer: number): string {
  const cents = randomInt(CENTS.least, CENTS.most + 1)
  return JSON.stringify({
    purpose: 'top_up',
    customer_id: customerId(customer),
    amount: { value: (cents / 100).toFixed(2), currency: 'EUR' },
    recorded: { method: 'cash', reason: REASON },
  })
}

/** Nobody is cut off at the end: who has asked is answered, and the time until then counts. */
async function slice(one: Callers['one'], slice_ms: number): Promise<Load> {
  const begun = performance.now()
  const waits: number[] = []
  const caller = async () => {
    for (let asked = performance.now(); asked - begun < slice_ms; asked = performance.now()) {
      const answer = await one(randomInt(CUSTOMERS))
      if (isOk(answer)) waits.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, caller))
  const took_s = (performance.now() - begun) / 1000
  return {
    answered: waits.length,
    per_s: waits.length / took_s,
    p50_ms: median(waits),
    p99_ms: quantile(waits, 0.99),
  }
}

/** Without the body streams of `request`, so that the load takes little of what it measures. */
function send(pool: Pool, request: Dispatcher.DispatchOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let status = 0
    let problem = ''
    pool.dispatch(request, {
      onRequestStart: () => {},
      onResponseStart: (_controller, code) => {
        status = code
      },
      onResponseData: (_controller, chunk) => {
        if (status >= 300) problem += chunk.toString()
      },
      onResponseEnd: () => resolve({ status, problem }),
      onResponseError: (_controller, fault) => reject(fault),
    })
  })
}
