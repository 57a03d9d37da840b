import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Payment } from '#contract/payments.ts'
import type { EventRow } from '#server/platform/outbox.ts'
import { type Api, eventually, openFlorin, signInAs, type TestFlorin } from '#test/florin.ts'
import { CARD, createPayment, type Made, paidPayment, payByCard, paymentIs } from '#test/payer.ts'
import { isDeclined, type Play, paid, pays, visit } from './acts.ts'
import { begin, type Wish } from './begin.ts'
import { cancel, expire, markPaid } from './by-hand.ts'
import { HOUR_MS } from './calendar.ts'
import { hear, startCharge } from './charges.ts'
import { idsFrom, makeDice } from './dice.ts'
import { makeDemoData } from './index.ts'
import { noLeaves } from './leaves.ts'
import { askRefund, endRefund, refundAtGateway } from './refunds.ts'
import { setStage } from './stage.ts'
import type { Stage, Story } from './story.ts'

/**
 * What the demo tells is what would have happened: the same steps are taken in the running product
 * and told as a story, and both leave the same events, transfers, transactions and entries.
 */
let at: TestFlorin
let owner: Api
let stage: Stage
const NOW_MS = Date.UTC(2026, 10, 20, 9)

beforeAll(async () => {
  at = await openFlorin()
  owner = await signInAs(at.origin, at.owner.email, at.config.ownerPassword ?? '')
  const scope = { merchantId: at.owner.merchantId, mode: 'test' } as const
  const span = { until_ms: NOW_MS + 5 * HOUR_MS, days: 1 }
  const { secrets, deps } = at.florin
  const { purposes, publicUrl } = deps
  const setting = { scope, span, dice: makeDice('stage'), purposes, secrets }
  stage = (await setStage(at.db, { ...setting, publicUrl: publicUrl() })).stage
})
afterAll(async () => {
  expect(await at.audit()).toEqual([])
  await at.close()
})

const PLAY: Play = {
  gateway: 'sandbox',
  method: 'card',
  card: { brand: 'visa', last4: '4242' },
  country: 'FR',
}

/** The beginning of a story of 100.00 EUR, asked for by the API. */
function story(more: Partial<Wish> = {}): Story {
  const dice = makeDice(`story ${JSON.stringify(more)}`)
  const person = { name: 'Ada', email: 'ada@example.com', country: 'FR', locale: 'en' } as const
  return begin(stage, noLeaves(), dice, idsFrom(dice), {
    ...{ at_ms: NOW_MS, person: { ...person, currency: 'EUR' }, customer_id: null },
    ...{ purpose: 'api', source: 'api', actor: stage.key, currency: 'EUR', amount: 10_000n },
    ...{ shop_id: stage.shops[0] ?? 'shp_', reference: 'R-1', description: 'One thing' },
    ...{ link_id: null, metadata: {} },
    ...more,
  })
}

