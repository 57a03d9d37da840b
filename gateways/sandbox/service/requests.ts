import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { digitsOf, toMinor } from '../currencies.ts'
import { ok, type Result, refuse } from './books.ts'

/** The largest amount of one request, in minor units. */
const MAX_MINOR = 1_000_000_000_000n

const Line = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const Url = Type.String({ minLength: 8, maxLength: 2000, pattern: '^https?://' })
const money = { amount: Line(40), currency: Line(5) }
const Reason = Type.String({ maxLength: 500 })

const CheckoutRequest = Type.Object({
  ...money,
  transaction_id: Line(100),
  reference: Type.String({ maxLength: 500 }),
  description: Type.String({ maxLength: 1000 }),
  locale: Line(20),
  return_url: Url,
  cancel_url: Url,
  event_url: Url,
  expires_at: Type.Integer({ minimum: 1, maximum: 9_999_999_999 }),
})
export type CheckoutRequest = Static<typeof CheckoutRequest>

const ChargeRequest = Type.Object({
  ...money,
  transaction_id: Line(100),
  reference: Type.String({ maxLength: 500 }),
  description: Type.String({ maxLength: 1000 }),
  token: Line(60),
  event_url: Url,
})
export type ChargeRequest = Static<typeof ChargeRequest>

const RefundRequest = Type.Object({
  ...money,
  transaction_id: Line(100),
  charge: Line(60),
  reason: Reason,
})
export type RefundRequest = Static<typeof RefundRequest>

const DisputeRequest = Type.Object({ charge: Line(60), amount: Type.Optional(Line(40)) })
const DisputeOutcome = Type.Object({ outcome: Type.Enum(['won', 'lost']) })

export const readCheckoutRequest = (body: string) => withMoney(read(CheckoutRequest, body))
export const readChargeRequest = (body: string) => withMoney(read(ChargeRequest, body))
export const readRefundRequest = (body: string) => withMoney(read(RefundRequest, body))
export const readDisputeRequest = (body: string) => read(DisputeRequest, body)
export const readDisputeOutcome = (body: string) => read(DisputeOutcome, body)

export function readJson(body: string): Result<unknown> {
  try {
    return ok(JSON.parse(body))
  } catch {
    return refuse('request_malformed', 'The body is not JSON.')
  }
}

function read<T extends TSchema>(schema: T, body: string): Result<Static<T>> {
  const json = readJson(body)
  if (!json.ok) return json
  if (Value.Check(schema, json.value)) return ok(json.value as Static<T>)
  const [error] = Value.Errors(schema, json.value)
  const pointer = error?.instancePath ?? ''
  return refuse('request_malformed', `${pointer || 'The body'} ${error?.message ?? ''}`, pointer)
}

function withMoney<T extends { readonly amount: string; readonly currency: string }>(
  request: Result<T>,
): Result<T> {
  if (!request.ok) return request
  const { amount, currency } = request.value
  const refusal = amountRefusal(amount, currency)
  return refusal ?? request
}

/** Null for an amount that can be taken. */
export function amountRefusal(amount: string, currency: string): Result<never> | null {
  const digits = digitsOf(currency)
  if (digits === null) {
    return refuse('currency_unknown', `"${currency}" is not a currency here.`, '/currency')
  }
  const minor = toMinor(amount, currency)
  if (minor === null || minor === 0n || minor > MAX_MINOR) {
    const sentence = `Write an amount above zero with at most ${digits} decimals for ${currency}.`
    return refuse('amount_invalid', sentence, '/amount')
  }
  return null
}
