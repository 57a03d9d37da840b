import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Payment, Refund } from '#contract/payments.ts'
import { halt, post, release } from '#server/ledger/index.ts'
import { eventually, openFlorin, type TestFlorin, transfersOf } from './florin.ts'
import { createPayment, paidPayment, payByCard, paymentIs } from './payer.ts'

let at: TestFlorin
beforeAll(async () => {
  at = await openFlorin()
})
afterAll(async () => {
  expect(await at.audit()).toEqual([])
  await at.close()
})

const REFUND_PENDS = '4000000000007726'
const REFUND_FAILS = '4000000000005126'
const eur = (value: string) => ({ value, currency: 'EUR' })
const scope = () => ({ merchantId: at.owner.merchantId, mode: 'test' }) as const

type Answer = Refund & { code: string; allowed?: { max_refund?: unknown } }
const refund = (id: string, value?: string, reason = 'goods came back') =>
  at.api.post<Answer>(`/v1/payments/${id}/refunds`, {
    ...(value ? { amount: eur(value) } : {}),
    reason,
  })
const is = (id: string, fits: (payment: Payment) => boolean) => paymentIs(at.api, id, fits)
const read = (id: string) => is(id, () => true)
const refundIs = (id: string, status: string) =>
  eventually(async () => {
    const { body } = await at.api.get<Refund>(`/v1/refunds/${id}`)
    return body.status === status && body
  })

async function paidWith(card: string, value: string, more = {}): Promise<Payment> {
  const made = await createPayment(at.api, value, more)
  await payByCard(made.checkout_url, card)
  return is(made.id, (one) => one.status === 'succeeded')
}

/** A customer with a paid top-up, and how to look into the wallet. */
async function topUp(value: string, card = '4242424242424242') {
  const customer = await at.api.post<{ id: string }>('/v1/customers', { name: 'Fay' })
  const more = { purpose: 'top_up', customer_id: customer.body.id }
  const payment = await paidWith(card, value, more)
  const wallet = async () => {
    type Wallet = Record<'balance' | 'held' | 'available', { value: string }>
    const path = `/v1/wallets?customer_id=${customer.body.id}`
    const [one] = (await at.api.get<{ data: Wallet[] }>(path)).body.data
    return [one?.balance.value, one?.held.value, one?.available.value]
  }
  return { payment, customer: customer.body.id, wallet }
}

/** The customer buys something with the balance. */
async function spend(customer: string, amount: bigint): Promise<void> {
  const [answer] = await at.db.tx((tx) =>
    post(tx, scope(), [
      {
        id: at.florin.deps.newId('transfer'),
        group: 0,
        debit: { kind: 'customer_wallet', owner: customer },
        credit: { kind: 'sales', owner: '' },
        amount,
        currency: 'EUR',
        source_kind: 'purchase',
        source_id: crypto.randomUUID(),
        leg: 0,
        payment_id: null,
      },
    ]),
  )
  expect(answer?.outcome).toBe('posted')
}

/** What the gateway does by itself later, it does now. */
const gatewayGoesOn = (payment: Payment) =>
  at.db.query({
    text: `update sandbox.refunds set due_ms = 0 where due_ms is not null and charge_ref = $1`,
    values: [payment.gateway_ref],
  })
const atDashboard = (payment: Payment, value: string) =>
  at.florin.sandbox?.refundAtDashboard(at.sandboxRef, payment.gateway_ref ?? '', value)
const switches = (wanted: object) => at.florin.sandbox?.setSwitches(at.sandboxRef, wanted)
const noSwitches = () => at.florin.sandbox?.resetSwitches(at.sandboxRef)

/** Every event of an object, as `type version`, in order. */
const told = async (objectId: string) =>
  (
    await at.db.query<{ told: string }>({
      text: `select type || ' ' || object_version as told from events where object_id = $1
        order by object_version`,
      values: [objectId],
    })
  ).map((row) => row.told)

