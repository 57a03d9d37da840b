import { assert, present } from '#server/kernel/assert.ts'
import { type Actor, PAYER } from '#server/kernel/scope.ts'
import type { AccountRef } from '#server/ledger/index.ts'
import {
  type Change,
  creditLegs,
  eventFor,
  type PaymentRow,
  remaining,
  stepped,
} from '#server/money/payments/index.ts'
import type { TransactionRow, TransactionState } from '#server/money/transactions/index.ts'
import { DAY_MS } from './calendar.ts'
import { feeOf, type GatewayName, HABITS, sandboxStatus } from './gateways.ts'
import { notice } from './notices.ts'
import { addTransaction, commit, nowOf, post, purposeOf, type Story } from './story.ts'

export const GATEWAY: Actor = { kind: 'gateway', id: null, name: null }
const SUSPENSE: AccountRef = { kind: 'suspense', owner: '' }

/** What the gateway says of a charge, as far as a story needs it. */
export type Said = {
  readonly state: Exclude<TransactionState, 'prepared' | 'dispatched' | 'unknown'>
  /** Of the amount asked for, in percent. */
  readonly percent?: number
  readonly authorized?: boolean
  readonly reason?: string
  readonly message?: string
  readonly card?: { readonly brand: string; readonly last4: string } | null
  readonly country?: string
}

/** Whether the facts came in a signed event, or earlier: in an answer, or as the payer returned. */
type Way = 'event' | 'answer'

/** As `startCharge` and the first sending leave it. */
export function startCharge(
  story: Story,
  gateway: GatewayName,
  method: string,
  actor: Actor = PAYER,
): TransactionRow {
  const account = present(story.stage.accounts[gateway], `an account at ${gateway}`)
  const now_ms = story.now_ms
  const charge = addTransaction(story, {
    type: 'charge',
    state: 'dispatched',
    amount: remaining(story.row),
    gateway_account_id: account.id,
    gateway,
    method,
    attempts: 1,
    first_sent_at: nowOf(story),
    resend_until: new Date(now_ms + 0.8 * DAY_MS),
    quarantine_until: new Date(now_ms + DAY_MS),
  })
  const event = eventFor(story.row, { state: 'prepared', reason: null, authorized: false })
  const chosen = { ...story.row, gateway, gateway_account_id: account.id, method }
  commit(story, actor, stepped(chosen, event, nowOf(story)), [
    { type: 'payment.charge_started', data: { transaction: charge.id, method } },
  ])
  return charge
}

/** As `applyFacts` leaves it when the gateway's own words about a charge are merged. */
export function hear(story: Story, charge: TransactionRow, said: Said, way: Way): void {
  const gateway = charge.gateway as GatewayName
  const before = story.row
  const state = said.state
  const reason = said.reason ?? null
  const message = said.message ?? null
  const captured = state === 'approved' ? shareOf(charge.amount, said.percent ?? 100) : 0n
  const grown = captured - charge.approved
  const fee = captured > 0n ? feeOf(gateway, captured) : 0n
  const changes: Change[] = []
  let after = described(story, charge, said)
  if (grown > 0n) after = capture(story, after, charge, { grown, total: captured, fee }, changes)
  if (state === 'rejected') after = { ...after, reason, message }
  else if (state === 'approved') after = { ...after, reason: null, message: null }
  assert(state !== charge.state, 'a story says nothing twice')
  change(story, charge, {
    state,
    approved: captured,
    fee,
    reason: state === 'rejected' ? reason : null,
    message,
  })
  const data = { transaction: charge.id, reason, message }
  changes.push({ type: `payment.charge_${state}`, data })
  const authorized = after.gateway_details.authorized === 'yes'
  const changed = settle(story, after, changes, authorized)
  const moved = before.status === story.row.status ? [] : [`${before.status} → ${story.row.status}`]
  const told = [...moved, ...changed.slice(moved.length).map((one) => one.type)]
  notice(story, charge, way === 'event' ? told : null)
}

/** Part of an amount, rounded down but never to nothing, as the sandbox rounds. */
const shareOf = (amount: bigint, percent: number): bigint => {
  const part = (amount * BigInt(percent)) / 100n
  return part === 0n ? 1n : part
}

/** The answer to our request was lost. */
export function lose(story: Story, charge: TransactionRow, message: string): void {
  verdict(story, charge, 'unknown', null, message)
}

