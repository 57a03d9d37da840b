import type { Static } from 'typebox'
import type { CreateRefund, EffectPreview } from '#contract/payments.ts'
import { parseMoney, toWire } from '#server/kernel/money.ts'
import { ok, type Result, refuse } from '#server/kernel/result.ts'
import type { Actor, Scope } from '#server/kernel/scope.ts'
import { balances, isHalted, post } from '#server/ledger/index.ts'
import {
  availabilityOf,
  commitPayment,
  debitLegs,
  lockPayments,
  type PaymentRow,
  type Purposes,
  refundable,
  WHY_NOT,
} from '#server/money/payments/index.ts'
import {
  insertTransactions,
  type TransactionRow,
  transactionsOf,
} from '#server/money/transactions/index.ts'
import type { NewId } from '#server/platform/clock.ts'
import { enqueue } from '#server/platform/jobs.ts'
import { announce } from '#server/platform/outbox.ts'
import type { Tx } from '#server/platform/postgres/index.ts'
import { type GatewayDeps, gatewayFor } from '#server/records/gateway-accounts/index.ts'
import { presentRefund } from '../present.ts'
import type { RefundRow } from '../refund.ts'
import { insertRefund, refundsOf } from '../store.ts'

export type RequestDeps = GatewayDeps & {
  readonly newId: NewId
  readonly purposes: Purposes
}
type Input = Static<typeof CreateRefund>
type Plan = { row: PaymentRow; charge: TransactionRow; amount: bigint }

/**
 * Reserves the money, freezes the gateway request and remembers to send it, in one transaction
 * under
 * the payment's lock. Nothing is sent here.
 */
export async function requestRefund(
  deps: RequestDeps,
  tx: Tx,
  scope: Scope,
  actor: Actor,
  paymentId: string,
  input: Input,
): Promise<Result<RefundRow | EffectPreview, string>> {
  const halted = await isHalted(tx, scope)
  if (halted) {
    const detail = `Outgoing money is stopped: ${halted} Run the audit and release it first.`
    return refuse('outgoing_money_halted', { detail })
  }
  const row = (await lockPayments(tx, scope, [paymentId])).get(paymentId)
  if (!row) return refuse('payment_not_found')
  const plan = await planRefund(deps, tx, scope, row, input)
  if (!plan.ok) return plan
  if (input.dry_run) return ok(await preview(deps, tx, scope, plan.value))
  return reserve(deps, tx, scope, actor, plan.value, input.reason)
}

async function planRefund(
  deps: RequestDeps,
  tx: Tx,
  scope: Scope,
  row: PaymentRow,
  input: Input,
): Promise<Result<Plan, string>> {
  const all = await transactionsOf(tx, scope, [row.id])
  const charges = all.filter((one) => one.type === 'charge')
  if (charges.some((charge) => charge.state === 'unknown' || charge.state === 'dispatched')) {
    const detail = 'Sync the payment first: the gateway has not said yet how a charge ended.'
    return refuse('payment_state_unresolved', { detail })
  }
  const may = availabilityOf(row, charges, deps.gateways).refund
  if (!may.allowed && may.why_not !== 'nothing_left') {
    return refuse('not_refundable', { detail: WHY_NOT[may.why_not ?? ''] ?? '' })
  }
  const amount = amountOf(row, input)
  if (!amount.ok) return amount
  const refunds = await refundsOf(tx, scope, row.id)
  const live = new Set(refunds.filter((r) => r.status !== 'failed').map((r) => r.transaction_id))
  const left = (charge: TransactionRow) =>
    all
      .filter((one) => one.charge_id === charge.id && live.has(one.id))
      .reduce((rest, one) => rest - one.amount, charge.approved)
  const atGateway = charges.filter((charge) => !charge.manual && charge.gateway_ref !== null)
  const charge = atGateway.find((one) => left(one) >= amount.value)
  if (!charge) return spans(row, atGateway.map(left))
  const gateway = deps.gateways[charge.gateway ?? '']
  if (!gateway || gateway.capabilities.refunds === 'none') return refuse('gateway_cannot_refund')
  return ok({ row, charge, amount: amount.value })
}

function amountOf(row: PaymentRow, input: Input): Result<bigint, string> {
  const left = refundable(row)
  const max = toWire({ amount: left, currency: row.currency })
  if (!input.amount && left > 0n) return ok(left)
  const money = parseMoney(input.amount ?? max)
  if (!money.ok) {
    if (!input.amount) return tooLarge(row, max)
    const pointer = `/amount${money.refusal.pointer ?? ''}`
    return { ok: false, refusal: { ...money.refusal, pointer } }
  }
  if (money.value.currency !== row.currency) {
    const detail = `This payment is in ${row.currency}.`
    return refuse('currency_mismatch', { pointer: '/amount/currency', detail })
  }
  return money.value.amount > left ? tooLarge(row, max) : ok(money.value.amount)
}

function tooLarge(row: PaymentRow, max: { value: string; currency: string }) {
  const money = (amount: bigint) => toWire({ amount, currency: row.currency }).value
  const detail =
    `At most ${max.value} ${max.currency} can be refunded: ${money(row.captured)} received, ` +
    `${money(row.refund_reserved + row.refunded_outside)} refunded or on its way.`
  return refuse('refund_too_large', {
    pointer: '/amount/value',
    detail,
    allowed: { max_refund: max },
  })
}

