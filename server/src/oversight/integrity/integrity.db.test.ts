import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Payment } from '#contract/payments.ts'
import type { Scope } from '#server/kernel/scope.ts'
import { isHalted, release } from '#server/ledger/index.ts'
import { type Database, openDatabase } from '#server/platform/postgres/index.ts'
import { type Answer, eventually, openFlorin, signInAs, type TestFlorin } from '#test/florin.ts'
import { CARD, createPayment, goToGateway, paidPayment, paymentIs } from '#test/payer.ts'
import { submitPage } from '#test/sandbox.ts'
import { auditAll, type Finding, integrityJob } from './index.ts'

let at: TestFlorin
let owner: Database
let scope: Scope
const ids = { refunded: '', marked: '', recorded: '', topUp: '' }

const done = ({ status, body }: Answer) => expect(status, JSON.stringify(body)).toBeLessThan(300)

async function refund(payment: Payment, value: string): Promise<void> {
  const wish = { amount: { value, currency: 'EUR' }, reason: 'returned' }
  done(await at.api.post(`/v1/payments/${payment.id}/refunds`, wish))
  await paymentIs(at.api, payment.id, (one) => one.refunded_amount.value === value)
}

beforeAll(async () => {
  at = await openFlorin()
  owner = openDatabase({ url: at.url, poolSize: 2, role: null })
  scope = { merchantId: at.owner.merchantId, mode: 'test' }
  const customer = await at.api.post<{ id: string }>('/v1/customers', { name: 'Ada' })
  const top_up = { purpose: 'top_up', customer_id: customer.body.id }
  const paid = await paidPayment(at.api, '100.00')
  await refund(paid, '60.00')
  const credited = await paidPayment(at.api, '20.00', top_up)
  await refund(credited, '5.00')
  const person = await signInAs(at.origin, at.owner.email, at.config.ownerPassword ?? '')
  const vouch = (payment: Payment, value: string) =>
    person.post(`/v1/payments/${payment.id}/mark_paid`, {
      confirmed_by: 'gateway_dashboard',
      reason: 'seen in the dashboard',
      amount: { value, currency: 'EUR' },
    })
  const marked = await createPayment(at.api, '30.00')
  const page = await goToGateway(marked.checkout_url)
  done(await vouch(marked, '10.00'))
  await submitPage(page, { card_number: CARD.success })
  await paymentIs(at.api, marked.id, (one) => one.status === 'succeeded')
  const byHand = await createPayment(at.api, '8.00')
  done(await vouch(byHand, '8.00'))
  const recorded = { method: 'cash', reason: 'paid at the desk' }
  const cash = await createPayment(at.api, '12.00', { recorded })
  Object.assign(ids, {
    refunded: paid.id,
    topUp: credited.id,
    marked: byHand.id,
    recorded: cash.id,
  })
  await eventually(async () => {
    const [row] = await at.db.query<{ n: bigint }>({ text: 'select count(*) as n from outbox' })
    return row?.n === 0n
  })
})
afterAll(async () => {
  await owner.close()
  await at.close()
})

it('finds nothing in books that are right, and says how far it is', async () => {
  const steps: string[] = []
  const onProgress = ({ check, done }: { check: string; done: number }) =>
    steps.push(`${check} ${done > 0}`)
  expect(await auditAll(at.db, { onProgress })).toEqual([])
  expect(new Set(steps)).toEqual(new Set(['A2 true', 'A1 true', 'A5 true', 'A11 true']))
})

it('finds nothing while money moves', async () => {
  let busy = true
  const audits = (async () => {
    const found: Finding[] = []
    while (busy) found.push(...(await auditAll(at.db)))
    return found
  })()
  const recorded = { method: 'cash', reason: 'paid at the desk' }
  const pay = async (index: number) => {
    if (index % 2) return createPayment(at.api, '1.00', { recorded })
    return paidPayment(at.api, '3.00')
  }
  await Promise.all(Array.from({ length: 20 }, (_, index) => pay(index)))
  busy = false
  expect(await audits).toEqual([])
})

class Undo extends Error {}
/** What the audit finds after a statement that is then taken back. */
async function findAfter(text: string): Promise<Finding[]> {
  let found: Finding[] = []
  const run = owner.tx(async (tx) => {
    await tx.query({ text: 'set local session_replication_role = replica' })
    const touched = await tx.query({ text: `${text} returning 1` })
    expect(touched.length, 'the statement changes something').toBeGreaterThan(0)
    found = await auditAll(tx)
    throw new Undo()
  })
  await expect(run).rejects.toThrow(Undo)
  return found
}

