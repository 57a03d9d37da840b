import type { Static } from 'typebox'
import type { CreatePaymentLink } from '#contract/collecting.ts'
import type {
  CancelPayment,
  CreateNote,
  CreatePayment,
  CreateRefund,
  MarkPaid,
} from '#contract/payments.ts'
import type { CreateApiKey, CreateCustomer, SignIn } from '#contract/people.ts'
import type {
  CreateExport,
  SandboxEvent,
  SandboxSwitchesInput,
  TestCard,
} from '#contract/watching.ts'
import type {
  ApiKey,
  AuditEntry,
  Customer,
  EffectPreview,
  Event,
  Export,
  GatewayAccount,
  GatewayEvent,
  HiddenRows,
  Home,
  ListSummary,
  Lookup,
  Me,
  PageOf,
  Payment,
  PaymentLink,
  PaymentMethod,
  Refund,
  SandboxSwitches,
  TimelineEntry,
  Transaction,
  Transfer,
  Wallet,
  WalletEntry,
} from './wire.ts'

type Data<T> = { data: T[] }
/** A plain list: the whole of it, or the part after `after` and where the next part begins. */
type Part<T> = { data: T[]; next: string | null }

export type Facets = {
  object: 'facets'
  key: string
  values: { value: string; label: string; count: number }[]
}

/** Every address that is read, and what it answers. */
export type Reads = {
  '/v1/me': Me
  '/v1/home': Home
  '/v1/payments': PageOf<Payment>
  '/v1/payments/summary': ListSummary
  '/v1/payments/hidden': HiddenRows
  '/v1/payments/facets': Facets
  '/v1/payments/{id}': Payment
  '/v1/payments/{id}/timeline': Data<TimelineEntry>
  '/v1/payments/{id}/transfers': Data<Transfer>
  '/v1/transactions': PageOf<Transaction>
  '/v1/transactions/{id}': Transaction
  '/v1/refunds': PageOf<Refund>
  '/v1/refunds/{id}': Refund
  '/v1/links': PageOf<PaymentLink>
  '/v1/links/{id}': PaymentLink
  '/v1/customers': PageOf<Customer>
  '/v1/customers/{id}': Customer
  '/v1/wallets': Part<Wallet>
  '/v1/wallets/{id}': Wallet
  '/v1/wallets/{id}/entries': Part<WalletEntry>
  '/v1/gateway_accounts': Data<GatewayAccount>
  '/v1/gateway_accounts/{id}': GatewayAccount
  '/v1/payment_methods': Data<PaymentMethod>
  '/v1/gateway_events': PageOf<GatewayEvent>
  '/v1/gateway_events/{id}': GatewayEvent
  '/v1/events': PageOf<Event>
  '/v1/events/{id}': Event
  '/v1/lookup/{id}': Lookup
  '/v1/exports': PageOf<Export>
  '/v1/exports/{id}': Export
  '/v1/api_keys': Data<ApiKey>
  '/v1/audit_entries': Part<AuditEntry>
  '/v1/test_tools/cards': Data<Static<typeof TestCard>>
  '/v1/test_tools/sandbox': SandboxSwitches
  '/v1/test_tools/sandbox/events': Data<Static<typeof SandboxEvent>>
}

type Write<Body, Answer> = { body: Body; answer: Answer }
type Verified = {
  ok: boolean
  entries: number
  waiting: number
  first_bad: { entry_id: string; why: string } | null
}

/** Every address that is written to: what it takes and what it answers. */
export type Writes = {
  'POST /v1/sign_in': Write<Static<typeof SignIn>, Me>
  'POST /v1/sign_out': Write<undefined, undefined>
  'POST /v1/payments': Write<CreatePayment, Payment>
  'POST /v1/payments/{id}/refunds': Write<Static<typeof CreateRefund>, Refund | EffectPreview>
  'POST /v1/payments/{id}/mark_paid': Write<Static<typeof MarkPaid>, Payment | EffectPreview>
  'POST /v1/payments/{id}/cancel': Write<Static<typeof CancelPayment>, Payment | EffectPreview>
  'POST /v1/payments/{id}/sync': Write<Record<string, never>, Payment>
  'POST /v1/payments/{id}/notes': Write<Static<typeof CreateNote>, TimelineEntry>
  'POST /v1/links': Write<Static<typeof CreatePaymentLink>, PaymentLink>
  'POST /v1/links/{id}/cancel': Write<Record<string, never>, PaymentLink>
  'POST /v1/customers': Write<Static<typeof CreateCustomer>, Customer>
  'PATCH /v1/customers/{id}': Write<Static<typeof CreateCustomer>, Customer>
  'POST /v1/gateway_events/{id}/replay': Write<Record<string, never>, GatewayEvent>
  'POST /v1/exports': Write<Static<typeof CreateExport>, Export>
  'POST /v1/exports/{id}/cancel': Write<Record<string, never>, Export>
  'POST /v1/exports/{id}/resume': Write<Record<string, never>, Export>
  'POST /v1/api_keys': Write<Static<typeof CreateApiKey>, ApiKey>
  'POST /v1/api_keys/{id}/revoke': Write<Record<string, never>, ApiKey>
  'POST /v1/audit_entries/verify': Write<Record<string, never>, Verified>
  'PUT /v1/test_tools/sandbox': Write<Static<typeof SandboxSwitchesInput>, SandboxSwitches>
  'POST /v1/test_tools/sandbox/reset': Write<Record<string, never>, SandboxSwitches>
  'POST /v1/test_tools/sandbox/events/{id}/resend': Write<Record<string, never>, unknown>
  'POST /v1/test_tools/test_payment': Write<
    Record<string, never>,
    { payment_id: string; checkout_url: string }
  >
}
