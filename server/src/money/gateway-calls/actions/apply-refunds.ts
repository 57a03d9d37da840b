import type { RefundFact } from '#gateway-kit'
import { assert } from '#server/kernel/assert.ts'
import {
  type AccountRef,
  balances,
  post,
  settle,
  type TransferInput,
  transfersOf,
} from '#server/ledger/index.ts'
import { debitLegs, type Leg } from '#server/money/payments/index.ts'
import {
  changeRefund,
  insertRefund,
  presentRefund,
  type RefundRow,
  type RefundStatus,
  refundsOf,
} from '#server/money/refunds/index.ts'
import {
  changeTransaction,
  insertTransactions,
  type TransactionRow,
  transactionsOf,
} from '#server/money/transactions/index.ts'
import { announce } from '#server/platform/outbox.ts'
import type { GatewayAccountRow } from '#server/records/gateway-accounts/index.ts'
import type { ParkReason, Verdict } from '../fact.ts'
import type { Work } from './work.ts'

type Known = { refund: RefundRow; transaction: TransactionRow }

/** Merges every refund the gateway knows of a charge, ours and those made in its own dashboard. */
export async function applyRefundFacts(
  work: Work,
  chargeId: string,
  facts: readonly RefundFact[],
  account: GatewayAccountRow,
): Promise<ParkReason | null> {
  if (facts.length === 0) return null
  const known = await knownRefunds(work)
  let parked: ParkReason | null = null
  for (const fact of facts) {
    const ours = known.find(
      ({ transaction }) =>
        transaction.charge_id === chargeId &&
        (transaction.gateway_ref === fact.gateway_ref || transaction.id === fact.transaction_id),
    )
    if (!ours) {
      if (fact.status === 'succeeded') await recordOutside(work, chargeId, fact, account)
    } else if (ours.refund.amount !== fact.amount) parked = 'other_amount'
    else if (fact.status === 'succeeded') await succeed(work, ours, fact.gateway_ref)
    else if (fact.status === 'failed') {
      await fail(work, ours, fact.gateway_ref, fact.message ?? 'The gateway refused the refund.')
    } else await note(work, ours, { status: 'sending', state: 'pending', ref: fact.gateway_ref })
  }
  return parked
}

/** A definite no, or a lost answer, to a refund that we sent. */
export async function applyRefundVerdict(
  work: Work,
  transaction: TransactionRow,
  fact: Verdict,
): Promise<void> {
  const ours = (await knownRefunds(work)).find((one) => one.transaction.id === transaction.id)
  assert(ours, `refund transaction ${transaction.id} has no refund`)
  if (fact.kind === 'rejected') return fail(work, ours, fact.gateway_ref, fact.message)
  if (ours.refund.status !== 'sending' || transaction.state !== 'dispatched') return
  await note(work, ours, { status: 'unknown', state: 'unknown', ref: transaction.gateway_ref })
  work.changes.push({ type: 'payment.refund_unknown', data: { refund: ours.refund.id } })
}

async function knownRefunds(work: Work): Promise<Known[]> {
  const [refunds, transactions] = [
    await refundsOf(work.tx, work.scope, work.row.id),
    await transactionsOf(work.tx, work.scope, [work.row.id]),
  ]
  return refunds.flatMap((refund) => {
    const transaction = transactions.find((one) => one.id === refund.transaction_id)
    return transaction ? [{ refund, transaction }] : []
  })
}

async function note(
  work: Work,
  { refund, transaction }: Known,
  to: { status: RefundStatus; state: TransactionRow['state']; ref: string | null },
): Promise<void> {
  if (transaction.state === to.state || ['approved', 'rejected'].includes(transaction.state)) return
  await changeTransaction(work.tx, work.scope, transaction, {
    ...transaction,
    state: to.state,
    gateway_ref: to.ref,
  })
  if (refund.status === to.status || refund.status !== 'sending') return
  const changed = await changeRefund(work.tx, work.scope, refund, { ...refund, status: to.status })
  assert(changed, `refund ${refund.id} changed without its payment's lock`)
  await tell(work, changed)
}

const tell = (work: Work, refund: RefundRow): Promise<void> =>
  announce(work.tx, work.deps.newId, work.scope, work.actor, [
    {
      type: `refund.${refund.status}`,
      objectId: refund.id,
      objectVersion: refund.version,
      paymentId: work.row.id,
      data: presentRefund(refund),
    },
  ])

