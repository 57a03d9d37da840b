import { type Static, Type } from 'typebox'
import { idOf, Metadata, Mode, Money, NullableText, nullable, Timestamp } from './shapes.ts'

export const PAYMENT_STATUSES = [
  'open',
  'processing',
  'authorized',
  'partially_paid',
  'succeeded',
  'failed',
  'canceled',
  'expired',
] as const
export const PaymentStatus = Type.Enum([...PAYMENT_STATUSES])
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number]

/** Amount facts beside the status, never folded into it. */
export const PAYMENT_FLAGS = [
  'needs_action',
  'partial',
  'overpaid',
  'refunded',
  'partly_refunded',
  'disputed',
  'manual',
  'late',
  'uncredited',
] as const
export type PaymentFlag = (typeof PAYMENT_FLAGS)[number]

/** Why money did not come; `reason:` in the query language. */
export const FAILURE_REASONS = [
  'card_declined',
  'insufficient_funds',
  'invalid_card',
  'expired_card',
  'authentication_failed',
  'fraud_block',
  'processing_error',
  'customer_canceled',
  'session_expired',
  'gateway_timeout',
  'other',
] as const
export type FailureReason = (typeof FAILURE_REASONS)[number]

export const PURPOSES = ['api', 'link', 'top_up'] as const
export type Purpose = (typeof PURPOSES)[number]

export const ACTIONS = ['refund', 'cancel', 'sync', 'mark_paid'] as const
export type PaymentAction = (typeof ACTIONS)[number]

/** One action → whether it may be done now, and if not, why (a code the interface words). */
export const ActionState = Type.Object({
  allowed: Type.Boolean(),
  why_not: NullableText,
})

/** What staff or payer should do next; the interface words it. */
export const NEXT_STEPS = [
  'wait_for_payer',
  'wait_for_gateway',
  'check_with_gateway',
  'collect_remainder',
  'refund_excess',
  'ask_other_method',
  'none_old',
  'nothing',
  'gateway_fact_pending',
] as const
export type NextStep = (typeof NEXT_STEPS)[number]

export const Actor = Type.Object({
  kind: Type.Union([
    Type.Literal('member'),
    Type.Literal('key'),
    Type.Literal('payer'),
    Type.Literal('gateway'),
    Type.Literal('system'),
  ]),
  id: NullableText,
  name: NullableText,
})
export type Actor = Static<typeof Actor>

export const CustomerRef = Type.Object({
  id: Type.String(),
  name: NullableText,
  email: NullableText,
})

export const Transaction = Type.Object(
  {
    id: idOf('txn', 'One charge, refund or chargeback under a payment'),
    object: Type.Literal('transaction'),
    mode: Mode,
    payment_id: Type.String(),
    type: Type.Union([Type.Literal('charge'), Type.Literal('refund'), Type.Literal('chargeback')]),
    status: Type.Union([
      Type.Literal('processing'),
      Type.Literal('approved'),
      Type.Literal('rejected'),
    ]),
    state: Type.String({ description: 'The exact step: prepared, dispatched, unknown, pending…' }),
    amount: Money,
    approved_amount: Money,
    gateway: NullableText,
    gateway_account_id: NullableText,
    gateway_ref: NullableText,
    gateway_url: NullableText,
    method: NullableText,
    reason: NullableText,
    message: NullableText,
    attempts: Type.Integer(),
    manual: Type.Boolean(),
    created_at: Timestamp,
    updated_at: Timestamp,
  },
  { $id: 'Transaction' },
)
export type Transaction = Static<typeof Transaction>

export const Payment = Type.Object(
  {
    id: idOf('pay', 'One intention to collect one amount from one payer'),
    object: Type.Literal('payment'),
    mode: Mode,
    status: PaymentStatus,
    flags: Type.Array(Type.String({ description: `One of ${PAYMENT_FLAGS.join(', ')}.` })),
    purpose: Type.String({ description: `What it is for: ${PURPOSES.join(', ')}.` }),
    source: Type.String({
      description: 'Where it began: api, link, checkout, dashboard, gateway.',
    }),
    amount: Money,
    captured_amount: Money,
    refunded_amount: Money,
    refundable_amount: Money,
    fee_amount: Money,
    net_amount: Money,
    credited_amount: nullable(Money),
    reference: NullableText,
    description: NullableText,
    payer_name: NullableText,
    payer_email: NullableText,
    country: NullableText,
    customer: nullable(CustomerRef),
    shop: nullable(Type.Object({ id: Type.String(), name: Type.String() })),
    gateway: NullableText,
    gateway_account_id: NullableText,
    method: NullableText,
    gateway_ref: NullableText,
    card: nullable(Type.Object({ brand: Type.String(), last4: Type.String() })),
    reason: NullableText,
    message: NullableText,
    session_id: NullableText,
    link_id: NullableText,
    checkout_url: Type.Optional(nullable(Type.String())),
    metadata: Metadata,
    created_by: Actor,
    created_at: Timestamp,
    updated_at: Timestamp,
    expires_at: nullable(Timestamp),
    processed_at: nullable(Timestamp),
    version: Type.Integer(),
    next_step: Type.String(),
    transactions: Type.Optional(Type.Array(Transaction)),
    actions: Type.Optional(Type.Record(Type.String(), ActionState)),
    gateway_details: Type.Optional(Type.Record(Type.String(), Type.String())),
    gateway_url: Type.Optional(NullableText),
  },
  { $id: 'Payment' },
)
export type Payment = Static<typeof Payment>

