import { assert } from '#server/kernel/assert.ts'
import type { ShopId } from '#server/kernel/ids.ts'
import { toWire } from '#server/kernel/money.ts'
import { type Actor, SYSTEM } from '#server/kernel/scope.ts'
import { creditLegs, eventOf, type PaymentRow } from '#server/money/payments/index.ts'
import { HOUR_MS } from './calendar.ts'
import type { Dice, IdAt } from './dice.ts'
import type { Leaves } from './leaves.ts'
import type { Person } from './people.ts'
import {
  addTransaction,
  announce,
  audit,
  commit,
  newId,
  post,
  purposeOf,
  type Stage,
  type Story,
} from './story.ts'

export type Wish = {
  readonly at_ms: number
  readonly person: Person
  readonly customer_id: string | null
  readonly shop_id: ShopId
  readonly purpose: 'api' | 'link' | 'top_up'
  readonly source: PaymentRow['source']
  readonly actor: Actor
  readonly currency: string
  readonly amount: bigint
  readonly reference: string
  readonly description: string
  readonly link_id: string | null
  readonly metadata: Readonly<Record<string, string>>
  /** Money already in hand. */
  readonly recorded?: { readonly method: 'cash' | 'bank_transfer'; readonly reason: string }
}

const EXPIRY_MS = HOUR_MS

/** As `createPayments` leaves it; the session and the audit entry follow as in the routes. */
export function begin(
  stage: Stage,
  leaves: Leaves,
  dice: Dice,
  idAt: IdAt,
  wish: Wish,
  expiry_ms = EXPIRY_MS,
): Story {
  const { at_ms, actor, person, recorded } = wish
  const at = new Date(at_ms)
  const paid = recorded !== undefined
  const wallet = wish.purpose === 'top_up'
  assert(!wallet || wish.customer_id, 'a top-up names its customer')
  const row: PaymentRow = {
    ...blank,
    merchant_id: stage.scope.merchantId,
    mode: stage.scope.mode,
    id: idAt('payment', at_ms),
    shop_id: wish.shop_id,
    customer_id: wish.customer_id,
    purpose: wish.purpose,
    source: wish.source,
    status: paid ? 'succeeded' : 'open',
    currency: wish.currency,
    amount: wish.amount,
    captured: paid ? wish.amount : 0n,
    credited: wallet ? (paid ? wish.amount : 0n) : null,
    manual: paid,
    reference: wish.reference,
    description: wish.description,
    payer_name: person.name,
    payer_email: person.email,
    method: recorded?.method ?? null,
    link_id: wish.link_id,
    metadata: wish.metadata,
    created_by_kind: actor.kind,
    created_by_id: actor.id,
    created_by_name: actor.name,
    created_at: at,
    updated_at: at,
    processed_at: paid ? at : null,
    expires_at: new Date(at_ms + expiry_ms),
    version: paid ? 2 : 1,
  }
  const story: Story = { stage, dice, idAt, leaves, charges: [], refunds: [], now_ms: at_ms, row }
  if (wallet) keepWallet(story)
  if (recorded) takeInHand(story, recorded)
  announce(story, actor, [eventOf(row, { type: 'payment.created' }, 1)])
  if (recorded) announce(story, actor, [eventOf(row, { type: 'payment.succeeded' }, 2)])
  else openSession(story, person.locale)
  auditCreation(story, wish)
  return story
}

const blank = {
  purpose_ref: null,
  refund_reserved: 0n,
  refunded_outside: 0n,
  refunded: 0n,
  disputed: 0n,
  fee: 0n,
  manual_open: 0n,
  late: false,
  country: null,
  gateway: null,
  gateway_account_id: null,
  gateway_ref: null,
  card_brand: null,
  card_last4: null,
  gateway_details: {},
  reason: null,
  message: null,
  session_id: null,
} as const

function keepWallet(story: Story): void {
  const { customer_id, currency } = story.row
  if (customer_id === null) return
  const id = newId(story, 'wallet')
  story.leaves.wallets.push({ id, customer_id, currency, at_ms: story.now_ms })
}

function takeInHand(story: Story, recorded: NonNullable<Wish['recorded']>): void {
  const { method, reason } = recorded
  const { amount } = story.row
  const charge = addTransaction(story, {
    type: 'charge',
    state: 'approved',
    amount,
    approved: amount,
    method,
    manual: true,
    message: reason,
  })
  const legs = creditLegs(purposeOf(story), { ...story.row, captured: 0n }, amount)
  const debit = { kind: 'bank', owner: method } as const
  post(
    story,
    'recorded',
    legs.map((leg) => ({ debit, credit: leg.account, amount: leg.amount, source_id: charge.id })),
  )
}

/** The digest is of nothing, so that no address opens a demo session. */
export function openSession(story: Story, locale: string): void {
  const id = newId(story, 'checkoutSession')
  const { row, dice, now_ms } = story
  story.leaves.sessions.push({
    id,
    payment_id: row.id,
    token_sha256: Buffer.from(dice.random.bytes(32)),
    locale,
    expires_ms: row.expires_at?.getTime() ?? now_ms + EXPIRY_MS,
    at_ms: now_ms,
  })
  commit(story, SYSTEM, { ...row, session_id: id }, [
    { type: 'payment.session_opened', data: { session: id } },
  ])
}

function auditCreation(story: Story, { actor, source, recorded }: Wish): void {
  if (actor.kind === 'payer') return
  if (source === 'checkout') {
    const changes = { session: story.row.session_id }
    audit(story, { actor, action: 'checkout_session.create', changes })
    return
  }
  const changes = { amount: toWire(story.row), recorded: recorded ?? null }
  audit(story, { actor, action: 'payment.create', changes })
}
