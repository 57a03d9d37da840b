import { type Static, Type } from 'typebox'
import { idOf, Mode, Money, NullableText, nullable, Timestamp } from './shapes.ts'

export const Customer = Type.Object(
  {
    id: idOf('cus', 'Who pays'),
    object: Type.Literal('customer'),
    mode: Mode,
    name: NullableText,
    email: NullableText,
    label: { ...NullableText, description: 'Your own id for this person.' },
    country: NullableText,
    payments_count: Type.Integer(),
    wallets: Type.Optional(Type.Array(Type.Object({ id: Type.String(), balance: Money }))),
    created_at: Timestamp,
  },
  { $id: 'Customer' },
)
export type Customer = Static<typeof Customer>

export const CreateCustomer = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    email: Type.Optional(Type.String({ pattern: '^[^\\s@]+@[^\\s@]+$', maxLength: 320 })),
    label: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
  },
  { additionalProperties: false, $id: 'CreateCustomer' },
)

export const Wallet = Type.Object(
  {
    id: idOf('wal', "A customer's balance in one currency, a view of a ledger account"),
    object: Type.Literal('wallet'),
    mode: Mode,
    customer_id: Type.String(),
    balance: Money,
    held: { ...Money, description: 'Held by pending transfers, such as a refund on its way.' },
    available: Money,
  },
  { $id: 'Wallet' },
)
export type Wallet = Static<typeof Wallet>

export const WalletEntry = Type.Object(
  {
    id: Type.String(),
    object: Type.Literal('wallet_entry'),
    at: Timestamp,
    amount: { ...Money, description: 'Signed: a debit is negative.' },
    balance_after: Money,
    source_kind: Type.String(),
    source_id: Type.String(),
    payment_id: NullableText,
  },
  { $id: 'WalletEntry' },
)
export type WalletEntry = Static<typeof WalletEntry>

/** The signed-in person or key, and where they are. */
export const Me = Type.Object(
  {
    object: Type.Literal('me'),
    member: nullable(Type.Object({ id: Type.String(), email: Type.String(), name: Type.String() })),
    key: nullable(Type.Object({ id: Type.String(), name: Type.String() })),
    merchant: Type.Object({
      id: Type.String(),
      name: Type.String(),
      time_zone: Type.String(),
      currency: Type.String(),
      locale: Type.String(),
    }),
    shops: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
    modes: Type.Array(Mode),
    permissions: Type.Array(Type.String()),
  },
  { $id: 'Me' },
)
export type Me = Static<typeof Me>

export const SignIn = Type.Object(
  {
    email: Type.String({ pattern: '^[^\\s\\u0000]{3,320}$' }),
    password: Type.String({ minLength: 1, maxLength: 1000 }),
  },
  { additionalProperties: false, $id: 'SignIn' },
)

export const ApiKey = Type.Object(
  {
    id: idOf('key', 'An API key'),
    object: Type.Literal('api_key'),
    mode: Mode,
    name: Type.String(),
    prefix: { ...Type.String(), description: 'The first characters, to recognise it by.' },
    scopes: Type.Array(Type.String()),
    secret: Type.Optional(Type.String({ description: 'Shown once, when it is made.' })),
    last_used_at: nullable(Timestamp),
    expires_at: nullable(Timestamp),
    revoked_at: nullable(Timestamp),
    created_at: Timestamp,
  },
  { $id: 'ApiKey' },
)
export type ApiKey = Static<typeof ApiKey>

export const CreateApiKey = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    scopes: Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 60 }),
    expires_in_days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
  },
  { additionalProperties: false, $id: 'CreateApiKey' },
)

export const AuditEntry = Type.Object(
  {
    id: idOf('aud', 'What a person or key did'),
    object: Type.Literal('audit_entry'),
    at: Timestamp,
    actor_kind: Type.String(),
    actor_id: NullableText,
    actor_name: NullableText,
    action: Type.String(),
    object_id: NullableText,
    reason: NullableText,
    changes: Type.Record(Type.String(), Type.Unknown()),
    request_id: NullableText,
    ip: NullableText,
    sealed: Type.Boolean(),
  },
  { $id: 'AuditEntry' },
)
export type AuditEntry = Static<typeof AuditEntry>
