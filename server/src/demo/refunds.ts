import { present } from '#server/kernel/assert.ts'
import { toWire } from '#server/kernel/money.ts'
import type { Actor } from '#server/kernel/scope.ts'
import type { AccountRef } from '#server/ledger/index.ts'
import { debitLegs } from '#server/money/payments/index.ts'
import { presentRefund, type RefundRow } from '#server/money/refunds/index.ts'
import type { TransactionRow } from '#server/money/transactions/index.ts'
import { change, GATEWAY } from './charges.ts'
import { type GatewayName, HABITS } from './gateways.ts'
import { refundNotice } from './notices.ts'
import {
  addTransaction,
  announce,
  audit,
  commit,
  factOf,
  newId,
  nowOf,
  post,
  purposeOf,
  type Story,
} from './story.ts'

export type Pair = { readonly refund: RefundRow; readonly transaction: TransactionRow }

/** As `requestRefund` and the first sending leave it: the money is held. */
export function askRefund(
  story: Story,
  charge: TransactionRow,
  amount: bigint,
  reason: string,
  actor: Actor,
): Pair {
  const transaction = addRefundTransaction(story, charge, amount, 'dispatched')
  const refund = addRefund(story, transaction, {
    status: 'sending',
    reason,
    source: actor.kind === 'key' ? 'api' : 'dashboard',
    actor,
  })
  debit(story, charge, refund, true)
  const after = { ...story.row, refund_reserved: story.row.refund_reserved + amount }
  const data = presentRefund(refund)
  commit(story, actor, after, [{ type: 'payment.refund_requested', data: { refund: data } }])
  announceRefund(story, actor, 'refund.created', refund)
  const changes = { refund: refund.id, amount: toWire(refund) }
  audit(story, { actor, action: 'payment.refund', reason, changes })
  return { refund, transaction }
}

/** The gateway ends a refund: what was held leaves, or comes back. */
export function endRefund(
  story: Story,
  { refund, transaction }: Pair,
  end: 'succeeded' | 'failed',
  message: string | null = null,
): void {
  const done = end === 'succeeded'
  const { amount } = refund
  letGo(story, refund, done ? 'post' : 'void')
  const gateway_ref = HABITS[transaction.gateway as GatewayName].refundRef(story.dice)
  change(story, transaction, {
    state: done ? 'approved' : 'rejected',
    approved: done ? amount : 0n,
    gateway_ref,
    reason: done ? null : 'refund_refused',
    message,
  })
  const version = refund.version + 1
  Object.assign(refund, { status: end, message, gateway_ref, version, updated_at: nowOf(story) })
  announceRefund(story, GATEWAY, `refund.${end}`, refund)
  const { refunded, refund_reserved } = story.row
  const after = done
    ? { ...story.row, refunded: refunded + amount }
    : { ...story.row, refund_reserved: refund_reserved - amount }
  const type = done ? 'payment.refunded' : 'payment.refund_failed'
  commit(story, GATEWAY, after, [{ type, data: { refund: presentRefund(refund) } }])
  refundNotice(story, { refund, transaction }, null)
}

/** Somebody gave money back in the gateway's own dashboard: it is recorded, never refused. */
export function refundAtGateway(story: Story, charge: TransactionRow, amount: bigint): void {
  const transaction = addRefundTransaction(story, charge, amount, 'approved')
  const gateway_ref = HABITS[charge.gateway as GatewayName].refundRef(story.dice)
  change(story, transaction, { approved: amount, gateway_ref })
  const refund = addRefund(story, transaction, {
    status: 'succeeded',
    reason: 'made_at_gateway',
    source: 'gateway',
    actor: GATEWAY,
  })
  debit(story, charge, refund, false)
  const { refunded, refunded_outside } = story.row
  announceRefund(story, GATEWAY, 'refund.succeeded', refund)
  const after = {
    ...story.row,
    refunded: refunded + amount,
    refunded_outside: refunded_outside + amount,
  }
  const changes = [{ type: 'payment.refunded', data: { refund: presentRefund(refund) } }]
  commit(story, GATEWAY, after, changes)
  refundNotice(story, { refund, transaction }, ['payment.refunded'])
}

const addRefundTransaction = (
  story: Story,
  charge: TransactionRow,
  amount: bigint,
  state: 'dispatched' | 'approved',
): TransactionRow =>
  addTransaction(story, {
    type: 'refund',
    state,
    amount,
    charge_id: charge.id,
    gateway_account_id: charge.gateway_account_id,
    gateway: charge.gateway,
    method: charge.method,
    ...(state === 'dispatched' ? { attempts: 1, first_sent_at: nowOf(story) } : {}),
  })

function addRefund(
  story: Story,
  transaction: TransactionRow,
  given: Pick<RefundRow, 'status' | 'reason' | 'source'> & { readonly actor: Actor },
): RefundRow {
  const { actor, ...own } = given
  const at = nowOf(story)
  const refund: RefundRow = {
    ...own,
    merchant_id: transaction.merchant_id,
    mode: transaction.mode,
    id: newId(story, 'refund'),
    payment_id: story.row.id,
    transaction_id: transaction.id,
    currency: transaction.currency,
    amount: transaction.amount,
    message: null,
    gateway: transaction.gateway,
    gateway_ref: own.source === 'gateway' ? transaction.gateway_ref : null,
    created_by_kind: actor.kind,
    created_by_id: actor.id,
    created_by_name: actor.name,
    created_at: at,
    updated_at: at,
    version: 1,
  }
  story.refunds.push(refund)
  story.leaves.refunds.push(refund)
  return refund
}

function debit(story: Story, charge: TransactionRow, refund: RefundRow, pending: boolean): void {
  const clearing: AccountRef = { kind: 'gateway_clearing', owner: charge.gateway_account_id ?? '' }
  const legs = debitLegs(purposeOf(story), story.row, refund.amount).map((leg) => ({
    debit: leg.account,
    credit: clearing,
    amount: leg.amount,
    source_id: refund.id,
  }))
  post(story, 'refund', legs, pending)
}

/** Settles every leg that the refund holds. */
function letGo(story: Story, refund: RefundRow, outcome: 'post' | 'void'): void {
  const held = story.leaves.postings.findLast(
    ({ transfers }) => transfers[0]?.source_id === refund.id,
  )
  const inputs = present(held, `what refund ${refund.id} holds`).transfers.map(({ leg }) => ({
    id: newId(story, 'transfer'),
    source_kind: 'refund',
    source_id: refund.id,
    leg,
    outcome,
  }))
  story.leaves.settlings.push({ ...factOf(story), inputs })
}

function announceRefund(story: Story, actor: Actor, type: string, refund: RefundRow): void {
  const { id: objectId, version: objectVersion, payment_id: paymentId } = refund
  const data = presentRefund(refund)
  announce(story, actor, [{ type, objectId, objectVersion, paymentId, data }])
}
