import { type Static, Type } from 'typebox'
import { PayerInput } from './payments.ts'
import { idOf, Mode, Money, NullableText, nullable, Timestamp } from './shapes.ts'

export const CheckoutSession = Type.Object(
  {
    id: idOf('cks', 'One visit of the payer'),
    object: Type.Literal('checkout_session'),
    mode: Mode,
    payment_id: Type.String(),
    status: Type.Union([Type.Literal('open'), Type.Literal('complete'), Type.Literal('expired')]),
    url: { ...NullableText, description: 'The page to send the payer to; only told to its maker.' },
    amount: Money,
    locale: NullableText,
    success_url: NullableText,
    cancel_url: NullableText,
    expires_at: Timestamp,
    created_at: Timestamp,
  },
  { $id: 'CheckoutSession' },
)
export type CheckoutSession = Static<typeof CheckoutSession>

export const CreateCheckoutSession = Type.Object(
  {
    payment_id: Type.Optional(Type.String({ maxLength: 64 })),
    amount: Type.Optional(Money),
    purpose: Type.Optional(Type.Union([Type.Literal('api'), Type.Literal('top_up')])),
    ...PayerInput,
    success_url: Type.Optional(Type.String({ maxLength: 2000 })),
    cancel_url: Type.Optional(Type.String({ maxLength: 2000 })),
    locale: Type.Optional(Type.Union([Type.Literal('en'), Type.Literal('fr')])),
    expires_in_s: Type.Optional(Type.Integer({ minimum: 60, maximum: 2_592_000 })),
  },
  { additionalProperties: false, $id: 'CreateCheckoutSession' },
)

export const PaymentLink = Type.Object(
  {
    id: idOf('lnk', 'A URL that asks for money'),
    object: Type.Literal('payment_link'),
    mode: Mode,
    status: Type.Union([
      Type.Literal('open'),
      Type.Literal('partially_paid'),
      Type.Literal('paid'),
      Type.Literal('expired'),
      Type.Literal('canceled'),
    ]),
    url: Type.String(),
    amount: { ...nullable(Money), description: 'Null: the payer chooses (see `currency`).' },
    currency: Type.String(),
    reference: NullableText,
    description: NullableText,
    payer_name: NullableText,
    payer_email: NullableText,
    customer_id: NullableText,
    payment_id: NullableText,
    reusable: Type.Boolean(),
    due_on: NullableText,
    expires_at: nullable(Timestamp),
    locale: NullableText,
    created_at: Timestamp,
  },
  { $id: 'PaymentLink' },
)
export type PaymentLink = Static<typeof PaymentLink>

export const CreatePaymentLink = Type.Object(
  {
    amount: Type.Optional(Money),
    currency: Type.Optional(Type.String({ maxLength: 12 })),
    ...PayerInput,
    due_on: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
    expires_in_s: Type.Optional(Type.Integer({ minimum: 60, maximum: 31_536_000 })),
    locale: Type.Optional(Type.Union([Type.Literal('en'), Type.Literal('fr')])),
  },
  { additionalProperties: false, $id: 'CreatePaymentLink' },
)

export const PaymentMethod = Type.Object(
  {
    id: idOf('pmt', 'What the payer picks'),
    object: Type.Literal('payment_method'),
    mode: Mode,
    name: Type.String(),
    slug: Type.String(),
    description: Type.String(),
    is_active: Type.Boolean(),
    gateway: Type.String(),
    gateway_account_id: Type.String(),
    currencies: { ...nullable(Type.Array(Type.String())), description: 'Null: every currency.' },
    position: Type.Integer(),
  },
  { $id: 'PaymentMethod' },
)
export type PaymentMethod = Static<typeof PaymentMethod>

export const GatewayAccount = Type.Object(
  {
    id: idOf('gwa', 'Our credentials at a gateway'),
    object: Type.Literal('gateway_account'),
    mode: Mode,
    gateway: Type.String(),
    name: Type.String(),
    active: Type.Boolean(),
    event_url: Type.String(),
    last_event_at: nullable(Timestamp),
    succeeded_24h: Type.Integer(),
    failed_24h: Type.Integer(),
    unknown_now: Type.Integer(),
    created_at: Timestamp,
  },
  { $id: 'GatewayAccount' },
)
export type GatewayAccount = Static<typeof GatewayAccount>