describe('names what differs', () => {
  const of = (name: keyof typeof ids) => () => `'${ids[name]}'`
  const chargeOf = (payment: string) => `payment_id = ${payment} and type = 'charge'`
  type Case = readonly [string, RegExp, () => string, (payment: string) => string]
  const cases: readonly Case[] = [
    [
      'a charge that took more than was posted',
      /^A4 What was posted for charge txn_\w+ of payment pay_\w+ is 100.00 EUR, and it took 100.01/,
      of('refunded'),
      (id) => `update transactions set approved = approved + 1 where ${chargeOf(id)}`,
    ],
    [
      'a fee that was not posted',
      /^A4 The fee posted for charge/,
      of('refunded'),
      (id) => `update transactions set fee = fee + 1 where ${chargeOf(id)}`,
    ],
    [
      'a capture that is gone',
      /^A4 What was posted for charge .* is 0.00 EUR, and it took 100.00 EUR/,
      of('refunded'),
      (id) => `delete from ledger_transfers where payment_id = ${id} and source_kind = 'capture'`,
    ],
    [
      'a transfer for nothing',
      /^A4 Payment pay_\w+ has transfers for fee txn_x, which is not a charge of it/,
      of('refunded'),
      (id) => `update ledger_transfers set source_id = 'txn_x:1'
        where payment_id = ${id} and source_kind = 'fee'`,
    ],
    [
      'a transfer of a kind that nobody knows',
      /^A4 Payment .* gift txn_\w+, which is not a kind that the audit knows/,
      of('recorded'),
      (id) => `update ledger_transfers set source_kind = 'gift' where payment_id = ${id}`,
    ],
    [
      'a transfer of no payment',
      /^A4 The transfer ltr_\w+ is for recorded txn_\w+, and its payment does not exist/,
      of('recorded'),
      (id) => `update ledger_transfers set payment_id = null where payment_id = ${id}`,
    ],
    [
      'a refund that failed and is posted',
      /^A4 What was posted for refund rfd_\w+ .* is 60.00 EUR, and its status is failed: .* 0.00/,
      of('refunded'),
      (id) => `update refunds set status = 'failed' where payment_id = ${id}`,
    ],
    [
      'a refund on its way that holds nothing',
      /^A6 What is held for refund .* is 0.00 EUR, and its status is sending: .* be 60.00 EUR/,
      of('refunded'),
      (id) => `update refunds set status = 'sending' where payment_id = ${id}`,
    ],
    [
      'a hold that nobody settled',
      /^A6 What is held for refund .* is 60.00 EUR, and its status is succeeded: .* 0.00 EUR/,
      of('refunded'),
      (id) => `delete from ledger_transfers where payment_id = ${id} and state = 'post'`,
    ],
    [
      'money captured by nobody',
      /^A5 The captured amount of payment pay_\w+ is 100.01 EUR, and its charges took 100.00 EUR/,
      of('refunded'),
      (id) => `update payments set captured = captured + 1 where id = ${id}`,
    ],
    ...['refunded', 'refund_reserved', 'refunded_outside', 'fee', 'credited', 'manual_open'].map(
      (column): Case => [
        `another ${column}`,
        new RegExp(`^A5 The ${column.split('_')[1] === 'reserved' ? 'reserved' : ''}`),
        of('topUp'),
        (id) => `update payments set ${column} = ${column} + 1 where id = ${id}`,
      ],
    ),
    [
      'suspense that the payment does not know of',
      /^A5 The manual amount of payment .* is 0.00 EUR, and suspense has 8.00 EUR/,
      of('marked'),
      (id) => `update payments set manual_open = 0 where id = ${id}`,
    ],
    [
      'a version without its event',
      /^A8 Payment pay_\w+ is at version 2; its events tell 1 of them/,
      of('recorded'),
      (id) => `delete from events where payment_id = ${id} and object_version = 2`,
    ],
    [
      'an event of a version that never was',
      /^A8 .* its events tell 2 of them and 1 that never were/,
      of('recorded'),
      (id) => `insert into events select merchant_id, mode, 'evt_00000000000000000000000000', type,
        object_id, 9, payment_id, actor_kind, actor_id, actor_name, data, created_at
        from events where payment_id = ${id} and object_version = 2`,
    ],
    [
      'an event that was edited',
      /^A11 The audit chain does not verify, at link \d+ \(evt_\w+\): the entry was changed/,
      of('recorded'),
      (id) => `update events set data = '{}' where payment_id = ${id} and object_version = 2`,
    ],
  ]
  it.each(cases)('%s', async (_, sentence, payment, text) => {
    const found = await findAfter(text(payment()))
    const lines = found.map((one) => `${one.check} ${one.sentence}`)
    expect(
      lines.some((line) => sentence.test(line)),
      lines.join('\n'),
    ).toBe(true)
  })

  it('and names the first account that differs first', async () => {
    const found = await findAfter(
      `update ledger_accounts set credits_posted = credits_posted + 1
        where kind = 'customer_wallet'`,
    )
    expect(found[0]).toMatchObject({ check: 'A2', expected: '20.00 EUR', found: '20.01 EUR' })
  })
})

it('stops money from leaving when the books differ, until a person releases it', async () => {
  const { db } = at
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  expect(await integrityJob({ db, log })).toEqual([])
  expect(await isHalted(db, scope)).toBeNull()
  const wrong = (by: number) =>
    owner.query({
      text: `update payments set captured = captured + $2 where id = $1`,
      values: [ids.refunded, by],
    })
  await wrong(1)
  const [first] = await integrityJob({ db, log })
  expect(first?.object_id).toBe(ids.refunded)
  expect(await isHalted(db, scope)).toBe(`A5: ${first?.sentence}`)
  expect(await isHalted(db, { ...scope, mode: 'live' })).toBeNull()
  const wish = { amount: { value: '1.00', currency: 'EUR' }, reason: 'returned' }
  const refused = await at.api.post(`/v1/payments/${ids.topUp}/refunds`, wish)
  expect(refused.body.code).toBe('outgoing_money_halted')
  const still = await paidPayment(at.api, '5.00')
  expect(still.status).toBe('succeeded')
  await wrong(-1)
  await release(db, scope, 'A test put it back')
  expect(await integrityJob({ db, log })).toEqual([])
  expect((await at.api.post(`/v1/payments/${ids.topUp}/refunds`, wish)).status).toBe(201)
})
