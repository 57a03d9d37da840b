import type { Actor } from '#server/kernel/scope.ts'
import type { TransactionRow } from '#server/money/transactions/index.ts'
import { MINUTE_MS } from './calendar.ts'
import { hear, startCharge } from './charges.ts'
import { GATEWAYS, type GatewayName, HABITS } from './gateways.ts'
import { askRefund, endRefund } from './refunds.ts'
import { type Story, wait } from './story.ts'

/** Who pays by what, once and for all of a story. */
export type Play = {
  readonly gateway: GatewayName
  readonly method: string
  readonly card: { readonly brand: string; readonly last4: string } | null
  readonly country: string
}

const REASONS = {
  card_declined: 'The card was declined.',
  insufficient_funds: 'The card has insufficient funds.',
  invalid_card: 'The card number is not valid.',
  expired_card: 'The card has expired.',
  authentication_failed: 'The payer did not pass 3-D Secure.',
  fraud_block: 'The charge was blocked as risky.',
  processing_error: 'An error occurred while processing the card.',
  other: 'The payment could not be completed.',
} as const
export type Reason = keyof typeof REASONS
export const OFTEN: readonly (readonly [number, Reason])[] = [
  [40, 'card_declined'],
  [27, 'insufficient_funds'],
  [10, 'authentication_failed'],
  [7, 'expired_card'],
  [6, 'processing_error'],
  [5, 'invalid_card'],
  [4, 'fraud_block'],
  [1, 'other'],
]

/** The payer chooses, and is sent to the gateway's page. */
export function visit(story: Story, play: Play): TransactionRow {
  wait(story, 15_000, 5 * MINUTE_MS)
  const charge = startCharge(story, play.gateway, play.method)
  wait(story, 180, 900)
  hear(story, charge, { state: 'action_required' }, 'answer')
  return charge
}

export function pays(story: Story, charge: TransactionRow, play: Play, percent = 100): void {
  wait(story, 20_000, 4 * MINUTE_MS)
  const { card, country } = play
  const way = story.dice.chance(70) ? 'event' : 'answer'
  hear(story, charge, { state: 'approved', percent, card, country }, way)
}

export function isDeclined(
  story: Story,
  charge: TransactionRow,
  play: Play,
  reason?: Reason,
): void {
  wait(story, 20_000, 3 * MINUTE_MS)
  const why = reason ?? story.dice.draw(OFTEN)
  const { card, country } = play
  hear(
    story,
    charge,
    { state: 'rejected', reason: why, message: REASONS[why], card, country },
    'event',
  )
}

/** The shop charges a stored card. */
export function byToken(story: Story, play: Play): TransactionRow {
  wait(story, 100, 400)
  const charge = startCharge(story, play.gateway, play.method, story.stage.key)
  wait(story, 250, 1200)
  return charge
}

export function paid(story: Story, play: Play): TransactionRow {
  const charge = visit(story, play)
  pays(story, charge, play)
  return charge
}

/** To the end of the payment's time, and what happens there. */
export function toTheEnd(story: Story): void {
  const end_ms = (story.row.expires_at?.getTime() ?? 0) + story.dice.between(200, 1900)
  story.now_ms = Math.max(story.now_ms, Math.min(end_ms, story.stage.until_ms))
}

export function abandoned(story: Story, play: Play): TransactionRow {
  const charge = visit(story, play)
  toTheEnd(story)
  hear(
    story,
    charge,
    {
      state: 'rejected',
      reason: 'session_expired',
      message: 'The payer did not pay in time.',
    },
    'event',
  )
  return charge
}

/** Another gateway that takes the currency, for those who pay twice. */
function elsewhere(story: Story, play: Play): Play | null {
  const { accounts } = story.stage
  const other = GATEWAYS.find(
    (name) =>
      name !== play.gateway &&
      accounts[name] !== undefined &&
      (HABITS[name].currencies?.includes(story.row.currency) ?? true),
  )
  const method = other && HABITS[other].methods[0]?.slug
  return other && method ? { ...play, gateway: other, method } : null
}

/** The payer opens two ways to pay and uses both. */
export function paidTwice(story: Story, play: Play): TransactionRow {
  const other = elsewhere(story, play)
  if (!other) return paid(story, play)
  const first = visit(story, play)
  const second = visit(story, other)
  pays(story, second, other)
  wait(story, MINUTE_MS, 20 * MINUTE_MS)
  pays(story, first, play)
  return first
}

export const WHY_REFUND = [
  'Returned within 14 days',
  'Article retourné',
  'Duplicate order',
  'Commande en double',
  'Customer request',
  'Rupture de stock',
  'Service was unavailable',
] as const

export function refund(story: Story, charge: TransactionRow, amount: bigint): void {
  const actor: Actor = story.dice.chance(70) ? story.stage.owner : story.stage.key
  const asked = askRefund(story, charge, amount, story.dice.pick(WHY_REFUND), actor)
  wait(story, 300, 1500)
  endRefund(story, asked, 'succeeded')
}

export const partOf = (story: Story, charge: TransactionRow): bigint => {
  const part = (charge.approved * BigInt(story.dice.between(10, 45))) / 100n
  return part > 0n ? part : 1n
}