describe('a refund that takes time', () => {
  it('holds the money until the gateway says it went back', async () => {
    const { payment, wallet } = await topUp('50.00', REFUND_PENDS)
    const asked = await refund(payment.id, '20.00')
    expect([asked.status, asked.body.status]).toEqual([201, 'sending'])
    expect(await wallet()).toEqual(['50.00', '20.00', '30.00'])
    expect((await read(payment.id)).refundable_amount.value).toBe('30.00')
    expect((await read(payment.id)).refunded_amount.value).toBe('0.00')
    await gatewayGoesOn(payment)
    await refundIs(asked.body.id, 'succeeded')
    expect(await wallet()).toEqual(['30.00', '0.00', '30.00'])
    expect((await read(payment.id)).refunded_amount.value).toBe('20.00')
    expect(await told(asked.body.id)).toEqual(['refund.created 1', 'refund.succeeded 2'])
  })

  it('releases the money once when the gateway refuses in the end', async () => {
    const { payment, wallet } = await topUp('50.00', REFUND_FAILS)
    const asked = await refund(payment.id, '50.00')
    expect(await wallet()).toEqual(['50.00', '50.00', '0.00'])
    await gatewayGoesOn(payment)
    const failed = await refundIs(asked.body.id, 'failed')
    expect(failed.message).toBe('The payer’s bank refused the money.')
    await at.api.post(`/v1/payments/${payment.id}/sync`)
    await at.api.post(`/v1/payments/${payment.id}/sync`)
    expect(await wallet()).toEqual(['50.00', '0.00', '50.00'])
    const after = await read(payment.id)
    expect([after.refundable_amount.value, after.refunded_amount.value]).toEqual(['50.00', '0.00'])
    expect(after.flags).toEqual([])
    expect(await told(asked.body.id)).toEqual(['refund.created 1', 'refund.failed 2'])
    expect(await transfersOf(at.api, payment.id)).toHaveLength(2)
    expect((await refund(payment.id, '50.00')).status).toBe(201)
  })

  it('tells every version of a refund whose answer was lost', async () => {
    const paid = await paidPayment(at.api, '10.00')
    await switches({
      cut_after_charge: { times: 1, on: ['refund'] },
      error_before_charge: { times: 'always', on: ['look_up'] },
      lose_events: { times: 'always' },
    })
    const asked = await refund(paid.id)
    expect(asked.body.status).toBe('unknown')
    expect((await read(paid.id)).next_step).toBe('check_with_gateway')
    await noSwitches()
    await at.api.post(`/v1/payments/${paid.id}/sync`)
    await refundIs(asked.body.id, 'succeeded')
    expect(await told(asked.body.id)).toEqual([
      'refund.created 1',
      'refund.unknown 2',
      'refund.succeeded 3',
    ])
    const versions = (await told(paid.id)).map((one) => Number(one.split(' ')[1]))
    expect(versions).toEqual(versions.map((_, index) => index + 1))
  })
})

