import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Gateway, IncomingEvent } from '#gateway-kit'
import { readEventBody } from './answers.ts'

/** How far the vendor's clock may stand from ours, either way. */
const TOLERANCE_S = 300
const SIGNATURES_MAX = 10

/**
 * `sandbox-signature: t=<unix s>,v1=<hex hmac-sha256 of "t.body">`, several `v1` while a secret is
 * being replaced. The signature is checked before the time, so that a genuine event from a wrong
 * clock says so.
 */
export const readEvent: Gateway['readEvent'] = (account, event) => {
  const header = readHeader(event.headers['sandbox-signature'])
  if (header === null) return { ok: false, refusal: 'signature_missing' }
  const { webhook_secret, webhook_secret_previous } = account.credentials
  const secrets = [webhook_secret, webhook_secret_previous].filter((secret) => secret)
  const genuine = secrets.map((secret) => isSigned(secret ?? '', header, event)).includes(true)
  if (!genuine) return { ok: false, refusal: 'signature_wrong' }
  if (Math.abs(event.now_ms - header.time_s * 1000) > TOLERANCE_S * 1000) {
    return { ok: false, refusal: 'timestamp_outside_tolerance' }
  }
  const body = readEventBody(Buffer.from(event.body).toString('utf8'))
  if (body === null) return { ok: false, refusal: 'body_malformed' }
  return {
    ok: true,
    event: {
      dedupe_key: body.id,
      type: body.type,
      object_ref: body.facts.gateway_ref,
      transaction_id: body.facts.transaction_id,
      account_ref: body.account,
      mode: body.mode,
      created_ms: body.created_ms,
    },
  }
}

type SignatureHeader = {
  readonly time: string
  readonly time_s: number
  readonly signatures: readonly Buffer[]
}

function readHeader(text: string | undefined): SignatureHeader | null {
  const parts = (text ?? '').split(',').map((part) => part.trim().split('='))
  const times = parts.filter(([name]) => name === 't').map(([, value]) => value ?? '')
  const signatures = parts
    .filter(([name, value]) => name === 'v1' && /^[0-9a-f]{64}$/.test(value ?? ''))
    .slice(0, SIGNATURES_MAX)
    .map(([, value]) => Buffer.from(value ?? '', 'hex'))
  const [time] = times
  if (time === undefined || times.length > 1 || signatures.length === 0) return null
  if (!/^[0-9]{1,12}$/.test(time)) return null
  return { time, time_s: Number(time), signatures }
}

/** Compares with every signature, so that the time taken tells nothing about which one fits. */
function isSigned(secret: string, header: SignatureHeader, event: IncomingEvent): boolean {
  const expected = createHmac('sha256', secret)
    .update(`${header.time}.`)
    .update(event.body)
    .digest()
  return header.signatures.map((one) => timingSafeEqual(one, expected)).includes(true)
}
