import { formatAmount } from '#server/kernel/money.ts'
import type { RefundRow } from '#server/money/refunds/index.ts'
import type { TransactionRow } from '#server/money/transactions/index.ts'
import { type GatewayName, HABITS, type Notice } from './gateways.ts'
import { newId, type Story } from './story.ts'

/** How long a gateway's notice is under way. */
const UNDER_WAY_MS = 340

/** The gateway's signed notice of what a charge has come to; null: somebody else was faster. */
export function notice(
  story: Story,
  charge: TransactionRow,
  changed: readonly string[] | null,
): void {
  const kind = kindOf(charge)
  if (kind !== null) keep(story, charge, kind, objectOf(story, charge), changed)
}

export function refundNotice(
  story: Story,
  { refund, transaction }: { refund: RefundRow; transaction: TransactionRow },
  changed: readonly string[] | null,
): void {
  if (refund.status !== 'succeeded') return
  const charge = story.charges.find((one) => one.id === transaction.charge_id) ?? transaction
  const body = {
    ...objectOf(story, charge),
    refund: { id: refund.gateway_ref, amount: formatAmount(refund.amount, refund.currency) },
  }
  keep(story, charge, 'refunded', body, changed)
}

function kindOf(charge: TransactionRow): Notice | null {
  if (charge.state === 'action_required') return null
  if (charge.state === 'pending') return 'pending'
  if (charge.state === 'approved') return charge.approved < charge.amount ? 'part' : 'paid'
  if (charge.reason === 'customer_canceled') return 'canceled'
  return charge.reason === 'session_expired' ? 'expired' : 'failed'
}

function keep(
  story: Story,
  charge: TransactionRow,
  kind: Notice,
  object: object,
  changed: readonly string[] | null,
): void {
  const gateway = charge.gateway as GatewayName
  const type = HABITS[gateway].says[kind]
  const key = `sev_${story.dice.text('0123456789abcdefghjkmnpqrstvwxyz', 26)}`
  const late_ms = changed === null ? Math.min(UNDER_WAY_MS, leftOf(story)) : 0
  const at_ms = story.now_ms + late_ms
  story.leaves.notices.push({
    id: story.idAt('gatewayEvent', at_ms),
    gateway,
    gateway_account_id: charge.gateway_account_id ?? '',
    dedupe_key: key,
    type,
    status: changed === null ? 'duplicate' : 'applied',
    verdict: 'verified',
    reason: null,
    object_ref: charge.gateway_ref,
    payment_id: story.row.id,
    transaction_id: charge.id,
    changed: changed ?? [],
    deliveries: story.dice.chance(3) ? 2 : 1,
    body: bodyOf(gateway, key, type, charge, object, at_ms - Math.floor(late_ms / 2)),
    at_ms,
  })
}

const leftOf = (story: Story): number =>
  Math.max(0, Math.floor((story.stage.until_ms - story.now_ms) / 2))

/** In the words of the sandbox's own events; the others speak alike, as far as the demo goes. */
function bodyOf(
  gateway: GatewayName,
  id: string,
  type: string,
  charge: TransactionRow,
  object: object,
  created_ms: number,
): string {
  if (gateway === 'mollie') return `id=${charge.gateway_ref}`
  return JSON.stringify({ id, object: 'event', type, mode: 'test', created_ms, data: { object } })
}

function objectOf(story: Story, charge: TransactionRow): object {
  const { currency } = charge
  const money = (amount: bigint) => formatAmount(amount, currency)
  const { row, stage } = story
  return {
    object: 'charge',
    id: charge.gateway_ref,
    account: stage.accounts[charge.gateway as GatewayName]?.account_ref ?? null,
    mode: 'test',
    transaction_id: charge.id,
    reference: row.reference,
    currency,
    amount: money(charge.amount),
    amount_captured: money(charge.approved),
    fee: money(charge.fee),
    status: kindOf(charge),
    failure: charge.reason ? { code: charge.reason, message: charge.message } : null,
    card: row.card_last4 ? { brand: row.card_brand, last4: row.card_last4 } : null,
    country: row.country,
  }
}

const FORGED = ['refused', 'signature_wrong', 'signature_wrong'] as const
const TOO_OLD = ['refused', 'timestamp_outside_tolerance', 'timestamp_outside_tolerance'] as const
const ASTRAY = ['parked', 'verified', 'unknown_object'] as const
const MISTAKEN = ['parked', 'verified', 'other_amount'] as const
const STRAYS = [
  ...[FORGED, ASTRAY, FORGED, TOO_OLD, FORGED, FORGED],
  ...[TOO_OLD, FORGED, MISTAKEN, FORGED, TOO_OLD, FORGED],
] as const

/** Now and then a notice is no good: forged, too old, or about money that nobody asked for. */
export function strayNotice(story: Story, number: number): void {
  const { stage, dice } = story
  const account = stage.accounts.sandbox ?? stage.accounts.stripe
  if (!account) return
  const gateway = stage.accounts.sandbox ? 'sandbox' : 'stripe'
  const [status, verdict, reason] = STRAYS[number % STRAYS.length] ?? FORGED
  const genuine = status === 'parked'
  const object_ref = genuine ? HABITS[gateway].chargeRef(dice) : null
  const object = { object: 'charge', id: object_ref, account: account.account_ref, mode: 'test' }
  story.leaves.notices.push({
    id: newId(story, 'gatewayEvent'),
    gateway,
    gateway_account_id: account.id,
    dedupe_key: genuine ? `sev_${object_ref}` : `refused:${verdict}:${story.now_ms}`,
    type: genuine ? HABITS[gateway].says.paid : 'unverified',
    status,
    verdict,
    reason,
    object_ref,
    payment_id: null,
    transaction_id: null,
    changed: [],
    deliveries: genuine ? 1 : dice.between(1, 6),
    body: genuine ? JSON.stringify({ object: 'event', mode: 'test', data: { object } }) : null,
    at_ms: story.now_ms,
  })
}
