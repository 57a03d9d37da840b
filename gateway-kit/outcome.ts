import type { GatewayFault } from './faults.ts'

/**
 * What one call to a gateway came to. An adapter never throws; whatever it cannot be sure of is
 * `unknown`, never `rejected`.
 *
 * - `approved`, `pending`, `action_required`, `rejected`: the gateway said so, in a whole answer.
 * - `not_sent`: nothing left this machine (name not found, connection refused, TLS failed).
 * - `rate_limited`: the gateway asked to come back later and did nothing.
 * - `unknown`: anything else: a timeout, a 5xx, a cut line, an answer that does not fit the schema.
 */
export type Outcome<T> =
  | { readonly kind: 'approved'; readonly gateway_ref: string; readonly object: T }
  | { readonly kind: 'pending'; readonly gateway_ref: string; readonly object: T }
  | {
      readonly kind: 'action_required'
      readonly gateway_ref: string
      readonly object: T
      /** Where the payer goes next; absent when the payer has nothing to open. */
      readonly redirect_url?: string
    }
  | {
      readonly kind: 'rejected'
      readonly reason: GatewayFault
      readonly message: string
      readonly gateway_ref?: string
    }
  | { readonly kind: 'not_sent'; readonly message: string }
  | { readonly kind: 'rate_limited'; readonly message: string; readonly retry_after_ms?: number }
  | { readonly kind: 'unknown'; readonly message: string }

/** Whether the gateway gave a definite answer that will not change by asking again. */
export const isSettled = (outcome: Outcome<unknown>): boolean =>
  outcome.kind === 'approved' || outcome.kind === 'rejected'