describe('a refund made at the vendor’s dashboard', () => {
  it('appears by itself, and counts', async () => {
    const { payment, wallet } = await topUp('50.00')
    await atDashboard(payment, '20.00')
    await is(payment.id, (one) => one.refunded_amount.value === '20.00')
    expect(await wallet()).toEqual(['30.00', '0.00', '30.00'])
    const [made] = await at.db.query<{ id: string; source: string; created_by_kind: string }>({
      text: `select id, source, created_by_kind from refunds where payment_id = $1`,
      values: [payment.id],
    })
    expect([made?.source, made?.created_by_kind]).toEqual(['gateway', 'gateway'])
    const tooMuch = await refund(payment.id, '30.01')
    expect([tooMuch.status, tooMuch.body.code]).toEqual([422, 'refund_too_large'])
    expect(tooMuch.body.allowed).toEqual({ max_refund: eur('30.00') })
    expect((await refund(payment.id)).status).toBe(201)
    const all = await is(payment.id, (one) => one.refunded_amount.value === '50.00')
    expect(all.flags).toEqual(['refunded'])
  })

  it('of more than the wallet holds leaves a debt, not a wallet below zero', async () => {
    const { payment, customer, wallet } = await topUp('50.00')
    await spend(customer, 4000n)
    await atDashboard(payment, '50.00')
    await is(payment.id, (one) => one.refunded_amount.value === '50.00')
    expect(await wallet()).toEqual(['0.00', '0.00', '0.00'])
    expect((await transfersOf(at.api, payment.id)).slice(-2)).toEqual([
      'customer_wallet → gateway_clearing 10.00 EUR',
      'receivable → gateway_clearing 40.00 EUR',
    ])
  })

  it('takes nothing that is held for a refund of ours', async () => {
    const { payment, wallet } = await topUp('50.00', REFUND_PENDS)
    const ours = await refund(payment.id, '30.00')
    await atDashboard(payment, '20.00')
    await gatewayGoesOn(payment)
    await refundIs(ours.body.id, 'succeeded')
    await is(payment.id, (one) => one.refunded_amount.value === '50.00')
    expect(await wallet()).toEqual(['0.00', '0.00', '0.00'])
  })

  it('is found when our own was refused because of it', async () => {
    const paid = await paidPayment(at.api, '10.00')
    await switches({ lose_events: { times: 'always' } })
    await atDashboard(paid, '10.00')
    const ours = await refund(paid.id, '10.00')
    expect(ours.body.status).toBe('failed')
    expect((await read(paid.id)).refundable_amount.value).toBe('10.00')
    await noSwitches()
    await at.api.post(`/v1/payments/${paid.id}/sync`)
    const after = await read(paid.id)
    expect([after.refunded_amount.value, after.refundable_amount.value]).toEqual(['10.00', '0.00'])
    expect(after.flags).toEqual(['refunded'])
  })

  it('is merged even when the gateway says another amount of one of ours', async () => {
    const paid = await paidPayment(at.api, '50.00')
    const ours = await refund(paid.id, '10.00')
    await refundIs(ours.body.id, 'succeeded')
    const lie = (amount: string) =>
      at.db.query({
        text: `update sandbox.refunds set amount = $2 where transaction_id = $1`,
        values: [ours.body.transaction_id, amount],
      })
    await lie('12.00')
    await atDashboard(paid, '5.00')
    const parked = await eventually(async () => {
      const [event] = await at.db.query<{ reason: string }>({
        text: `select reason from gateway_events where payment_id = $1 and status = 'parked'`,
        values: [paid.id],
      })
      return event
    })
    expect(parked.reason).toBe('other_amount')
    expect((await read(paid.id)).refunded_amount.value).toBe('15.00')
    await lie('10.00')
  })
})

describe('a refund that the gateway turns around', () => {
  const sandbox = (text: string, ...values: unknown[]) => at.db.query({ text, values })
  /** What the gateway has taken, as far as it wants to say: with nothing it refuses refunds. */
  const hasTaken = (payment: Payment, value: string) =>
    sandbox('update sandbox.charges set captured = $2 where ref = $1', payment.gateway_ref, value)
  /** The refund appears at the gateway after all. */
  const appears = (payment: Payment, { transaction_id }: Refund, value: string) =>
    sandbox(
      `insert into sandbox.refunds (account_ref, ref, charge_ref, transaction_id, currency, amount,
          reason, status, created_ms, updated_ms)
        values ($1, $2, $3, $4, 'EUR', $5, 'late', 'succeeded', 0, 0)`,
      at.sandboxRef,
      `sre_${transaction_id}`,
      payment.gateway_ref,
      transaction_id,
      value,
    )
  const sync = (payment: Payment) => at.api.post(`/v1/payments/${payment.id}/sync`)

  async function refusedThenMade(value: string, between?: (payment: Payment) => Promise<unknown>) {
    const { payment, wallet } = await topUp('50.00')
    await hasTaken(payment, '0.00')
    const refused = await refund(payment.id, value)
    expect(refused.body.status).toBe('failed')
    expect(await wallet()).toEqual(['50.00', '0.00', '50.00'])
    await hasTaken(payment, '50.00')
    await between?.(payment)
    await appears(payment, refused.body, value)
    expect((await sync(payment)).status).toBe(200)
    return { payment, wallet, refund: refused.body }
  }

  it('from refused to made to failed: the wallet follows, and nothing is left over', async () => {
    const { payment, wallet, refund: turned } = await refusedThenMade('20.00')
    await refundIs(turned.id, 'succeeded')
    expect(await wallet()).toEqual(['30.00', '0.00', '30.00'])
    expect((await read(payment.id)).refundable_amount.value).toBe('30.00')
    await sandbox(
      `update sandbox.refunds set status = 'failed' where transaction_id = $1`,
      turned.transaction_id,
    )
    await sync(payment)
    await refundIs(turned.id, 'failed')
    expect(await wallet()).toEqual(['50.00', '0.00', '50.00'])
    const after = await read(payment.id)
    expect([after.refunded_amount.value, after.refundable_amount.value]).toEqual(['0.00', '50.00'])
    expect((await transfersOf(at.api, payment.id)).slice(2)).toEqual([
      'customer_wallet → gateway_clearing 20.00 EUR',
      'gateway_clearing → customer_wallet 20.00 EUR',
    ])
    const versions = (await told(turned.id)).map((one) => one.split(' ')[1])
    expect(versions).toEqual(['1', '2', '3', '4'])
  })

  it('from refused to made, after another refund of the money: both are known', async () => {
    const {
      payment,
      wallet,
      refund: turned,
    } = await refusedThenMade('20.00', async (paid) => {
      expect((await refund(paid.id, '50.00')).body.status).toBe('succeeded')
    })
    const made = await refundIs(turned.id, 'succeeded')
    expect(made.source).toBe('gateway')
    const after = await read(payment.id)
    expect([after.refunded_amount.value, after.refundable_amount.value]).toEqual(['70.00', '0.00'])
    expect(await wallet()).toEqual(['0.00', '0.00', '0.00'])
    expect((await transfersOf(at.api, payment.id)).at(-1)).toBe(
      'receivable → gateway_clearing 20.00 EUR',
    )
  })
})

