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

export async function startLoad(
  origin: string,
  owner: { OWNER_EMAIL: string; OWNER_PASSWORD: string },
  dice: Dice,
): Promise<Load> {
  const answer = await fetch(`${origin}/v1/sign_in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: owner.OWNER_EMAIL, password: owner.OWNER_PASSWORD }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const running = { value: true }
  const acknowledged: string[] = []
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
      if (made.checkout_url) await pay(post, made, dice)
    }
  }
  const all = Array.from({ length: PAYERS }, payer)
  return {
    created: () => acknowledged.length,
    acknowledged: () => acknowledged,
    stop: async () => {
      running.value = false
      await Promise.all(all)
    },
  }
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
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return null
  }
}
