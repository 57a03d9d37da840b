import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import type { GatewayFault, ObjectFacts, RefundFact } from '#gateway-kit'
import { toMinor } from './currencies.ts'

/** What the sandbox's API answers, as this adapter reads it; anything else is not an answer. */

const Text = Type.String({ minLength: 1, maxLength: 500 })
const Optional = Type.Union([Type.String({ maxLength: 500 }), Type.Null()])
const Decimal = Type.String({ minLength: 1, maxLength: 40 })
const Mode = Type.Enum(['test', 'live'])

const STATUS = {
  action_required: 'action_required',
  pending: 'pending',
  succeeded: 'succeeded',
  partially_captured: 'succeeded',
  failed: 'failed',
  canceled: 'canceled',
  expired: 'expired',
} as const satisfies Record<string, ObjectFacts['status']>
type WireStatus = keyof typeof STATUS
const statuses = Object.keys(STATUS) as WireStatus[]

const REASON: Readonly<Record<string, GatewayFault>> = {
  card_declined: 'card_declined',
  insufficient_funds: 'insufficient_funds',
  invalid_card: 'invalid_card',
  expired_card: 'expired_card',
  authentication_failed: 'authentication_failed',
  fraud_block: 'fraud_block',
  processing_error: 'processing_error',
  customer_canceled: 'customer_canceled',
  session_expired: 'session_expired',
  refund_refused: 'refund_refused',
}

/** The vendor's code in Florin's words; a code we do not know is still a refusal. */
export const reasonOf = (code: string): GatewayFault =>
  (Object.hasOwn(REASON, code) ? REASON[code] : undefined) ?? 'other'

const WireRefund = Type.Object({
  object: Type.Literal('refund'),
  id: Text,
  charge: Text,
  transaction_id: Optional,
  currency: Text,
  amount: Decimal,
  status: Type.Enum(['pending', 'succeeded', 'failed']),
  message: Optional,
})

const WireCharge = Type.Object({
  object: Type.Literal('charge'),
  id: Text,
  account: Text,
  mode: Mode,
  transaction_id: Text,
  currency: Text,
  amount: Decimal,
  amount_captured: Decimal,
  fee: Decimal,
  status: Type.Enum(statuses),
  failure: Type.Union([Type.Object({ code: Text, message: Type.String() }), Type.Null()]),
  card: Type.Union([Type.Object({ brand: Text, last4: Text }), Type.Null()]),
  country: Optional,
  next_action: Type.Union([Type.Object({ redirect_url: Text }), Type.Null()]),
  refunds: Type.Array(WireRefund, { maxItems: 1000 }),
  disputes: Type.Array(Type.Object({ id: Text, status: Text, amount: Decimal })),
})

const WireCharges = Type.Object({
  object: Type.Literal('list'),
  data: Type.Array(WireCharge, { maxItems: 100 }),
})

const WireError = Type.Object({
  error: Type.Object({
    code: Text,
    message: Type.String({ maxLength: 1000 }),
    charge: Type.Optional(Text),
  }),
})

const WireEvent = Type.Object({
  object: Type.Literal('event'),
  id: Text,
  type: Text,
  account: Text,
  mode: Mode,
  created_ms: Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 }),
  data: Type.Object({ object: WireCharge }),
})

export type ChargeAnswer = { readonly facts: ObjectFacts; readonly redirect_url: string | null }

function read<T extends TSchema>(schema: T, text: string): Static<T> | null {
  try {
    const value: unknown = JSON.parse(text)
    return Value.Check(schema, value) ? (value as Static<T>) : null
  } catch {
    return null
  }
}

export function readCharge(text: string): ChargeAnswer | null {
  const wire = read(WireCharge, text)
  return wire && chargeOf(wire)
}

export function readCharges(text: string): ChargeAnswer[] | null {
  const charges = read(WireCharges, text)?.data.map(chargeOf)
  return charges?.every((charge) => charge !== null) ? charges : null
}

export function readRefund(text: string): RefundFact | null {
  const wire = read(WireRefund, text)
  return wire && refundOf(wire, wire.currency)
}

export const readError = (text: string) => read(WireError, text)?.error ?? null

/** An event whose charge does not read as a charge is malformed, even if it is well signed. */
export function readEventBody(text: string): (Static<typeof WireEvent> & ChargeAnswer) | null {
  const wire = read(WireEvent, text)
  const charge = wire && chargeOf(wire.data.object)
  return charge && { ...wire, ...charge }
}

function chargeOf(wire: Static<typeof WireCharge>): ChargeAnswer | null {
  const { currency } = wire
  const requested = toMinor(wire.amount, currency)
  const captured = toMinor(wire.amount_captured, currency)
  const fee = toMinor(wire.fee, currency)
  const refunds = wire.refunds.map((refund) => refundOf(refund, currency))
  if (requested === null || captured === null || fee === null) return null
  if (!refunds.every((refund) => refund !== null)) return null
  const facts: ObjectFacts = {
    gateway_ref: wire.id,
    transaction_id: wire.transaction_id,
    account_ref: wire.account,
    mode: wire.mode,
    currency,
    requested,
    captured,
    fee,
    status: STATUS[wire.status],
    refunds,
    reason: wire.failure && reasonOf(wire.failure.code),
    message: wire.failure?.message ?? null,
    card: wire.card,
    country: wire.country,
    details: {
      sandbox_status: wire.status,
      ...(wire.failure && { failure_code: wire.failure.code }),
      ...Object.fromEntries(wire.disputes.map(({ id, status }) => [`dispute ${id}`, status])),
    },
  }
  return { facts, redirect_url: wire.next_action?.redirect_url ?? null }
}

function refundOf(wire: Static<typeof WireRefund>, currency: string): RefundFact | null {
  const amount = wire.currency === currency ? toMinor(wire.amount, currency) : null
  if (amount === null) return null
  const { id: gateway_ref, transaction_id, status, message } = wire
  return { gateway_ref, transaction_id, amount, status, message }
}