describe('no refund', () => {
  it('of money the customer has spent', async () => {
    const { payment, customer, wallet } = await topUp('50.00')
    await spend(customer, 4000n)
    const refused = await refund(payment.id, '20.00')
    expect([refused.status, refused.body.code]).toEqual([422, 'wallet_balance_too_low'])
    expect(refused.body.allowed).toEqual({ max_refund: eur('10.00') })
    expect(await wallet()).toEqual(['10.00', '0.00', '10.00'])
    expect((await refund(payment.id, '10.00')).status).toBe(201)
    await is(payment.id, (one) => one.refunded_amount.value === '10.00')
    expect(await wallet()).toEqual(['0.00', '0.00', '0.00'])
  })

  it('while nobody knows how a charge of the payment ended', async () => {
    const made = await createPayment(at.api, '10.00')
    await payByCard(made.checkout_url, '4000000000130007')
    await is(made.id, (one) => one.status === 'partially_paid')
    await switches({
      cut_after_charge: { times: 1, on: ['charge'] },
      error_before_charge: { times: 'always', on: ['look_up'] },
      lose_events: { times: 'always' },
    })
    await at.api.post(`/v1/payments/${made.id}/charges`, { token: 'tok_success' })
    const refused = await refund(made.id, '6.00')
    expect([refused.status, refused.body.code]).toEqual([409, 'payment_state_unresolved'])
    await noSwitches()
    await at.api.post(`/v1/payments/${made.id}/sync`)
    await is(made.id, (one) => one.status === 'succeeded')
    expect((await refund(made.id, '6.00')).status).toBe(201)
  })

  it('while outgoing money is stopped', async () => {
    const paid = await paidPayment(at.api, '10.00')
    await halt(at.db, scope(), 'The books differ.')
    const refused = await refund(paid.id)
    expect([refused.status, refused.body.code]).toEqual([503, 'outgoing_money_halted'])
    const preview = await at.api.post(`/v1/payments/${paid.id}/refunds`, {
      reason: 'look only',
      dry_run: true,
    })
    expect(preview.status).toBe(503)
    await release(at.db, scope(), 'looked at')
    expect((await refund(paid.id)).status).toBe(201)
  })

  it('without a reason, in another currency, of nothing, or of nobody’s payment', async () => {
    const paid = await paidPayment(at.api, '10.00')
    const path = `/v1/payments/${paid.id}/refunds`
    expect((await at.api.post(path, {})).body.code).toBe('body_invalid')
    const dollars = { amount: { value: '1.00', currency: 'USD' }, reason: 'in dollars' }
    const other = await at.api.post(path, dollars)
    expect([other.status, other.body.code]).toEqual([422, 'currency_mismatch'])
    const open = await createPayment(at.api, '10.00')
    const early = await refund(open.id)
    expect([early.status, early.body.code]).toEqual([409, 'not_refundable'])
    const none = await refund('pay_00000000000000000000000000')
    expect([none.status, none.body.code]).toEqual([404, 'payment_not_found'])
    expect((await refund(paid.id)).status).toBe(201)
    const nothing = await refund(paid.id)
    expect([nothing.status, nothing.body.code]).toEqual([422, 'refund_too_large'])
  })
})
