import type { GatewayAccount } from '../../api/wire.ts'

/** Share of tries that succeeded in the last 24 hours; null when there were none. */
export function successRate({ succeeded_24h, failed_24h }: GatewayAccount): number | null {
  const tries = succeeded_24h + failed_24h
  return tries === 0 ? null : succeeded_24h / tries
}

export type Health = 'off' | 'good' | 'unsure' | 'bad' | 'quiet'

const BAD_BELOW = 0.5
const UNSURE_BELOW = 0.8
/** Fewer tries say nothing about a gateway. */
const TRIES_MIN = 5

/** One word for an account: tries left without an answer, or many failures, need a look. */
export function healthOf(account: GatewayAccount): Health {
  if (!account.active) return 'off'
  const rate = successRate(account)
  if (account.unknown_now > 0) return 'unsure'
  if (rate === null) return 'quiet'
  if (account.succeeded_24h + account.failed_24h < TRIES_MIN) return 'good'
  if (rate < BAD_BELOW) return 'bad'
  return rate < UNSURE_BELOW ? 'unsure' : 'good'
}
