import type { Mode } from '#server/kernel/scope.ts'

export type GatewayEventStatus = 'waiting' | 'applied' | 'duplicate' | 'parked' | 'refused'

export type GatewayEventRow = {
  merchant_id: string
  mode: Mode
  id: string
  gateway: string
  gateway_account_id: string
  dedupe_key: string
  type: string
  status: GatewayEventStatus
  verdict: string
  reason: string | null
  object_ref: string | null
  payment_id: string | null
  transaction_id: string | null
  changed: string[]
  deliveries: number
  body: Buffer | null
  headers: Record<string, string>
  received_at: Date
  applied_at: Date | null
}

/** How long a genuine event about an object we do not know waits for us to learn of it. */
export const ORPHAN_AFTER_MS = 3600 * 1000
/** Retries of an object that is not there yet: a sender may be faster than our own commit. */
export const LOOK_AGAIN_MS = [1000, 3000, 10_000, 60_000, 300_000, 900_000, 1_800_000] as const

/** Headers worth keeping beside the raw body; the rest may hold secrets or says nothing. */
export const KEPT_HEADERS = ['content-type', 'user-agent', 'content-length'] as const