async function succeed(work: Work, ours: Known, gatewayRef: string): Promise<void> {
  const { refund, transaction } = ours
  // The gateway's own "failed" is final: an older "succeeded" that arrives after it says nothing
  // new.
  const failedByGateway = refund.status === 'failed' && transaction.gateway_ref !== null
  if (refund.status === 'succeeded' || failedByGateway) return
  let { source } = refund
  if (refund.status === 'failed') {
    await postDebits(work, transaction.gateway_account_id ?? '', refund, 'refund_late')
    source = countLate(work, refund)
  } else await settleHold(work, refund, 'post')
  const to = { status: 'succeeded', state: 'approved', message: null } as const
  await close(work, ours, { ...to, ref: gatewayRef, source })
  work.row = { ...work.row, refunded: work.row.refunded + refund.amount }
}

/**
 * A refund that was given up and is made all the same. When its money has been refunded again
 * meanwhile, it is one that the gateway made on its own: it has happened, so it cannot be refused.
 */
function countLate(work: Work, { amount, source }: RefundRow): RefundRow['source'] {
  const { row } = work
  if (row.refund_reserved + amount <= row.captured) {
    work.row = { ...row, refund_reserved: row.refund_reserved + amount }
    return source
  }
  work.row = { ...row, refunded_outside: row.refunded_outside + amount }
  return 'gateway'
}

async function fail(
  work: Work,
  ours: Known,
  gatewayRef: string | null,
  message: string,
): Promise<void> {
  const { refund, transaction } = ours
  if (refund.status === 'failed') return
  const was = refund.status
  if (was === 'succeeded') {
    await reverse(work, refund)
    work.row = { ...work.row, refunded: work.row.refunded - refund.amount }
  } else await settleHold(work, refund, 'void')
  const to = { status: 'failed', state: 'rejected', message, source: refund.source } as const
  await close(work, ours, { ...to, ref: gatewayRef })
  if (refund.source === 'gateway') {
    const refunded_outside = work.row.refunded_outside - refund.amount
    work.row = { ...work.row, refunded_outside }
  } else {
    work.row = { ...work.row, refund_reserved: work.row.refund_reserved - refund.amount }
  }
  assert(transaction.charge_id, `refund ${refund.id} names no charge`)
}

/** Ends a refund and its transaction, and announces both. */
async function close(
  work: Work,
  { refund, transaction }: Known,
  to: {
    status: 'succeeded' | 'failed'
    state: 'approved' | 'rejected'
    ref: string | null
    message: string | null
    source: RefundRow['source']
  },
): Promise<void> {
  const { tx, scope } = work
  await changeTransaction(tx, scope, transaction, {
    ...transaction,
    state: to.state,
    approved: to.state === 'approved' ? refund.amount : 0n,
    gateway_ref: to.ref ?? transaction.gateway_ref,
    reason: to.state === 'rejected' ? 'refund_refused' : null,
    message: to.message,
  })
  const changed = await changeRefund(tx, scope, refund, {
    status: to.status,
    message: to.message,
    gateway_ref: to.ref ?? refund.gateway_ref,
    source: to.source,
  })
  assert(changed, `refund ${refund.id} changed without its payment's lock`)
  const type = to.status === 'succeeded' ? 'payment.refunded' : 'payment.refund_failed'
  work.changes.push({ type, data: { refund: presentRefund(changed) } })
  await tell(work, changed)
}

async function settleHold(work: Work, refund: RefundRow, outcome: 'post' | 'void'): Promise<void> {
  const held = await transfersOf(work.tx, work.scope, { payment_id: work.row.id })
  const mine = held.filter((one) => one.source_kind === 'refund' && one.source_id === refund.id)
  const answers = await settle(
    work.tx,
    work.scope,
    mine.map((one) => ({
      id: work.deps.newId('transfer'),
      source_kind: 'refund',
      source_id: refund.id,
      leg: one.leg,
      outcome,
    })),
  )
  assert(
    mine.length > 0 && answers.every((answer) => answer.outcome === 'settled'),
    `the hold of refund ${refund.id} could not be ${outcome}ed`,
  )
}

/**
 * A refund that the gateway took back after it had succeeded: its transfers, the other way round.
 */
