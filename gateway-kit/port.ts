import type { GatewayFault } from './faults.ts'
import type { Outcome } from './outcome.ts'

/** Amounts are in minor units of the ISO exponent; an adapter converts to its vendor's own. */
export type Amount = { readonly amount: bigint; readonly currency: string }

/** One set of credentials, in one mode. Secrets arrive decrypted and are never logged. */
export type GatewayAccountConfig = {
  readonly id: string
  readonly mode: 'test' | 'live'
  readonly base_url: string
  readonly credentials: Readonly<Record<string, string>>
}

/**
 * A request frozen before it is sent: the same bytes and the same key are sent again while the
 * gateway's key window is open, so that a repeat can never become a second charge.
 */
export type GatewayCall = {
  readonly method: 'POST'
  readonly path: string
  readonly body: string
  readonly idempotency_key: string
}

export type CheckoutRequest = {
  readonly transaction_id: string
  readonly amount: Amount
  readonly reference: string
  readonly description: string
  readonly locale: string
  readonly return_url: string
  readonly cancel_url: string
  /** Where the gateway sends its signed events for this account. */
  readonly event_url: string
  /** Seconds since 1970 after which the gateway should refuse to be paid. */
  readonly expires_at_s: number
}

export type ChargeRequest = {
  readonly transaction_id: string
  readonly amount: Amount
  readonly reference: string
  readonly description: string
  /** A reusable credential made by the gateway, never a card number. */
  readonly token: string
  readonly event_url: string
}

export type RefundRequest = {
  readonly transaction_id: string
  /** The gateway's id of the charge to give money back from. */
  readonly charge_ref: string
  readonly amount: Amount
  readonly reason: string
}

/** By our own transaction id when the call's answer, and so the vendor's id, was lost. */
export type LookUpRequest = { readonly transaction_id: string; readonly gateway_ref: string | null }

export type RefundFact = {
  readonly gateway_ref: string
  readonly transaction_id: string | null
  readonly amount: bigint
  readonly status: 'pending' | 'succeeded' | 'failed'
  readonly message: string | null
}

/**
 * Everything the gateway says of one charge, as absolute amounts: merging the same facts again, or
 * older facts later, changes nothing.
 */
export type ObjectFacts = {
  readonly gateway_ref: string
  /** Our transaction id as the gateway knows it; null for a charge that was not made by us. */
  readonly transaction_id: string | null
  readonly account_ref: string
  readonly mode: 'test' | 'live'
  readonly currency: string
  /** What was asked for, in minor units. */
  readonly requested: bigint
  readonly captured: bigint
  readonly fee: bigint
  readonly status:
    | 'created'
    | 'action_required'
    | 'pending'
    | 'authorized'
    | 'succeeded'
    | 'failed'
    | 'canceled'
    | 'expired'
  readonly refunds: readonly RefundFact[]
  readonly reason: GatewayFault | null
  readonly message: string | null
  readonly card: { readonly brand: string; readonly last4: string } | null
  readonly country: string | null
  /** The vendor's own fields worth showing, already free of secrets. */
  readonly details: Readonly<Record<string, string>>
}

export type IncomingEvent = {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
  readonly now_ms: number
}

/** What a genuine event says: enough to store it once and to know which object to fetch. */
export type VerifiedEvent = {
  /** The vendor's event id; null where the dialect only names an object. */
  readonly dedupe_key: string | null
  readonly type: string
  /** The gateway's id of the charge concerned, to be fetched with our own credentials. */
  readonly object_ref: string
  readonly transaction_id: string | null
  readonly account_ref: string
  readonly mode: 'test' | 'live'
  /** Milliseconds since 1970, the vendor's clock. */
  readonly created_ms: number
}

export type EventRefusal =
  | 'signature_missing'
  | 'signature_wrong'
  | 'timestamp_outside_tolerance'
  | 'body_malformed'

export type Capabilities = {
  /** `key`: repeats with the same key are one effect. */
  readonly idempotency: 'key' | 'none'
  /** How long the gateway remembers a key; 0 if it does not. */
  readonly resend_window_ms: number
  readonly look_up: 'by_our_reference' | 'none'
  /** How long a new object may be missing from look-ups. */
  readonly look_up_lag_ms: number
  readonly refunds: 'none' | 'full' | 'partial'
  readonly charge_with_token: boolean
  /** Currencies taken, with the vendor's own digits where they differ from ISO 4217; null = all. */
  readonly currencies: Readonly<Record<string, number>> | null
}

export type CredentialField = {
  readonly name: string
  readonly label: { readonly en: string; readonly fr: string }
  readonly secret: boolean
}

export type SendOptions = { readonly signal?: AbortSignal }

/** What an adapter provides: data and functions. `prepare…` is pure, `send…` does one call. */
export type Gateway = {
  readonly name: string
  readonly label: string
  readonly capabilities: Capabilities
  readonly credentials: readonly CredentialField[]
  readonly methods: readonly { readonly slug: string; readonly label: { en: string; fr: string } }[]
  readonly prepareCheckout: (account: GatewayAccountConfig, request: CheckoutRequest) => GatewayCall
  readonly prepareCharge: (account: GatewayAccountConfig, request: ChargeRequest) => GatewayCall
  readonly prepareRefund: (account: GatewayAccountConfig, request: RefundRequest) => GatewayCall
  /** Sends frozen bytes for a checkout or a charge. */
  readonly sendCharge: (
    account: GatewayAccountConfig,
    call: GatewayCall,
    http: GatewayHttp,
  ) => Promise<Outcome<ObjectFacts>>
  readonly sendRefund: (
    account: GatewayAccountConfig,
    call: GatewayCall,
    http: GatewayHttp,
  ) => Promise<Outcome<RefundFact>>
  /** `not_found` is an answer; a failure to ask is `unknown`. */
  readonly lookUp: (
    account: GatewayAccountConfig,
    request: LookUpRequest,
    http: GatewayHttp,
  ) => Promise<LookUp>
  readonly readEvent: (
    account: GatewayAccountConfig,
    event: IncomingEvent,
  ) =>
    | { readonly ok: true; readonly event: VerifiedEvent }
    | { readonly ok: false; readonly refusal: EventRefusal }
  /** Where staff see this object at the vendor; null if there is no such page. */
  readonly dashboardUrl: (account: GatewayAccountConfig, gateway_ref: string) => string | null
}

export type LookUp =
  | { readonly kind: 'found'; readonly facts: ObjectFacts }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'unknown'; readonly message: string }

/** The answer of one HTTP exchange, whole or classified. */
export type HttpAnswer =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly body: string
      /** From a Retry-After header in seconds. */
      readonly retry_after_ms?: number
    }
  | { readonly kind: 'not_sent'; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string }

/** Florin's client for gateways: 10 s to connect, 25 s in all, at most 1 MB, no redirects. */
export type GatewayHttp = (request: {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}) => Promise<HttpAnswer>
