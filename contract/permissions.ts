/**
 * `access_…` sees, verbs act. A route declares exactly one; an API key's scopes are the same
 * strings.
 * `public` routes carry their own proof (a token in the path, a gateway's signature).
 */
export const PERMISSIONS = [
  'access_dashboard',
  'access_payments',
  'access_payment_details',
  'create_payment',
  'create_payment_link',
  'create_transaction',
  'cancel_payment',
  'sync_payment',
  'mark_payment_paid',
  'annotate_payment',
  'export_payments',
  'access_refunds',
  'request_refund',
  'access_wallets',
  'access_ledger',
  'access_customers',
  'manage_customers',
  'access_gateways',
  'access_webhook_inbox',
  'replay_webhooks',
  'access_events',
  'access_api_keys',
  'manage_api_keys',
  'access_audit_log',
  'verify_audit_log',
  'use_test_tools',
] as const
export type Permission = (typeof PERMISSIONS)[number]

/** Never for keys: these need a person. */
export const PERSON_ONLY: readonly Permission[] = ['mark_payment_paid', 'manage_api_keys']