export const PayerInput = {
  reference: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  description: Type.Optional(Type.String({ maxLength: 500 })),
  payer_name: Type.Optional(Type.String({ maxLength: 200 })),
  payer_email: Type.Optional(Type.String({ maxLength: 320 })),
  customer_id: Type.Optional(Type.String({ maxLength: 64 })),
  shop_id: Type.Optional(Type.String({ maxLength: 64 })),
  metadata: Type.Optional(Metadata),
}

export const CreatePayment = Type.Object(
  {
    amount: Money,
    purpose: Type.Optional(Type.Union([Type.Literal('api'), Type.Literal('top_up')])),
    ...PayerInput,
    success_url: Type.Optional(Type.String({ maxLength: 2000 })),
    cancel_url: Type.Optional(Type.String({ maxLength: 2000 })),
    locale: Type.Optional(Type.Union([Type.Literal('en'), Type.Literal('fr')])),
    expires_in_s: Type.Optional(Type.Integer({ minimum: 60, maximum: 2_592_000 })),
    recorded: Type.Optional(
      Type.Object(
        {
          method: Type.Union([
            Type.Literal('cash'),
            Type.Literal('bank_transfer'),
            Type.Literal('other'),
          ]),
          reason: Type.String({ minLength: 3, maxLength: 500 }),
        },
        {
          additionalProperties: false,
          description: 'Money already received outside any gateway: the payment succeeds at once.',
        },
      ),
    ),
  },
  { additionalProperties: false, $id: 'CreatePayment' },
)
export type CreatePayment = Static<typeof CreatePayment>

export const CreateCharge = Type.Object(
  {
    gateway_account_id: Type.Optional(Type.String({ maxLength: 64 })),
    token: Type.String({
      minLength: 3,
      maxLength: 200,
      description: "A gateway's reusable credential.",
    }),
  },
  { additionalProperties: false, $id: 'CreateCharge' },
)

export const CreateRefund = Type.Object(
  {
    amount: Type.Optional(Money),
    reason: Type.String({ minLength: 3, maxLength: 500 }),
    dry_run: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, $id: 'CreateRefund' },
)

export const MarkPaid = Type.Object(
  {
    amount: Type.Optional(Money),
    confirmed_by: Type.Union([
      Type.Literal('gateway_dashboard'),
      Type.Literal('bank_statement'),
      Type.Literal('cash'),
      Type.Literal('other'),
    ]),
    reason: Type.String({ minLength: 3, maxLength: 500 }),
    dry_run: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, $id: 'MarkPaid' },
)

export const CancelPayment = Type.Object(
  {
    reason: Type.Optional(Type.String({ maxLength: 500 })),
    dry_run: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, $id: 'CancelPayment' },
)

/** What an action would do, line by line, before it is done. */
export const EffectPreview = Type.Object(
  {
    object: Type.Literal('effect_preview'),
    status: Type.Object({ from: Type.String(), to: Type.String() }),
    lines: Type.Array(
      Type.Object({
        what: Type.String({ description: 'A code the interface words, e.g. `wallet_debited`.' }),
        before: nullable(Money),
        change: Money,
        after: nullable(Money),
      }),
    ),
    max: nullable(Money),
    why_max: NullableText,
  },
  { $id: 'EffectPreview' },
)
export type EffectPreview = Static<typeof EffectPreview>

export const Refund = Type.Object(
  {
    id: idOf('rfd', 'Money given back'),
    object: Type.Literal('refund'),
    mode: Mode,
    payment_id: Type.String(),
    transaction_id: NullableText,
    status: Type.String({ description: 'requested, sending, unknown, succeeded or failed.' }),
    amount: Money,
    reason: Type.String(),
    message: NullableText,
    source: Type.String({
      description: 'dashboard, api or gateway (made in the vendor’s own dashboard).',
    }),
    gateway: NullableText,
    gateway_ref: NullableText,
    customer: nullable(CustomerRef),
    created_by: Actor,
    created_at: Timestamp,
    updated_at: Timestamp,
  },
  { $id: 'Refund' },
)
export type Refund = Static<typeof Refund>

export const Transfer = Type.Object(
  {
    id: idOf('ltr', 'One debit and one credit of one amount'),
    object: Type.Literal('transfer'),
    amount: Money,
    debit: Type.Object({ account_id: Type.String(), kind: Type.String(), owner: Type.String() }),
    credit: Type.Object({ account_id: Type.String(), kind: Type.String(), owner: Type.String() }),
    state: Type.Union([Type.Literal('posted'), Type.Literal('pending'), Type.Literal('voided')]),
    source_kind: Type.String(),
    source_id: Type.String(),
    leg: Type.Integer(),
    created_at: Timestamp,
  },
  { $id: 'Transfer' },
)
export type Transfer = Static<typeof Transfer>

/**
 * One line of a payment's story: our events, gateway events, staff actions and notes, oldest first.
 */
export const TimelineEntry = Type.Object(
  {
    id: Type.String(),
    at: Timestamp,
    kind: Type.Union([
      Type.Literal('event'),
      Type.Literal('gateway_event'),
      Type.Literal('action'),
      Type.Literal('note'),
    ]),
    code: Type.String({
      description: 'What happened, e.g. `payment.succeeded`; the interface words it.',
    }),
    actor: Actor,
    amount: nullable(Money),
    text: NullableText,
    money: Type.Boolean({ description: 'Whether it moved or decided money.' }),
    data: Type.Record(Type.String(), Type.Unknown()),
  },
  { $id: 'TimelineEntry' },
)
export type TimelineEntry = Static<typeof TimelineEntry>

export const CreateNote = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: 4000 }) },
  { additionalProperties: false, $id: 'CreateNote' },
)
