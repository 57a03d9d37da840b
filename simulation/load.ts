import type { Dice } from './dice.ts'

/** Payers who do not give up: every request is repeated, with its own key, until it is answered. */
export type Load = {
  readonly created: () => number
  /** Payments whose creation was answered 2xx: none of them may ever be missing. */
  readonly acknowledged: () => readonly string[]
  readonly stop: () => Promise<void>
}

type Made = { id: string; checkout_url: string | null }
type Post = <T>(path: string, body: unknown) => Promise<T | null>

const PAYERS = 12
/** What was cut off is asked for again while the payer already does the next thing. */
const PATIENCE_MS = 1000

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export async function startLoad(
  origin: string,
  owner: { OWNER_EMAIL: string; OWNER_PASSWORD: string },
  dice: Dice,
): Promise<Load> {
  const cookie = await signIn(origin, owner)
  const running = { value: true }
  const acknowledged: string[] = []
  const waiting = new Set<Promise<void>>()
  const post = poster(origin, cookie, running)
  const payer = async () => {
    while (running.value) {
      const value = `${dice.between(1, 500)}.${String(dice.between(0, 100)).padStart(2, '0')}`
      const amount = { value, currency: 'EUR' }
      const recorded = dice.chance(0.1)
        ? { recorded: { method: 'cash', reason: 'at the till' } }
        : {}
      const made = await post<Made>('/v1/payments', { amount, ...recorded })
      if (!made) continue
      acknowledged.push(made.id)
      if (!made.checkout_url) continue
      const paying = pay(post, made, dice).finally(() => waiting.delete(paying))
      waiting.add(paying)
      await Promise.race([paying, pause(PATIENCE_MS)])
    }
  }
  const all = Array.from({ length: PAYERS }, payer)
  return {
    created: () => acknowledged.length,
    acknowledged: () => acknowledged,
    stop: async () => {
      running.value = false
      await Promise.all(all)
      await Promise.all(waiting)
    },
  }
}

/** The owner is made just after the first start is ready to answer. */
async function signIn(
  origin: string,
  owner: { OWNER_EMAIL: string; OWNER_PASSWORD: string },
): Promise<string> {
  const body = JSON.stringify({ email: owner.OWNER_EMAIL, password: owner.OWNER_PASSWORD })
  const headers = { 'content-type': 'application/json' }
  for (let tries = 0; tries < 8; tries++) {
    const answer = await fetch(`${origin}/v1/sign_in`, { method: 'POST', headers, body })
    const cookie = answer.headers.get('set-cookie')?.split(';')[0]
    if (answer.ok && cookie) return cookie
    await pause(500)
  }
  throw new Error('the owner could not sign in')
}

async function pay(post: Post, made: Made, dice: Dice): Promise<void> {
  if (dice.chance(0.25)) return payOnPage(made)
  const token = dice.chance(0.85) ? 'tok_success' : 'tok_declined'
  await post(`/v1/payments/${made.id}/charges`, { token })
  if (dice.chance(0.2)) {
    await post(`/v1/payments/${made.id}/refunds`, { reason: 'changed their mind' })
  }
}

/** As a browser does: one submit; what fails stays as it is, as when somebody closes the window. */
async function payOnPage(made: Made): Promise<void> {
  const form = (url: string, fields: Record<string, string>) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  try {
    const sent = await form(`${made.checkout_url}/pay`, { method: 'card' })
    const page = sent.headers.get('location')
    if (page?.includes('/sandbox/pay/')) await form(page, { card_number: '4242424242424242' })
  } catch {
    // The server was down: the payer has left.
  }
}

/** Repeats one intention under one key until it is answered for good; null is a refusal. */
function poster(origin: string, cookie: string, running: { value: boolean }): Post {
  return async (path, body) => {
    const headers = {
      cookie,
      'content-type': 'application/json',
      'florin-client': 'web',
      'florin-mode': 'test',
      'idempotency-key': crypto.randomUUID(),
    }
    while (running.value) {
      const request = { method: 'POST', headers, body: JSON.stringify(body) }
      const answer = await fetch(`${origin}${path}`, request).catch(() => null)
      const text = await answer?.text().catch(() => null)
      if (answer && text && answer.status < 300) return JSON.parse(text)
      const again = !answer || answer.status >= 500 || [408, 409, 429].includes(answer.status)
      if (!again) return null
      await pause(100)
    }
    return null
  }
}
