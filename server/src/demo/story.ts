import type { PastCharge } from '#gateways/sandbox/index.ts'
import { assert, present } from '#server/kernel/assert.ts'
import type { Id, ShopId } from '#server/kernel/ids.ts'
import { toWire } from '#server/kernel/money.ts'
import { type Actor, type Scope, SYSTEM } from '#server/kernel/scope.ts'
import type { AccountRef, SettleInput, TransferInput } from '#server/ledger/index.ts'
import {
  type Change,
  changesOf,
  creditLegs,
  eventOf,
  type PaymentRow,
  type Purpose,
  type Purposes,
} from '#server/money/payments/index.ts'
import type { RefundRow } from '#server/money/refunds/index.ts'
import type { TransactionRow } from '#server/money/transactions/index.ts'
import type { NewJob } from '#server/platform/jobs.ts'
import type { NewEvent } from '#server/platform/outbox.ts'
import type { NewAuditEntry } from '#server/records/audit/index.ts'
import { HOUR_MS } from './calendar.ts'
import type { Dice, IdAt } from './dice.ts'
import type { GatewayName } from './gateways.ts'
import type { Person } from './people.ts'

/** What is the same for every story: whose shop it is and who works there. */
export type Stage = {
  readonly scope: Scope
  readonly owner: Actor
  /** The shop's own program, which asks for most payments. */
  readonly key: Actor
  readonly shops: readonly ShopId[]
  readonly accounts: Readonly<Partial<Record<GatewayName, { id: string; account_ref: string }>>>
  readonly purposes: Purposes
  /** Nothing happens later. */
  readonly until_ms: number
  readonly publicUrl: string
}

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
export type WalletLine = { id: string; customer_id: string; currency: string; at_ms: number }
/** The transfers of one fact, posted together or not at all. */
export type Posting = { readonly at_ms: number; readonly transfers: readonly TransferInput[] }
export type Settling = { readonly at_ms: number; readonly input: SettleInput }

/** Everything that stories leave behind, table by table. */
export type Leaves = {
  readonly payments: PaymentRow[]
  readonly transactions: TransactionRow[]
  readonly refunds: RefundRow[]
  readonly sessions: SessionLine[]
  readonly wallets: WalletLine[]
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
  wallets: [],
  events: [],
  audits: [],
  notes: [],
  notices: [],
  postings: [],
  settlings: [],
  past: [],
  jobs: [],
})

/**
 * One payment as it goes on. Each step does to the row what the real action does to the database,
 * with the same pure functions, and leaves the same lines; `demo.db.test.ts` compares the two.
 */
export type Story = {
  readonly stage: Stage
  readonly dice: Dice
  readonly idAt: IdAt
  readonly leaves: Leaves
  readonly charges: TransactionRow[]
  readonly refunds: RefundRow[]
  now_ms: number
  row: PaymentRow
}

/** Time goes by, but never beyond the end: what is left is shared out instead. */
export function wait(story: Story, least_ms: number, most_ms = least_ms): void {
  const wish_ms = story.dice.between(least_ms, most_ms)
  const left_ms = story.stage.until_ms - story.now_ms
  story.now_ms += Math.min(wish_ms, Math.floor(left_ms / 2))
}

export const newId = <K extends Parameters<IdAt>[0]>(story: Story, kind: K): Id<K> =>
  story.idAt(kind, story.now_ms)

export const nowOf = (story: Story): Date => new Date(story.now_ms)

export const purposeOf = (story: Story): Purpose =>
  present(story.stage.purposes[story.row.purpose], 'a purpose module')

export function announce(story: Story, actor: Actor, events: readonly NewEvent[]): void {
  for (const event of events) {
    story.leaves.events.push({ ...event, id: newId(story, 'event'), actor, at_ms: story.now_ms })
  }
}

/** A changed payment at its new version, announced. */
export function commit(
  story: Story,
  actor: Actor,
  after: PaymentRow,
  changes: readonly Change[] = [],
): readonly Change[] {
  const before = story.row
  const all = changesOf(before, after, changes)
  story.row = { ...after, version: before.version + all.length, updated_at: nowOf(story) }
  const told = all.map((change, at) => eventOf(story.row, change, before.version + at + 1))
  announce(story, actor, told)
  return all
}

/** Addresses set aside for examples (RFC 5737). */
const OFFICE_IP = '198.51.100.24'
const SERVER_IP = '203.0.113.80'

export function audit(story: Story, entry: NewAuditEntry): void {
  const ip = entry.actor.kind === 'key' ? SERVER_IP : OFFICE_IP
  const requestId = newId(story, 'request')
  const id = newId(story, 'auditEntry')
  const objectId = entry.objectId ?? story.row.id
  story.leaves.audits.push({ ...entry, objectId, requestId, ip, id, at_ms: story.now_ms })
}

type Leg = { readonly debit: AccountRef; readonly credit: AccountRef; readonly amount: bigint }

export function post(
  story: Story,
  source_kind: string,
  legs: readonly (Leg & { readonly source_id: string; readonly source_kind?: string })[],
  pending = false,
): void {
  const legOf = new Map<string, number>()
  const transfers = legs.map((leg): TransferInput => {
    const source = `${leg.source_kind ?? source_kind} ${leg.source_id}`
    const number = legOf.get(source) ?? 0
    legOf.set(source, number + 1)
    const shared = { group: 0, currency: story.row.currency, payment_id: story.row.id }
    return { ...shared, source_kind, ...leg, id: newId(story, 'transfer'), leg: number, pending }
  })
  if (transfers.length > 0) story.leaves.postings.push({ at_ms: story.now_ms, transfers })
}

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
    return audit(story, { actor, action: 'checkout_session.create', changes })
  }
  const changes = { amount: toWire(story.row), recorded: recorded ?? null }
  audit(story, { actor, action: 'payment.create', changes })
}

type Given = Partial<TransactionRow> & Pick<TransactionRow, 'type' | 'state' | 'amount'>

export function addTransaction(story: Story, given: Given): TransactionRow {
  const at = nowOf(story)
  const row: TransactionRow = {
    approved: 0n,
    cleared: 0n,
    charge_id: null,
    fee: 0n,
    gateway_account_id: null,
    gateway: null,
    gateway_ref: null,
    method: null,
    manual: false,
    redirect_url: null,
    request_path: null,
    request_body: null,
    attempts: 0,
    first_sent_at: null,
    resend_until: null,
    quarantine_until: null,
    not_found_at: null,
    reason: null,
    message: null,
    ...given,
    merchant_id: story.stage.scope.merchantId,
    mode: story.stage.scope.mode,
    id: newId(story, 'transaction'),
    payment_id: story.row.id,
    currency: story.row.currency,
    created_at: at,
    updated_at: at,
  }
  if (row.type === 'charge') story.charges.push(row)
  story.leaves.transactions.push(row)
  return row
}