async function reverse(work: Work, refund: RefundRow): Promise<void> {
  const done = await transfersOf(work.tx, work.scope, { payment_id: work.row.id })
  const mine = done.filter(
    (one) =>
      one.state === 'posted' && one.source_id === refund.id && one.source_kind.startsWith('refund'),
  )
  const transfers = mine.map(
    (one, index): TransferInput => ({
      id: work.deps.newId('transfer'),
      group: 0,
      debit: { kind: one.credit.kind, owner: one.credit.owner } as AccountRef,
      credit: { kind: one.debit.kind, owner: one.debit.owner } as AccountRef,
      amount: one.amount,
      currency: one.currency,
      source_kind: 'refund_reversal',
      source_id: refund.id,
      leg: index,
      payment_id: work.row.id,
    }),
  )
  const answers = await post(work.tx, work.scope, transfers)
  const posted = answers.every((answer) => answer.outcome === 'posted')
  assert(posted, `the transfers of refund ${refund.id} could not be reversed`)
}

/**
 * A refund somebody made at the gateway itself: it has happened, so it is recorded, never refused.
 */
async function recordOutside(
  work: Work,
  chargeId: string,
  fact: RefundFact,
  account: GatewayAccountRow,
): Promise<void> {
  const { deps, tx, scope, row } = work
  const transactionId = deps.newId('transaction')
  const shared = { payment_id: row.id, currency: row.currency, amount: fact.amount }
  const at = { gateway: account.gateway, gateway_ref: fact.gateway_ref }
  await insertTransactions(tx, scope, [
    {
      ...shared,
      ...at,
      id: transactionId,
      type: 'refund',
      state: 'approved',
      approved: fact.amount,
      charge_id: chargeId,
      gateway_account_id: account.id,
      method: row.method,
    },
  ])
  const refund = await insertRefund(tx, scope, {
    ...shared,
    ...at,
    id: deps.newId('refund'),
    transaction_id: transactionId,
    status: 'succeeded',
    reason: 'made_at_gateway',
    message: fact.message,
    source: 'gateway',
    created_by_kind: 'gateway',
    created_by_id: null,
    created_by_name: null,
  })
  await postDebits(work, account.id, refund, 'refund')
  work.row = {
    ...work.row,
    refunded: work.row.refunded + fact.amount,
    refunded_outside: work.row.refunded_outside + fact.amount,
  }
  work.changes.push({ type: 'payment.refunded', data: { refund: presentRefund(refund) } })
  await tell(work, refund)
}

/**
 * Debits money that has already left. What the customer has spent meanwhile becomes their debt
 * (`receivable`), because a wallet never goes below zero.
 */
async function postDebits(
  work: Work,
  accountId: string,
  refund: RefundRow,
  source_kind: 'refund' | 'refund_late',
): Promise<void> {
  const { row, tx, scope, deps } = work
  const purpose = deps.purposes[row.purpose]
  assert(purpose, `no purpose module for ${row.purpose}`)
  const clearing = { kind: 'gateway_clearing', owner: accountId } as const
  for (const last of [false, false, true]) {
    const legs = await affordable(work, debitLegs(purpose, row, refund.amount))
    const transfers = legs.map(
      (leg, index): TransferInput => ({
        id: deps.newId('transfer'),
        group: 0,
        debit: leg.account,
        credit: clearing,
        amount: leg.amount,
        currency: row.currency,
        source_kind,
        source_id: refund.id,
        leg: index,
        payment_id: row.id,
      }),
    )
    const answers = await post(tx, scope, transfers)
    if (answers.every((answer) => answer.outcome === 'posted')) return
    assert(!last, `refund ${refund.id} could not be posted`)
  }
}

async function affordable(work: Work, legs: readonly Leg[]): Promise<Leg[]> {
  const { row, tx, scope } = work
  const refs = legs.map((leg) => ({ ...leg.account, currency: row.currency }))
  const held = await balances(tx, scope, refs)
  return legs.flatMap((leg, index) => {
    const covered = ['sales', 'suspense'].includes(leg.account.kind)
    const room = held[index]?.available ?? 0n
    const part = covered || room >= leg.amount ? leg.amount : room > 0n ? room : 0n
    const debt: AccountRef = { kind: 'receivable', owner: row.customer_id ?? '' }
    return [
      ...(part > 0n ? [{ account: leg.account, amount: part }] : []),
      ...(part < leg.amount ? [{ account: debt, amount: leg.amount - part }] : []),
    ]
  })
}