/** What an event says of the payment, without ids and times. */
const SAID = [
  ...['version', 'status', 'flags', 'amount', 'captured_amount', 'refunded_amount', 'reason'],
  ...['refundable_amount', 'fee_amount', 'net_amount', 'credited_amount', 'method', 'gateway'],
  ...['message', 'next_step', 'card'],
]
const saidBy = (data: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(SAID.map((key) => [key, data[key] ?? null]))

type Left = {
  readonly events: readonly unknown[]
  readonly transfers: readonly string[]
  readonly transactions: readonly string[]
  readonly deeds: readonly string[]
}

function toldBy({ leaves, row }: Story): Left {
  const events = leaves.events.filter((one) => one.objectId === row.id)
  const inputs = leaves.settlings.flatMap((one) => one.inputs)
  const settled = new Map(inputs.map((input) => [input.source_id, input.outcome]))
  return {
    events: events.map(({ type, actor, data }) => [type, actor.kind, saidBy(data)]),
    transfers: leaves.postings
      .flatMap((one) => one.transfers)
      .map((one) => {
        const end = one.pending ? (settled.get(one.source_id) ?? 'held') : 'post'
        const route = `${one.debit.kind} → ${one.credit.kind} ${one.amount}`
        return `${one.source_kind} ${one.leg} ${cut(one.source_id)} ${route} ${end}`
      }),
    transactions: leaves.transactions.map(
      (one) =>
        `${one.type} ${one.state} ${one.amount} ${one.approved} ${one.cleared} ${one.manual}`,
    ),
    deeds: leaves.audits.map((one) => one.action),
  }
}

/** Only what a source's id says beyond the transaction: the total that it reached. */
const cut = (source: string): string => source.replace(/^[^:]+/, source.slice(0, 3))

async function leftBy(id: string): Promise<Left> {
  const ask = <R>(text: string) => at.db.query<R>({ text, values: [id] })
  const events = await ask<EventRow>(
    'select * from events where object_id = $1 order by object_version',
  )
  const transfers = await ask<{ line: string }>(
    `select t.source_kind || ' ' || t.leg || ' '
        || regexp_replace(t.source_id, '^[^:]+', left(t.source_id, 3)) || ' '
        || d.kind || ' → ' || c.kind || ' ' || t.amount || ' '
        || coalesce(s.state, replace(replace(t.state, 'posted', 'post'), 'pending', 'held')) as line
      from ledger_transfers t
      join ledger_accounts d on d.id = t.debit_account_id
      join ledger_accounts c on c.id = t.credit_account_id
      left join ledger_transfers s on s.pending_id = t.id
      where t.payment_id = $1 and t.pending_id is null order by t.id`,
  )
  const transactions = await ask<{ line: string }>(
    `select type || ' ' || state || ' ' || amount || ' ' || approved || ' ' || cleared || ' '
      || manual as line from transactions where payment_id = $1 order by id`,
  )
  const deeds = await ask<{ action: string }>(
    'select action from audit_entries where object_id = $1 order by id',
  )
  return {
    events: events.map((one) => [one.type, one.actor_kind, saidBy(one.data)]),
    transfers: transfers.map((one) => one.line),
    transactions: transactions.map((one) => one.line),
    deeds: deeds.map((one) => one.action),
  }
}

const sorted = (left: Left): Left => ({ ...left, transfers: [...left.transfers].sort() })
async function same(id: string, told: Story): Promise<void> {
  expect(sorted(toldBy(told))).toEqual(sorted(await leftBy(id)))
}

const is = (id: string, status: Payment['status']) =>
  paymentIs(at.api, id, (one) => one.status === status)
const isRefunded = (id: string, value: string) =>
  paymentIs(at.api, id, (one) => one.refunded_amount.value === value)
const seen = { confirmed_by: 'gateway_dashboard', reason: 'Seen there' }
const eur = (value: string) => ({ value, currency: 'EUR' })
const refund = (id: string, value: string) =>
  owner.post(`/v1/payments/${id}/refunds`, { amount: eur(value), reason: 'Returned' })

/** The payer's time is over. */
const endTime = (made: Made) =>
  at.db.query({ text: 'update payments set expires_at = now() where id = $1', values: [made.id] })

/** What the sandbox does by itself later, it does now. */
const hurrySandbox = (paymentId: string) =>
  at.db.query({
    text: `update sandbox.charges set due_ms = 0 where due_ms > 0 and transaction_id in
      (select id::text from transactions where payment_id = $1)`,
    values: [paymentId],
  })

function vouchedFor(): Story {
  const told = story()
  const late = { ...PLAY, card: { brand: 'visa', last4: '0006' } }
  const charge = visit(told, PLAY)
  hear(told, charge, { state: 'pending', card: late.card, country: 'FR' }, 'event')
  markPaid(told, stage.owner, 'gateway_dashboard', 'Seen there')
  const message = 'The payer did not pay in time.'
  hear(told, charge, { state: 'rejected', reason: 'session_expired', message }, 'event')
  pays(told, charge, late)
  return told
}

describe('a story is told as it happens', () => {
  it('paid on the hosted page', async () => {
    const payment = await paidPayment(at.api)
    const told = story()
    pays(told, visit(told, PLAY), PLAY)
    await same(payment.id, told)
  })

  it('declined, and paid with another card', async () => {
    const made = await createPayment(at.api)
    await payByCard(made.checkout_url, CARD.declined)
    await is(made.id, 'failed')
    await payByCard(made.checkout_url)
    await is(made.id, 'succeeded')
    const told = story()
    const card = { brand: 'visa', last4: '0002' }
    isDeclined(told, visit(told, PLAY), { ...PLAY, card }, 'card_declined')
    paid(told, PLAY)
    await same(made.id, told)
  })

  it('charged by token, without the payer', async () => {
    const made = await createPayment(at.api)
    await at.api.post(`/v1/payments/${made.id}/charges`, { token: 'tok_success' })
    await is(made.id, 'succeeded')
    const told = story()
    const charge = startCharge(told, 'sandbox', 'card', stage.key)
    hear(told, charge, { state: 'approved', card: PLAY.card, country: 'FR' }, 'answer')
    const left = await leftBy(made.id)
    // The deed of charging is the caller's own route; everything else is the same.
    const deeds = left.deeds.filter((one) => one.startsWith('payment.c'))
    expect(sorted({ ...toldBy(told), deeds })).toEqual(sorted({ ...left, deeds }))
  })

  it('received in cash', async () => {
    const recorded = { method: 'cash', reason: 'At the counter' } as const
    const answer = await owner.post<Payment>('/v1/payments', { amount: eur('100.00'), recorded })
    const told = story({ recorded, source: 'dashboard', actor: stage.owner })
    await same(answer.body.id, told)
  })

  it('paid in part, then the rest', async () => {
    const made = await createPayment(at.api)
    await payByCard(made.checkout_url, '4000000000130007')
    await is(made.id, 'partially_paid')
    await payByCard(made.checkout_url)
    await is(made.id, 'succeeded')
    const told = story()
    pays(told, visit(told, PLAY), { ...PLAY, card: { brand: 'visa', last4: '0007' } }, 60)
    paid(told, PLAY)
    await same(made.id, told)
  })

  it('never begun, and over', async () => {
    const made = await createPayment(at.api)
    await endTime(made)
    await is(made.id, 'expired')
    const told = story()
    told.now_ms += HOUR_MS
    expire(told)
    await same(made.id, told)
  })

  it('canceled by staff', async () => {
    const made = await createPayment(at.api)
    await owner.post(`/v1/payments/${made.id}/cancel`, { reason: 'By mistake' })
    const told = story()
    cancel(told, stage.owner, 'By mistake')
    await same(made.id, told)
  })

  it('left at the gateway, vouched for, and confirmed at last', async () => {
    const made = await createPayment(at.api)
    await payByCard(made.checkout_url, '4000000000140006')
    await is(made.id, 'processing')
    await owner.post(`/v1/payments/${made.id}/mark_paid`, seen)
    await is(made.id, 'succeeded')
    await eventually(async () => {
      await hurrySandbox(made.id)
      return (await at.api.get<Payment>(`/v1/payments/${made.id}`)).body.next_step === 'nothing'
    })
    await same(made.id, vouchedFor())
  })

  it('given back in part by staff, and the rest at the gateway', async () => {
    const payment = await paidPayment(at.api)
    await refund(payment.id, '30.00')
    await isRefunded(payment.id, '30.00')
    const ref = payment.gateway_ref ?? ''
    await at.florin.sandbox?.refundAtDashboard(at.sandboxRef, ref, '70.00')
    await isRefunded(payment.id, '100.00')
    const told = story()
    const charge = paid(told, PLAY)
    endRefund(told, askRefund(told, charge, 3000n, 'Returned', stage.owner), 'succeeded')
    refundAtGateway(told, charge, 7000n)
    await same(payment.id, told)
  })
})

describe('demo payments at the sandbox', () => {
  it('can be synced and refunded like any other, and the books agree', async () => {
    await makeDemoData(at.florin, at.owner.merchantId, () => undefined, { payments: 150 })
    const paidThere = await at.db.query<{ id: string }>({
      text: `select id from payments where gateway = 'sandbox'
        and created_by_name = 'Web shop' and status = 'succeeded' and refund_reserved = 0
        and refunded = 0 and captured = amount and not manual order by id limit 12`,
    })
    expect(paidThere.length).toBe(12)
    for (const { id } of paidThere) {
      const before = await at.api.get<Payment>(`/v1/payments/${id}`)
      const synced = await at.api.post<Payment>(`/v1/payments/${id}/sync`)
      expect([synced.status, synced.body.version]).toEqual([200, before.body.version])
      const asked = await owner.post(`/v1/payments/${id}/refunds`, { reason: 'Returned' })
      expect(asked.status).toBe(201)
      await eventually(async () => {
        const now = await at.api.get<Payment>(`/v1/payments/${id}`)
        return now.body.refunded_amount.value === before.body.captured_amount.value
      })
    }
  })

  it('say nothing new when every one of them is asked about', async () => {
    const all = await at.db.query<{ id: string }>({
      text: `select p.id from payments p where p.created_by_name is distinct from 'test'
        and gateway = 'sandbox' and not exists (select from transactions t
          where t.payment_id = p.id and t.gateway <> 'sandbox')`,
    })
    expect(all.length).toBeGreaterThan(40)
    for (const { id } of all) {
      const before = await at.api.get<Payment>(`/v1/payments/${id}`)
      const synced = await at.api.post<Payment>(`/v1/payments/${id}/sync`)
      const { status, version } = synced.body
      expect([id, status, version]).toEqual([id, before.body.status, before.body.version])
    }
  })
})
