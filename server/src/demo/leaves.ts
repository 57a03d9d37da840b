import type { PastCharge } from '#gateways/sandbox/index.ts'
import type { Actor } from '#server/kernel/scope.ts'
import type { SettleInput, TransferInput } from '#server/ledger/index.ts'
import type { PaymentRow } from '#server/money/payments/index.ts'
import type { RefundRow } from '#server/money/refunds/index.ts'
import type { TransactionRow } from '#server/money/transactions/index.ts'
import type { LinkRow } from '#server/outside/links/index.ts'
import type { NewJob } from '#server/platform/jobs.ts'
import type { NewEvent } from '#server/platform/outbox.ts'
import type { NewAuditEntry } from '#server/records/audit/index.ts'
import type { GatewayName } from './gateways.ts'
import type { Customer } from './people.ts'
import type { Fact } from './waves.ts'

export type EventLine = NewEvent & {
  readonly id: string
  readonly actor: Actor
  readonly at_ms: number
}
export type AuditLine = NewAuditEntry & { readonly id: string; readonly at_ms: number }
export type SessionLine = {
  readonly id: string
  readonly payment_id: string
  readonly token_sha256: Buffer
  readonly locale: string
  readonly expires_ms: number
  readonly at_ms: number
}
export type NoticeLine = {
  readonly id: string
  readonly gateway: GatewayName
  readonly gateway_account_id: string
  readonly dedupe_key: string
  readonly type: string
  readonly status: 'applied' | 'duplicate' | 'parked' | 'refused'
  readonly verdict: string
  readonly reason: string | null
  readonly object_ref: string | null
  readonly payment_id: string | null
  readonly transaction_id: string | null
  readonly changed: readonly string[]
  readonly deliveries: number
  readonly body: string | null
  readonly at_ms: number
}
export type NoteLine = { id: string; payment_id: string; text: string; at_ms: number }
export type LinkLine = { readonly row: LinkRow; readonly actor: Actor }
export type WalletLine = { id: string; customer_id: string; currency: string; at_ms: number }
/** The transfers of one fact, posted together or not at all. */
export type Posting = Fact & { readonly transfers: readonly TransferInput[] }
/** What a refund held, let go of: every leg of it. */
export type Settling = Fact & { readonly inputs: readonly SettleInput[] }

/** Everything that stories leave behind, table by table. */
export type Leaves = {
  readonly payments: PaymentRow[]
  readonly transactions: TransactionRow[]
  readonly refunds: RefundRow[]
  readonly sessions: SessionLine[]
  readonly customers: Customer[]
  readonly wallets: WalletLine[]
  readonly links: LinkLine[]
  readonly events: EventLine[]
  readonly audits: AuditLine[]
  readonly notes: NoteLine[]
  readonly notices: NoticeLine[]
  readonly postings: Posting[]
  readonly settlings: Settling[]
  readonly past: PastCharge[]
  readonly jobs: NewJob[]
}

export const noLeaves = (): Leaves => ({
  payments: [],
  transactions: [],
  refunds: [],
  sessions: [],
  customers: [],
  wallets: [],
  links: [],
  events: [],
  audits: [],
  notes: [],
  notices: [],
  postings: [],
  settlings: [],
  past: [],
  jobs: [],
})