function spans(row: PaymentRow, lefts: readonly bigint[]): Result<never, string> {
  const largest = lefts.reduce((a, b) => (a > b ? a : b), 0n)
  const max = toWire({ amount: largest, currency: row.currency })
  const detail =
    `This payment was received in ${lefts.length} charges. Refund at most ${max.value} ` +
    `${max.currency} at once, then the rest.`
  return refuse('refund_spans_charges', { detail, allowed: { max_refund: max } })
}

async function reserve(
  deps: RequestDeps,
  tx: Tx,
  scope: Scope,
  actor: Actor,
  { row, charge, amount }: Plan,
  reason: string,
): Promise<Result<RefundRow, string>> {
  const id = deps.newId('refund')
  const held = await hold(deps, tx, scope, row, charge, amount, id)
  if (!held.ok) return held
  const transactionId = deps.newId('transaction')
  await freeze(deps, tx, scope, { row, charge, amount }, transactionId, reason)
  const refund = await insertRefund(tx, scope, {
    id,
    payment_id: row.id,
    transaction_id: transactionId,
    status: 'sending',
    currency: row.currency,
    amount,
    reason,
    message: null,
    source: actor.kind === 'key' ? 'api' : 'dashboard',
    gateway: charge.gateway,
    gateway_ref: null,
    created_by_kind: actor.kind,
    created_by_id: actor.id,
    created_by_name: actor.name,
  })
  const after = { ...row, refund_reserved: row.refund_reserved + amount }
  const data = { refund: presentRefund(refund) }
  await commitPayment(deps, tx, scope, actor, row, after, [
    { type: 'payment.refund_requested', data },
  ])
  await announce(tx, deps.newId, scope, actor, [
    {
      type: 'refund.created',
      objectId: id,
      objectVersion: 1,
      paymentId: row.id,
      data: presentRefund(refund),
    },
  ])
  await enqueue(tx, deps.newId, scope, [
    { kind: 'transaction.sync', key: transactionId, in_ms: RESCUE_MS },
  ])
  return ok(refund)
}

/** If this process dies before it sends the refund, the job sends it. */
const RESCUE_MS = 5000

/** A pending transfer, so that the customer cannot spend what is on its way back. */
async function hold(
  deps: RequestDeps,
  tx: Tx,
  scope: Scope,
  row: PaymentRow,
  charge: TransactionRow,
  amount: bigint,
  refundId: string,
): Promise<Result<null, string>> {
  const purpose = deps.purposes[row.purpose]
  const legs = purpose ? debitLegs(purpose, row, amount) : []
  const answers = await post(
    tx,
    scope,
    legs.map((leg, index) => ({
      id: deps.newId('transfer'),
      group: 0,
      debit: leg.account,
      credit: { kind: 'gateway_clearing', owner: charge.gateway_account_id ?? '' },
      amount: leg.amount,
      currency: row.currency,
      source_kind: 'refund',
      source_id: refundId,
      leg: index,
      payment_id: row.id,
      pending: true,
    })),
  )
  const short = answers.find((answer) => answer.outcome === 'refused')
  if (!short) return ok(null)
  const available = toWire({ amount: short.available ?? 0n, currency: row.currency })
  const detail =
    `The customer's balance holds only ${available.value} ${available.currency} of it; ` +
    'the rest has been spent. Refund less, or credit the balance first.'
  return refuse('wallet_balance_too_low', { detail, allowed: { max_refund: available } })
}

async function freeze(
  deps: RequestDeps,
  tx: Tx,
  scope: Scope,
  { row, charge, amount }: Plan,
  transactionId: `txn_${string}`,
  reason: string,
): Promise<void> {
  const at = await gatewayFor(deps, tx, scope, charge.gateway_account_id)
  const call = at.gateway.prepareRefund(at.config, {
    transaction_id: transactionId,
    charge_ref: charge.gateway_ref ?? '',
    amount: { amount, currency: row.currency },
    reason,
  })
  await insertTransactions(tx, scope, [
    {
      id: transactionId,
      payment_id: row.id,
      type: 'refund',
      state: 'prepared',
      currency: row.currency,
      amount,
      charge_id: charge.id,
      gateway_account_id: charge.gateway_account_id,
      gateway: charge.gateway,
      method: charge.method,
      request_path: call.path,
      request_body: call.body,
    },
  ])
}

async function preview(
  deps: RequestDeps,
  tx: Tx,
  scope: Scope,
  { row, amount }: Plan,
): Promise<EffectPreview> {
  const money = (value: bigint) => toWire({ amount: value, currency: row.currency })
  const purpose = deps.purposes[row.purpose]
  const lines: EffectPreview['lines'] = [
    {
      what: 'refunded',
      before: money(row.refund_reserved),
      change: money(amount),
      after: money(row.refund_reserved + amount),
    },
  ]
  if (purpose?.takesExcess) {
    const account = { ...purpose.destination(row), currency: row.currency }
    const [wallet] = await balances(tx, scope, [account])
    const before = wallet?.available ?? 0n
    lines.push({
      what: 'wallet_debited',
      before: money(before),
      change: money(-amount),
      after: money(before - amount),
    })
  }
  return {
    object: 'effect_preview',
    status: { from: row.status, to: row.status },
    lines,
    max: money(refundable(row)),
    why_max: row.refund_reserved > 0n ? 'received_less_refunded' : 'received',
  }
}
