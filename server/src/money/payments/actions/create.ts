import type { CreatePayment } from '#contract/payments.ts'
import { assert } from '#server/kernel/assert.ts'
import type { PaymentId, TransactionId } from '#server/kernel/ids.ts'
import { parseMoney } from '#server/kernel/money.ts'
import { ok, type Result, refuse } from '#server/kernel/result.ts'
import type { Actor, Scope } from '#server/kernel/scope.ts'
import { post, type TransferInput } from '#server/ledger/index.ts'
import { insertTransactions } from '#server/money/transactions/index.ts'
import type { NewId } from '#server/platform/clock.ts'
import { announce } from '#server/platform/outbox.ts'
import type { Tx } from '#server/platform/postgres/index.ts'
import { customersExist } from '#server/records/customers/index.ts'
import { shopFor } from '#server/records/merchants/index.ts'
import type { PaymentRow } from '../payment.ts'
import { creditLegs, type Purposes } from '../purpose.ts'
import { insertPayments, type NewPaymentRow } from '../store.ts'
import { eventOf } from './commit-payment.ts'

export type NewPayment = CreatePayment & {
  readonly source: PaymentRow['source']
  readonly purpose_name: string
  readonly link_id?: string
}

export type CreateDeps = {
  readonly newId: NewId
  readonly now_ms: number
  readonly purposes: Purposes
}

const DEFAULT_EXPIRY_S = 3600

/**
 * Creates payments, each with its answer, in the caller's transaction. A payment with `recorded` is
 * money already in hand: it succeeds at once, through the bank account of its kind.
 */
export async function createPayments(
  deps: CreateDeps,
  tx: Tx,
  scope: Scope,
  actor: Actor,
  inputs: readonly NewPayment[],
): Promise<Result<PaymentRow, string>[]> {
  const checked: Result<NewPaymentRow, string>[] = []
  for (const input of inputs) checked.push(await check(deps, tx, scope, actor, input))
  const rows = checked.flatMap((one) => (one.ok ? [one.value] : []))
  const saved = new Map<string, PaymentRow>()
  if (rows.length > 0) {
    for (const row of await insertPayments(tx, scope, rows)) saved.set(row.id, row)
    await record(deps, tx, scope, inputs, checked, saved)
    await announce(tx, deps.newId, scope, actor, [...saved.values()].flatMap(eventsOf))
  }
  return checked.map((one) => (one.ok ? ok(saved.get(one.value.id) as PaymentRow) : one))
}

const eventsOf = (row: PaymentRow) =>
  row.status === 'succeeded'
    ? [eventOf(row, { type: 'payment.created' }, 1), eventOf(row, { type: 'payment.succeeded' }, 2)]
    : [eventOf(row, { type: 'payment.created' }, 1)]

async function check(
  deps: CreateDeps,
  tx: Tx,
  scope: Scope,
  actor: Actor,
  input: NewPayment,
): Promise<Result<NewPaymentRow, string>> {
  const money = parseMoney(input.amount)
  if (!money.ok) {
    const pointer = `/amount${money.refusal.pointer ?? ''}`
    return { ok: false, refusal: { ...money.refusal, pointer } }
  }
  const shop = await shopFor(tx, scope, input.shop_id ?? null)
  if (!shop) return refuse('shop_not_found', { pointer: '/shop_id' })
  const customer = input.customer_id ?? null
  if (customer && !(await customersExist(tx, scope, customer))) {
    const detail = `There is no customer ${customer} in ${scope.mode} mode.`
    return refuse('customer_not_found', { pointer: '/customer_id', detail })
  }
  const purpose = deps.purposes[input.purpose_name]
  const { currency, amount } = money.value
  const fits = await purpose?.check?.(tx, scope, { customer_id: customer, currency })
  if (fits && !fits.ok) return fits
  const recorded = input.recorded !== undefined
  return ok({
    id: deps.newId('payment') satisfies PaymentId,
    shop_id: shop.id,
    customer_id: customer,
    purpose: input.purpose_name,
    purpose_ref: null,
    source: input.source,
    status: recorded ? 'succeeded' : 'open',
    currency,
    amount,
    captured: recorded ? amount : 0n,
    credited: purpose?.takesExcess ? (recorded ? amount : 0n) : null,
    manual_open: 0n,
    manual: recorded,
    reference: input.reference ?? null,
    description: input.description ?? null,
    payer_name: input.payer_name ?? null,
    payer_email: input.payer_email ?? null,
    gateway: null,
    gateway_account_id: null,
    method: input.recorded?.method ?? null,
    session_id: null,
    link_id: input.link_id ?? null,
    metadata: input.metadata ?? {},
    created_by_kind: actor.kind,
    created_by_id: actor.id,
    created_by_name: actor.name,
    processed_at: recorded ? new Date(deps.now_ms) : null,
    expires_at: new Date(deps.now_ms + (input.expires_in_s ?? DEFAULT_EXPIRY_S) * 1000),
    version: recorded ? 2 : 1,
  })
}

/** Charges and transfers of payments that were received outside any gateway. */
async function record(
  deps: CreateDeps,
  tx: Tx,
  scope: Scope,
  inputs: readonly NewPayment[],
  checked: readonly Result<NewPaymentRow, string>[],
  saved: ReadonlyMap<string, PaymentRow>,
): Promise<void> {
  const transfers: TransferInput[] = []
  const charges = checked.flatMap((one, index) => {
    const recorded = inputs[index]?.recorded
    if (!one.ok || !recorded) return []
    const row = saved.get(one.value.id) as PaymentRow
    const id = deps.newId('transaction')
    transfers.push(...recordedTransfers(deps, row, id, recorded.method, transfers.length))
    const { currency, amount } = row
    const shared = { id, payment_id: row.id, currency, amount, approved: amount }
    const said = { method: recorded.method, manual: true, message: recorded.reason }
    return [{ ...shared, ...said, type: 'charge' as const, state: 'approved' as const }]
  })
  if (charges.length === 0) return
  await insertTransactions(tx, scope, charges)
  const answers = await post(tx, scope, transfers)
  const posted = answers.every((answer) => answer.outcome === 'posted')
  assert(posted, 'money was recorded, and the ledger did not take it')
  for (const row of saved.values()) {
    if (row.status === 'succeeded') await deps.purposes[row.purpose]?.whenPaid?.(tx, scope, row)
  }
}

function recordedTransfers(
  deps: CreateDeps,
  row: PaymentRow,
  transactionId: TransactionId,
  method: string,
  group: number,
): TransferInput[] {
  const purpose = deps.purposes[row.purpose]
  const legs = purpose ? creditLegs(purpose, { ...row, captured: 0n }, row.amount) : []
  return legs.map((leg, index) => ({
    id: deps.newId('transfer'),
    group,
    debit: { kind: 'bank', owner: method },
    credit: leg.account,
    amount: leg.amount,
    currency: row.currency,
    source_kind: 'recorded',
    source_id: transactionId,
    leg: index,
    payment_id: row.id,
  }))
}
