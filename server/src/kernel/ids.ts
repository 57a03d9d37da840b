import { assert } from './assert.ts'

/**
 * TypeIDs (github.com/jetify-com/typeid, spec 0.3): prefix, `_`, and a UUIDv7 as 26 characters of
 * Crockford base32. Ids of one kind sort by creation time, to the millisecond.
 */
export const PREFIX = {
  payment: 'pay',
  transaction: 'txn',
  checkoutSession: 'cks',
  paymentLink: 'lnk',
  refund: 'rfd',
  wallet: 'wal',
  paymentMethod: 'pmt',
  gatewayAccount: 'gwa',
  customer: 'cus',
  member: 'mem',
  merchant: 'mer',
  shop: 'shp',
  gatewayEvent: 'gev',
  event: 'evt',
  ledgerAccount: 'lac',
  transfer: 'ltr',
  export: 'exp',
  job: 'job',
  apiKey: 'key',
  signIn: 'sin',
  auditEntry: 'aud',
  note: 'not',
  request: 'req',
} as const satisfies Record<string, string>

export type IdKind = keyof typeof PREFIX
export type Id<K extends IdKind> = `${(typeof PREFIX)[K]}_${string}`
export type PaymentId = Id<'payment'>
export type TransactionId = Id<'transaction'>
export type CheckoutSessionId = Id<'checkoutSession'>
export type PaymentLinkId = Id<'paymentLink'>
export type RefundId = Id<'refund'>
export type GatewayAccountId = Id<'gatewayAccount'>
export type CustomerId = Id<'customer'>
export type MemberId = Id<'member'>
export type MerchantId = Id<'merchant'>
export type ShopId = Id<'shop'>
export type GatewayEventId = Id<'gatewayEvent'>
export type ExportId = Id<'export'>

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const BODY = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/

/** Milliseconds since 1970 and 10 random bytes in; `pay_01k…` out. */
export function makeId<K extends IdKind>(kind: K, time_ms: number, random: Uint8Array): Id<K> {
  assert(random.length >= 10, 'an id needs 10 random bytes')
  let bits = BigInt(time_ms) << 80n
  for (let i = 0; i < 10; i++) bits |= BigInt(random[i] ?? 0) << BigInt(72 - 8 * i)
  bits = (bits & ~(0xfn << 76n)) | (0x7n << 76n)
  bits = (bits & ~(0x3n << 62n)) | (0x2n << 62n)
  return `${PREFIX[kind]}_${base32(bits)}`
}

function base32(bits: bigint): string {
  let text = ''
  for (let i = 125n; i >= 0n; i -= 5n) text += ALPHABET[Number((bits >> i) & 31n)]
  return text
}

export function isId<K extends IdKind>(kind: K, text: string): text is Id<K> {
  const prefix = `${PREFIX[kind]}_`
  return text.startsWith(prefix) && BODY.test(text.slice(prefix.length))
}

/** The kind a well-formed id names, or null. */
export function kindOfId(text: string): IdKind | null {
  const [prefix, body] = text.split('_')
  if (body === undefined || !BODY.test(body)) return null
  const found = Object.entries(PREFIX).find(([, known]) => known === prefix)
  return found ? (found[0] as IdKind) : null
}

/** When an id was made, in milliseconds since 1970. */
export function timeOfId(id: string): number {
  let bits = 0n
  for (const char of id.slice(id.indexOf('_') + 1)) {
    bits = (bits << 5n) | BigInt(ALPHABET.indexOf(char))
  }
  return Number(bits >> 80n)
}

/** The smallest id of a kind at a time: turns a date filter into a range of the primary key. */
export function lowestIdAt(kind: IdKind, time_ms: number): string {
  return `${PREFIX[kind]}_${base32(BigInt(time_ms) << 80n)}`
}