/** The request was not even sent: a definite no, without any object behind it. */
export function failToSend(story: Story, charge: TransactionRow, message: string): void {
  verdict(story, charge, 'rejected', 'gateway_timeout', message)
}

function verdict(
  story: Story,
  charge: TransactionRow,
  state: 'unknown' | 'rejected',
  reason: string | null,
  message: string,
): void {
  change(story, charge, { state, reason, message })
  const said = state === 'rejected' ? { reason, message } : {}
  const data = { transaction: charge.id, reason, message }
  const changes = [{ type: `payment.charge_${state}`, data }]
  settle(story, { ...story.row, ...said }, changes, false)
}

/** Derives the status from what is now known, as the end of `applyFacts` does. */
function settle(
  story: Story,
  after: PaymentRow,
  changes: readonly Change[],
  authorized: boolean,
): readonly Change[] {
  const newest = story.charges.findLast((one) => !one.manual) ?? null
  const event = eventFor(after, newest ? { ...newest, authorized } : null)
  return commit(story, GATEWAY, stepped(after, event, nowOf(story)), changes)
}

export function change(story: Story, row: TransactionRow, to: Partial<TransactionRow>): void {
  Object.assign(row, to, { updated_at: nowOf(story) })
}

function described(story: Story, charge: TransactionRow, said: Said): PaymentRow {
  const { row, dice } = story
  const gateway = charge.gateway as GatewayName
  charge.gateway_ref ??= HABITS[gateway].chargeRef(dice)
  const part = said.percent !== undefined && said.percent < 100
  const status = sandboxStatus(said.state, part, said.reason ?? null)
  const details = gateway === 'sandbox' ? { sandbox_status: status } : { gateway_status: status }
  return {
    ...row,
    gateway,
    gateway_account_id: charge.gateway_account_id,
    method: charge.method,
    gateway_ref: charge.gateway_ref,
    card_brand: said.card?.brand ?? row.card_brand,
    card_last4: said.card?.last4 ?? row.card_last4,
    country: said.country ?? row.country,
    gateway_details: { ...details, ...(said.authorized ? { authorized: 'yes' } : {}) },
  }
}

/** As `applyCapture`: what a person vouched for clears suspense, the rest is credited. */
function capture(
  story: Story,
  row: PaymentRow,
  charge: TransactionRow,
  to: { grown: bigint; total: bigint; fee: bigint },
  changes: Change[],
): PaymentRow {
  const purpose = purposeOf(story)
  const cleared = row.manual_open < to.grown ? row.manual_open : to.grown
  const credited = to.grown - cleared
  const clearing: AccountRef = { kind: 'gateway_clearing', owner: charge.gateway_account_id ?? '' }
  const fees: AccountRef = { kind: 'gateway_fees', owner: charge.gateway_account_id ?? '' }
  const credits = [
    ...(cleared > 0n ? [{ account: SUSPENSE, amount: cleared }] : []),
    ...(credited > 0n ? creditLegs(purpose, row, credited) : []),
  ]
  const source_id = `${charge.id}:${to.total}`
  const fee = {
    source_kind: 'fee',
    source_id: `${charge.id}:${to.fee}`,
    debit: fees,
    credit: clearing,
    amount: to.fee,
  }
  post(story, 'capture', [
    ...credits.map(({ account, amount }) => ({
      debit: clearing,
      credit: account,
      amount,
      source_id,
    })),
    ...(to.fee > 0n ? [fee] : []),
  ])
  if (cleared > 0n) {
    clearByHand(story, cleared)
    changes.push({ type: 'payment.manual_confirmed' })
  }
  const captured = row.captured + credited
  if (row.captured <= row.amount && captured > row.amount) {
    changes.push({ type: 'payment.overpaid' })
  }
  return {
    ...row,
    captured,
    credited: purpose.takesExcess ? (row.credited ?? 0n) + credited : row.credited,
    manual_open: row.manual_open - cleared,
    fee: row.fee + to.fee,
  }
}

function clearByHand(story: Story, cleared: bigint): void {
  let left = cleared
  for (const one of story.charges.filter((charge) => charge.manual)) {
    const open = one.approved - one.cleared
    const part = open < left ? open : left
    if (part > 0n) change(story, one, { cleared: one.cleared + part })
    left -= part
  }
  assert(left === 0n, 'what is cleared was vouched for')
}
