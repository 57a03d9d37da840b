import { createHmac } from 'node:crypto'
import { accountsOf, configOf } from '#server/records/gateway-accounts/index.ts'
import type { TestFlorin } from './florin.ts'

/** Florin's door for the sandbox account, and the secret that the sandbox signs with. */
export async function doorOf(at: TestFlorin): Promise<{ url: string; secret: string }> {
  const scope = { merchantId: at.owner.merchantId, mode: 'test' } as const
  const [row] = await accountsOf(at.db, scope)
  if (!row) throw new Error('no sandbox account')
  const secret = configOf(at.florin.secrets, row).credentials.webhook_secret ?? ''
  return { url: `${at.origin}/webhooks/${row.public_id}`, secret }
}

export function signature(body: string, secret: string, at_s = Math.floor(Date.now() / 1000)) {
  const hex = createHmac('sha256', secret).update(`${at_s}.${body}`).digest('hex')
  return `t=${at_s},v1=${hex}`
}

export async function postEvent(
  door: { url: string; secret: string },
  body: string,
  headers: Record<string, string> = {},
): Promise<number> {
  const answer = await fetch(door.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'sandbox-signature': signature(body, door.secret),
      ...headers,
    },
    body,
  })
  await answer.arrayBuffer()
  return answer.status
}

/** A genuine-looking event of our own making about a charge as the sandbox's books have it now. */
export async function eventBody(at: TestFlorin, type: string, chargeRef: string): Promise<string> {
  const scope = { merchantId: at.owner.merchantId, mode: 'test' } as const
  const [row] = await accountsOf(at.db, scope)
  if (!row) throw new Error('no sandbox account')
  const { api_key } = configOf(at.florin.secrets, row).credentials
  const answer = await fetch(`${at.origin}/sandbox/v1/charges/${chargeRef}`, {
    headers: { authorization: `Bearer ${api_key}` },
  })
  return JSON.stringify({
    id: `sev_${crypto.randomUUID()}`,
    object: 'event',
    type,
    account: at.sandboxRef,
    mode: 'test',
    created_ms: Date.now(),
    data: { object: await answer.json() },
  })
}

/** The raw body of the newest genuine event of a kind about a payment. */
export async function bodyOf(at: TestFlorin, paymentId: string, type: string): Promise<string> {
  const [row] = await at.db.query<{ body: Buffer }>({
    text: `select body from gateway_events where payment_id = $1 and type = $2 order by id desc`,
    values: [paymentId, type],
  })
  if (!row) throw new Error(`no ${type} event of ${paymentId}`)
  return row.body.toString('utf8')
}
