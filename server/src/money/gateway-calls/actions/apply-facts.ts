import type { ObjectFacts } from '#gateway-kit'
import type { Actor, Scope } from '#server/kernel/scope.ts'
import {
  commitPayment,
  eventFor,
  lockPayments,
  type PaymentRow,
  stepped,
} from '#server/money/payments/index.ts'
import {
  changeTransaction,
  chargeOf,
  type TransactionRow,
  transactionById,
  transactionsOf,
} from '#server/money/transactions/index.ts'
import type { Tx } from '#server/platform/postgres/index.ts'
import { accountById, type GatewayAccountRow } from '#server/records/gateway-accounts/index.ts'
import {
  type Fact,
  type FactAnswer,
  mergeState,
  mismatchOf,
  type ParkReason,
  reasonOf,
  type Verdict,
} from '../fact.ts'
import { applyCapture } from './apply-capture.ts'
import { applyRefundFacts, applyRefundVerdict } from './apply-refunds.ts'
import type { FactDeps, Work } from './work.ts'

const GATEWAY: Actor = { kind: 'gateway', id: null, name: null }

/**
 * The one path by which anything a gateway says becomes money. Facts are merged, never replayed:
 * any
 * order, repetition and loss of them ends in the same state once the last one is known.
 */
export async function applyFacts(
  deps: FactDeps,
  tx: Tx,
  scope: Scope,
  facts: readonly Fact[],
  actor: Actor = GATEWAY,
): Promise<FactAnswer[]> {
  const targets = await Promise.all(facts.map((fact) => targetOf(tx, scope, fact)))
  const ids = targets.flatMap((target) => (target ? [target.payment_id] : []))
  const locked = ids.length > 0 ? await lockPayments(tx, scope, ids) : new Map()
  const answers: FactAnswer[] = []
  for (const [index, fact] of facts.entries()) {
    const row = locked.get(targets[index]?.payment_id ?? '')
    const target = targets[index]
    if (!row || !target) {
      answers.push(parked('unknown_object', null, null))
      continue
    }
    const work: Work = { deps, tx, scope, actor, row, changes: [] }
    answers.push(await applyOne(work, fact, target.id))
    locked.set(row.id, work.row)
  }
  return answers
}

const targetOf = (tx: Tx, scope: Scope, fact: Fact): Promise<TransactionRow | undefined> =>
  fact.kind === 'object'
    ? chargeOf(tx, scope, fact.accountId, fact.object)
    : transactionById(tx, scope, fact.transactionId)

const parked = (
  reason: FactAnswer['reason'],
  payment_id: string | null,
  transaction_id: string | null,
): FactAnswer => ({ outcome: 'parked', reason, payment_id, transaction_id, changed: [] })

async function applyOne(work: Work, fact: Fact, transactionId: string): Promise<FactAnswer> {
  const before = work.row
  // Read again: what was found before the lock may be old.
  const transaction = await transactionById(work.tx, work.scope, transactionId)
  if (!transaction) return parked('unknown_object', before.id, transactionId)
  let wrongRefund: ParkReason | null = null
  if (fact.kind === 'object') {
    const account = await accountById(work.tx, work.scope, fact.accountId)
    const wrong = account ? mismatchOf(fact.object, transaction, account) : 'other_account'
    if (wrong || !account) return parked(wrong, before.id, transaction.id)
    await applyObject(work, transaction, fact.object, account)
    wrongRefund = await applyRefundFacts(work, transaction.id, fact.object.refunds, account)
  } else if (fact.kind === 'refund') {
    const account = await accountById(work.tx, work.scope, transaction.gateway_account_id ?? '')
    if (!account) return parked('other_account', before.id, transaction.id)
    wrongRefund = await applyRefundFacts(work, fact.chargeId, [fact.refund], account)
  } else if (transaction.type === 'refund') {
    await applyRefundVerdict(work, transaction, fact)
  } else {
    await applyVerdict(work, transaction, fact)
  }
  const answer = await close(work, before, transaction.id)
  // One refund does not fit; what else the fact said is true all the same and has been merged.
  return wrongRefund ? { ...answer, outcome: 'parked', reason: wrongRefund } : answer
}

