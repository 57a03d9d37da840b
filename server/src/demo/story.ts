import { present } from '#server/kernel/assert.ts'
import type { Id, ShopId } from '#server/kernel/ids.ts'
import type { Actor, Scope } from '#server/kernel/scope.ts'
import type { AccountRef, TransferInput } from '#server/ledger/index.ts'
import {
  type Change,
  changesOf,
  eventOf,
  type PaymentRow,
  type Purpose,
  type Purposes,
} from '#server/money/payments/index.ts'
import type { RefundRow } from '#server/money/refunds/index.ts'
import type { TransactionRow } from '#server/money/transactions/index.ts'
import type { NewEvent } from '#server/platform/outbox.ts'
import type { NewAuditEntry } from '#server/records/audit/index.ts'
import type { Dice, IdAt } from './dice.ts'
import type { GatewayName } from './gateways.ts'
import type { Leaves } from './leaves.ts'
import type { Fact } from './waves.ts'

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
  readonly sandboxEventUrl: string
}

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
  if (transfers.length > 0) story.leaves.postings.push({ ...factOf(story), transfers })
}

/** Now, about this payment and whose wallet it may move. */
export function factOf({ now_ms, row }: Story): Fact {
  return { at_ms: now_ms, keys: [row.id, ...(row.customer_id ? [row.customer_id] : [])] }
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
