/** The shapes on the wire, as types only: the schemas stay on the server. */

export type {
  CheckoutSession,
  GatewayAccount,
  PaymentLink,
  PaymentMethod,
} from '#contract/collecting.ts'
export type {
  Actor,
  EffectPreview,
  Payment,
  PaymentStatus,
  Refund,
  TimelineEntry,
  Transaction,
  Transfer,
} from '#contract/payments.ts'
export type { ApiKey, AuditEntry, Customer, Me, Wallet, WalletEntry } from '#contract/people.ts'
export type { Mode, Money, PageOf, Problem } from '#contract/shapes.ts'
export type {
  Event,
  Export,
  GatewayEvent,
  HiddenRows,
  Home,
  ListSummary,
  Lookup,
  SandboxSwitches,
} from '#contract/watching.ts'
