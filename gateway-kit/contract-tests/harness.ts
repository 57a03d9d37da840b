import type { GatewayFault } from '../faults.ts'
import type { Gateway, GatewayAccountConfig, GatewayHttp, IncomingEvent } from '../port.ts'

/** What goes wrong, once, with the next call that moves money. */
export type ContractFault =
  /** The effect is made; the answer is a 500, or none, or late, or half, or not the vendor's. */
  | 'error_after'
  | 'cut_after'
  | 'too_slow'
  | 'truncated'
  | 'not_the_schema'
  /** Nothing is done. */
  | 'error_before'
  | 'rate_limited'

/** What the vendor's own books say; amounts are decimal strings, every digit as it has them. */
export type VendorBooks = {
  readonly captures: readonly VendorEntry[]
  readonly refunds: readonly VendorEntry[]
}
export type VendorEntry = {
  readonly transaction_id: string | null
  readonly currency: string
  readonly amount: string
}

/** A vendor, or a faithful stand-in for one, and what an adapter needs to speak to it. */
export type GatewayHarness = {
  readonly gateway: Gateway
  readonly account: GatewayAccountConfig
  /** Gives up after at most a few seconds. */
  readonly http: GatewayHttp
  readonly event_url: string
  readonly tokens: {
    readonly approve: string
    readonly decline: { readonly token: string; readonly reason: GatewayFault }
    readonly pending: string
    readonly action_required: string
    readonly partial: string
  }
  /** Tokens that a stand-in without cards must be told about, before the charge. */
  readonly willUse?: (token: string) => void
  readonly misbehave: (fault: ContractFault) => Promise<void>
  readonly books: () => Promise<VendorBooks>
  /** The payer opens the vendor's page and pays. */
  readonly payCheckout: (redirect_url: string) => Promise<void>
  /** An event about this charge as it was received; waits for it. */
  readonly eventOf: (gateway_ref: string) => Promise<IncomingEvent>
  /** The headers the vendor would send with this body at this time. */
  readonly sign: (
    body: string,
    at_ms: number,
    secret: 'current' | 'previous' | 'other',
  ) => IncomingEvent
  readonly close: () => Promise<void>
}

export type Harnessed = () => GatewayHarness

let made = 0
/** Transaction ids as Florin makes them, one for each call. */
export function newTransactionId(): string {
  made += 1
  return `txn_01k9${`${made}`.padStart(22, '0')}`
}
