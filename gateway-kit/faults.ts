/**
 * Why a charge did not happen, in Florin's own words. An adapter maps the vendor's codes to these
 * and keeps the vendor's text in `message`.
 */
export type GatewayFault =
  | 'card_declined'
  | 'insufficient_funds'
  | 'invalid_card'
  | 'expired_card'
  | 'authentication_failed'
  | 'fraud_block'
  | 'processing_error'
  | 'customer_canceled'
  | 'session_expired'
  | 'refund_refused'
  | 'unsupported'
  /** Our key was not accepted: this call did nothing, which says nothing of an earlier one. */
  | 'credentials_refused'
  | 'other'