/** Derives the status from what is now known, writes the payment and its events. */
async function close(work: Work, before: PaymentRow, transactionId: string): Promise<FactAnswer> {
  const charges = await transactionsOf(work.tx, work.scope, [before.id])
  const newest = charges.findLast((one) => one.type === 'charge' && !one.manual) ?? null
  const authorized = work.row.gateway_details.authorized === 'yes'
  const event = eventFor(work.row, newest ? { ...newest, authorized } : null)
  const after = stepped(work.row, event, new Date(work.deps.now_ms))
  const same = work.changes.length === 0 && after.status === before.status
  const base = { reason: null, payment_id: before.id, transaction_id: transactionId }
  if (same) return { ...base, outcome: 'nothing_new', changed: [] }
  const { deps, tx, scope, actor } = work
  work.row = await commitPayment(deps, tx, scope, actor, before, after, work.changes)
  const moved = after.status === before.status ? [] : [`${before.status} → ${after.status}`]
  const changed = [...moved, ...work.changes.map((change) => change.type)]
  return { ...base, outcome: 'applied', changed }
}

async function applyObject(
  work: Work,
  charge: TransactionRow,
  object: ObjectFacts,
  account: GatewayAccountRow,
): Promise<void> {
  const state = mergeState(charge.state, object)
  const grown = object.captured > charge.approved ? object.captured - charge.approved : 0n
  const fee = object.fee > charge.fee ? object.fee : charge.fee
  const fresh = charge.gateway_ref === null
  if (state === charge.state && grown === 0n && fee === charge.fee && !fresh) return
  await changeTransaction(work.tx, work.scope, charge, {
    state,
    approved: charge.approved + grown,
    cleared: charge.cleared,
    fee,
    gateway_ref: object.gateway_ref,
    redirect_url: charge.redirect_url,
    reason: state === 'rejected' ? reasonOf(object) : null,
    message: object.message,
  })
  work.row = described(work.row, charge, object, account)
  if (grown > 0n || fee > charge.fee) {
    await applyCapture(work, charge, { grown, total: charge.approved + grown, fee })
  }
  if (state === 'rejected') {
    work.row = { ...work.row, reason: reasonOf(object), message: object.message }
  } else if (state === 'approved') {
    work.row = { ...work.row, reason: null, message: null }
  }
  if (state !== charge.state) {
    const data = { transaction: charge.id, reason: reasonOf(object), message: object.message }
    work.changes.push({ type: `payment.charge_${state}`, data })
  } else if (grown > 0n) {
    work.changes.push({ type: 'payment.money_received', data: { transaction: charge.id } })
  } else {
    work.changes.push({ type: 'payment.updated' })
  }
}

/** What the newest charge tells of the payer, for lists and search. */
function described(
  row: PaymentRow,
  charge: TransactionRow,
  object: ObjectFacts,
  account: GatewayAccountRow,
): PaymentRow {
  const authorized = object.status === 'authorized' ? { authorized: 'yes' } : {}
  return {
    ...row,
    gateway: account.gateway,
    gateway_account_id: account.id,
    method: charge.method ?? row.method,
    gateway_ref: object.gateway_ref,
    card_brand: object.card?.brand ?? row.card_brand,
    card_last4: object.card?.last4 ?? row.card_last4,
    country: object.country ?? row.country,
    gateway_details: { ...object.details, ...authorized },
  }
}

async function applyVerdict(work: Work, charge: TransactionRow, fact: Verdict): Promise<void> {
  const settled = charge.state === 'approved' || charge.state === 'rejected'
  const known = charge.state === 'pending' || charge.state === 'action_required'
  if (settled || (fact.kind === 'unknown' && (known || charge.state === 'unknown'))) return
  const state = fact.kind === 'rejected' ? 'rejected' : 'unknown'
  const reason = fact.kind === 'rejected' ? fact.reason : null
  await changeTransaction(work.tx, work.scope, charge, {
    ...charge,
    state,
    gateway_ref: (fact.kind === 'rejected' ? fact.gateway_ref : null) ?? charge.gateway_ref,
    reason,
    message: fact.message,
  })
  const gateway = { gateway: charge.gateway, gateway_account_id: charge.gateway_account_id }
  const said = state === 'rejected' ? { reason, message: fact.message } : {}
  work.row = { ...work.row, ...gateway, ...said, method: charge.method ?? work.row.method }
  const data = { transaction: charge.id, reason, message: fact.message }
  work.changes.push({ type: `payment.charge_${state}`, data })
}
