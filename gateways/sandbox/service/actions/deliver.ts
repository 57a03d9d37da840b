import { createHmac } from 'node:crypto'
import { type Dispatcher, request } from 'undici'
import type { Company } from '../company.ts'
import { type ClaimedDelivery, type DeliveryEnd, finishDelivery } from '../store/events.ts'

const ANSWER_TIMEOUT_MS = 10_000
const ANSWER_BYTES_MAX = 65_536

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** How long after each failed attempt the next one is made. */
const RETRY_AFTER_MS = [
  SECOND,
  5 * SECOND,
  15 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
]

/** Sends one claimed delivery and writes what came of it. */
export async function deliver(
  company: Company,
  delivery: ClaimedDelivery,
  dispatcher: Dispatcher,
): Promise<void> {
  const answer = await post(company, delivery, dispatcher)
  await finishDelivery(company.books, delivery, endOf(company, delivery, answer))
}

type Answer = { readonly taken: boolean; readonly text: string }

function endOf(company: Company, delivery: ClaimedDelivery, answer: Answer): DeliveryEnd {
  const now_ms = company.clock.now()
  if (answer.taken) return { state: 'delivered', due_ms: now_ms, last_answer: answer.text }
  const retry_after_ms = RETRY_AFTER_MS[delivery.attempts - 1]
  if (retry_after_ms === undefined) {
    company.log.warn('sandbox event given up', { delivery: delivery.id, answer: answer.text })
    return { state: 'exhausted', due_ms: now_ms, last_answer: answer.text }
  }
  return { state: 'scheduled', due_ms: now_ms + retry_after_ms, last_answer: answer.text }
}

async function post(
  company: Company,
  delivery: ClaimedDelivery,
  dispatcher: Dispatcher,
): Promise<Answer> {
  const { body, signature } = envelope(delivery, company.clock.now())
  try {
    const answer = await request(company.eventTarget(delivery.event_url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sandbox-signature': signature },
      body,
      dispatcher,
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    })
    await answer.body.dump({ limit: ANSWER_BYTES_MAX })
    const taken = answer.statusCode >= 200 && answer.statusCode < 300
    return { taken, text: `${answer.statusCode}` }
  } catch (fault) {
    const text = fault instanceof Error ? fault.message : String(fault)
    return { taken: false, text: text.slice(0, 200) || 'No answer.' }
  }
}

/** Signed at the moment of sending; a corrupt switch damages the first attempt after that. */
function envelope(
  { body, corrupt, attempts, webhook_secret }: ClaimedDelivery,
  now_ms: number,
): { body: string; signature: string } {
  const time = Math.floor(now_ms / 1000)
  const hex = createHmac('sha256', webhook_secret).update(`${time}.${body}`).digest('hex')
  const damaged = attempts === 1 ? corrupt : null
  const flipped = hex.startsWith('0') ? `1${hex.slice(1)}` : `0${hex.slice(1)}`
  return {
    body: damaged === 'body' ? body.slice(0, body.length / 2) : body,
    signature: `t=${time},v1=${damaged === 'signature' ? flipped : hex}`,
  }
}
