import { createHash } from 'node:crypto'
import type { Queryable } from '../books.ts'
import { type Company, effect } from '../company.ts'
import {
  type Account,
  findRequest,
  insertRequest,
  takeSwitches,
  tryLockKey,
} from '../store/accounts.ts'
import { type Acting, AFTER_SWITCHES, actingOf, type Point } from '../switches.ts'
import { errorBody } from '../wire.ts'

export type KeyedRequest = {
  readonly key: string
  readonly path: string
  readonly body: string
  readonly point: Point
}

/** What an effect came to. Only answers that changed the books are kept under their key. */
export type EffectAnswer = {
  readonly status: number
  readonly body: object
  readonly kept: boolean
  /** The first answer comes this much later than the effect. */
  readonly delay_ms?: number
}

export type OnceAnswer = {
  readonly status: number
  readonly body: string
  /** What the switches do to an answer that follows a charge; never to a repeat. */
  readonly acting: Acting
  readonly delay_ms: number
}

/**
 * The same key and body is one effect: the effect and its answer commit together, and a repeat gets
 * that answer. 409 while the first is at work, 422 for another body.
 */
export async function answerOnce(
  company: Company,
  account: Account,
  { key, path, body, point }: KeyedRequest,
  act: (tx: Queryable) => Promise<EffectAnswer>,
): Promise<OnceAnswer> {
  const request_sha256 = createHash('sha256').update(`${path}\n${body}`).digest()
  const { account_ref } = account
  return effect(company, async (tx) => {
    if (!(await tryLockKey(tx, account_ref, key))) {
      return refusal(409, 'request_in_flight', 'A request with this key is still at work.')
    }
    const now_ms = company.clock.now()
    const earlier = await findRequest(tx, account_ref, key, now_ms - company.key_window_ms)
    if (earlier !== null) {
      if (request_sha256.equals(earlier.request_sha256)) {
        return { status: earlier.status, body: earlier.answer, acting: {}, delay_ms: 0 }
      }
      return refusal(422, 'idempotency_key_reused', 'This key came with another body before.')
    }
    const made = await act(tx)
    const answer = JSON.stringify(made.body)
    if (!made.kept) return { status: made.status, body: answer, acting: {}, delay_ms: 0 }
    await insertRequest(
      tx,
      account_ref,
      key,
      { request_sha256, status: made.status, answer },
      now_ms,
    )
    const used = await takeSwitches(tx, account_ref, AFTER_SWITCHES, point)
    const { status, delay_ms = 0 } = made
    return { status, body: answer, acting: actingOf(used), delay_ms }
  })
}

const refusal = (status: number, code: string, message: string): OnceAnswer => ({
  status,
  body: JSON.stringify(errorBody(code, message)),
  acting: {},
  delay_ms: 0,
})
