import type { Static } from 'typebox'
import type { EffectPreview, MarkPaid } from '#contract/payments.ts'
import { assert } from '#server/kernel/assert.ts'
import { parseMoney, toWire } from '#server/kernel/money.ts'
import { ok, type Result, refuse } from '#server/kernel/result.ts'
import type { Actor, Scope } from '#server/kernel/scope.ts'
import { balances, post } from '#server/ledger/index.ts'
import { insertTransactions } from '#server/money/transactions/index.ts'
import type { NewId } from '#server/platform/clock.ts'
import type { Tx } from '#server/platform/postgres/index.ts'
import { eventFor, type PaymentRow, remaining, stepPayment, stepped } from '../payment.ts'
import { creditLegs, type Purposes } from '../purpose.ts'
import { lockPayments } from '../store.ts'
import { commitPayment } from './commit-payment.ts'

type MarkDeps = { readonly newId: NewId; readonly now_ms: number; readonly purposes: Purposes }
type Input = Static<typeof MarkPaid>

/**
 * Believes a person that the money is there. It comes out of suspense, and the gateway's own fact,
 * when it arrives, clears suspense instead of crediting a second time.
 */
export async function markPaid(
  deps: MarkDeps,
  tx: Tx,
  scope: Scope,
  actor: Actor,
  id: string,
  input: Input,
): Promise<Result<PaymentRow | EffectPreview, string>> {
  const row = (await lockPayments(tx, scope, [id])).get(id)
  if (!row) return refuse('payment_not_found')
  const amount = amountOf(row, input)
  if (!amount.ok) return amount
  const captured = row.captured + amount.value
  const event = eventFor({ ...row, captured }, null)
  if (input.dry_run) return ok(await preview(deps, tx, scope, row, amount.value, event))
  const purpose = deps.purposes[row.purpose]
  const transaction = await vouch(deps, tx, scope, row, amount.value, input)
  const received = {
    ...row,
    captured,
    credited: purpose?.takesExcess ? (row.credited ?? 0n) + amount.value : row.credited,
    manual: true,
    manual_open: row.manual_open + amount.value,
  }
  const after = stepped(received, event, new Date(deps.now_ms))
  const data = { confirmed_by: input.confirmed_by, reason: input.reason, transaction }
  return ok(
    await commitPayment(deps, tx, scope, actor, row, after, [
      { type: 'payment.marked_paid', data },
    ]),
  )
}

/** The by-hand charge and its transfers out of suspense. */
async function vouch(
  deps: MarkDeps,
  tx: Tx,
  scope: Scope,
  row: PaymentRow,
  amount: bigint,
  input: Input,
): Promise<string> {
  const transactionId = deps.newId('transaction')
  await insertTransactions(tx, scope, [
    {
      id: transactionId,
      payment_id: row.id,
      type: 'charge',
      state: 'approved',
      currency: row.currency,
      amount,
      approved: amount,
      method: input.confirmed_by,
      manual: true,
      message: input.reason,
    },
  ])
  const purpose = deps.purposes[row.purpose]
  assert(purpose, `no purpose module for ${row.purpose}`)
  const answers = await post(
    tx,
    scope,
    creditLegs(purpose, row, amount).map((leg, index) => ({
      id: deps.newId('transfer'),
      group: 0,
      debit: { kind: 'suspense', owner: '' },
      credit: leg.account,
      amount: leg.amount,
      currency: row.currency,
      source_kind: 'mark_paid',
      source_id: transactionId,
      leg: index,
      payment_id: row.id,
    })),
  )
  const posted = answers.every((answer) => answer.outcome === 'posted')
  assert(posted, `payment ${row.id} was marked as paid, and the ledger did not take it`)
  return transactionId
}

function amountOf(row: PaymentRow, input: Input): Result<bigint, string> {
  const due = remaining(row)
  if (due === 0n)
    return refuse('already_paid', { detail: 'Nothing is due on this payment any more.' })
  if (!input.amount) return ok(due)
  const money = parseMoney(input.amount)
  if (!money.ok) {
    const pointer = `/amount${money.refusal.pointer ?? ''}`
    return { ok: false, refusal: { ...money.refusal, pointer } }
  }
  if (money.value.currency !== row.currency) {
    const detail = `This payment is in ${row.currency}.`
    return refuse('currency_mismatch', { pointer: '/amount/currency', detail })
  }
  if (money.value.amount > due) {
    const max = toWire({ amount: due, currency: row.currency })
    const detail = `At most ${max.value} ${max.currency} is due.`
    return refuse('amount_above_due', { pointer: '/amount/value', detail, allowed: { max } })
  }
  return ok(money.value.amount)
}

async function preview(
  deps: MarkDeps,
  tx: Tx,
  scope: Scope,
  row: PaymentRow,
  amount: bigint,
  event: ReturnType<typeof eventFor>,
): Promise<EffectPreview> {
  const money = (value: bigint) => toWire({ amount: value, currency: row.currency })
  const purpose = deps.purposes[row.purpose]
  const lines: EffectPreview['lines'] = [
    {
      what: 'received',
      before: money(row.captured),
      change: money(amount),
      after: money(row.captured + amount),
    },
  ]
  if (purpose?.takesExcess) {
    const account = { ...purpose.destination(row), currency: row.currency }
    const [held] = await balances(tx, scope, [account])
    const before = held?.posted ?? 0n
    lines.push({
      what: 'wallet_credited',
      before: money(before),
      change: money(amount),
      after: money(before + amount),
    })
  }
  return {
    object: 'effect_preview',
    status: { from: row.status, to: event ? stepPayment(row.status, event) : row.status },
    lines,
    max: money(remaining(row)),
    why_max: 'due',
  }
}
