import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EffectPreview, Payment } from '#contract/payments.ts'
import { type Api, openFlorin, signInAs, type TestFlorin, transfersOf } from './florin.ts'
import { CARD, createPayment, goToGateway, paidPayment, payByCard, paymentIs } from './payer.ts'
import { submitPage } from './sandbox.ts'

let at: TestFlorin
let owner: Api
beforeAll(async () => {
  at = await openFlorin()
  owner = await signInAs(at.origin, at.owner.email, at.config.ownerPassword ?? '')
})
afterAll(async () => {
  expect(await at.audit()).toEqual([])
  await at.close()
})

const PARTIAL = '4000000000130007'
const seen = { confirmed_by: 'gateway_dashboard', reason: 'seen in the gateway’s dashboard' }
const eur = (value: string) => ({ value, currency: 'EUR' })

type Answer = Payment & { code: string; errors?: { pointer: string }[] }
const mark = (id: string, more = {}, by: Api = owner) =>
  by.post<Answer>(`/v1/payments/${id}/mark_paid`, { ...seen, ...more })
const read = (id: string) => paymentIs(at.api, id, () => true)
const is = (id: string, status: Payment['status']) =>
  paymentIs(at.api, id, (one) => one.status === status)
/** The gateway's own fact has been applied: the charge is approved. */
const charged = (id: string, value: string) =>
  paymentIs(
    at.api,
    id,
    (one) => one.transactions?.some((t) => !t.manual && t.approved_amount.value === value) ?? false,
  )
/** Ledger lines but for fees. */
const moves = async (id: string) =>
  (await transfersOf(at.api, id)).filter((line) => !line.startsWith('gateway_fees'))

async function topUp(value: string): Promise<{ id: string; page: string; wallet: WalletReader }> {
  const customer = await at.api.post<{ id: string }>('/v1/customers', { name: 'Eve' })
  const more = { purpose: 'top_up', customer_id: customer.body.id }
  const made = await createPayment(at.api, value, more)
  const page = await goToGateway(made.checkout_url)
  const wallet: WalletReader = async () => {
    const path = `/v1/wallets?customer_id=${customer.body.id}`
    const { body } = await at.api.get<{ data: { balance: { value: string } }[] }>(path)
    return body.data[0]?.balance.value
  }
  return { id: made.id, page, wallet }
}
type WalletReader = () => Promise<string | undefined>

describe('who may, and what is asked', () => {
  it('is never for keys', async () => {
    const made = await createPayment(at.api, '10.00')
    for (const key of [at.api, await at.as(['mark_payment_paid'])]) {
      const refused = await mark(made.id, {}, key)
      expect([refused.status, refused.body.code]).toEqual([403, 'permission_missing'])
    }
    const scopes = ['mark_payment_paid']
    const granted = await owner.post('/v1/api_keys', { name: 'till', scopes })
    expect([granted.status, granted.body.code]).toEqual([422, 'scope_not_for_keys'])
    expect((await read(made.id)).status).toBe('open')
  })

  it('needs a reason and how it was confirmed', async () => {
    const made = await createPayment(at.api, '10.00')
    const path = `/v1/payments/${made.id}/mark_paid`
    for (const body of [
      { confirmed_by: 'cash' },
      { confirmed_by: 'cash', reason: '' },
      { reason: 'no evidence' },
      { confirmed_by: 'a friend', reason: 'he said so' },
    ]) {
      const refused = await owner.post(path, body)
      expect([refused.status, refused.body.code]).toEqual([400, 'body_invalid'])
    }
    const key = await owner.send('POST', path, seen, { 'idempotency-key': '' })
    expect([key.status, key.body.code]).toEqual([400, 'idempotency_key_missing'])
  })

  it('shows what it would do before it is done, and changes nothing', async () => {
    const { id, wallet } = await topUp('20.00')
    const before = await read(id)
    const body = { ...seen, dry_run: true }
    const preview = await owner.send<EffectPreview>(
      'POST',
      `/v1/payments/${id}/mark_paid`,
      body,
      {},
    )
    expect(preview.status).toBe(200)
    expect(preview.body).toEqual({
      object: 'effect_preview',
      status: { from: 'open', to: 'succeeded' },
      lines: [
        { what: 'received', before: eur('0.00'), change: eur('20.00'), after: eur('20.00') },
        { what: 'wallet_credited', before: eur('0.00'), change: eur('20.00'), after: eur('20.00') },
      ],
      max: eur('20.00'),
      why_max: 'due',
    })
    expect(await read(id)).toEqual(before)
    expect(await wallet()).toBe('0.00')
  })

  it('takes no more than is due, in the payment’s currency', async () => {
    const made = await createPayment(at.api, '10.00')
    const no = async (amount: object) => {
      const { status, body } = await mark(made.id, { amount })
      return [status, body.code, body.errors?.[0]?.pointer]
    }
    expect(await no(eur('10.01'))).toEqual([422, 'amount_above_due', '/amount/value'])
    expect(await no({ value: '10.00', currency: 'USD' })).toEqual([
      422,
      'currency_mismatch',
      '/amount/currency',
    ])
    expect(await no(eur('0.00'))).toEqual([400, 'amount_invalid', '/amount/value'])
    expect(await no(eur('-1'))).toEqual([400, 'amount_invalid', '/amount/value'])
  })

  it('is written down with who, why and how', async () => {
    const made = await createPayment(at.api, '10.00')
    await mark(made.id, { confirmed_by: 'bank_statement', reason: 'line 14 of 20 November' })
    const rows = await at.db.query({
      text: `select actor_kind, reason, changes from audit_entries
        where object_id = $1 and action = 'payment.mark_paid'`,
      values: [made.id],
    })
    expect(rows).toEqual([
      {
        actor_kind: 'member',
        reason: 'line 14 of 20 November',
        changes: { amount: null, confirmed_by: 'bank_statement' },
      },
    ])
    const story = await at.api.get<{ data: { code: string; actor: { kind: string } }[] }>(
      `/v1/payments/${made.id}/timeline`,
    )
    const line = story.body.data.find((one) => one.code === 'payment.marked_paid')
    expect(line?.actor.kind).toBe('member')
  })
})

describe('the same money by hand and by the gateway', () => {
  it('hand, then gateway: the fact clears suspense and credits nothing again', async () => {
    const { id, page, wallet } = await topUp('100.00')
    const marked = await mark(id)
    expect([marked.status, marked.body.status]).toEqual([200, 'succeeded'])
    expect(marked.body.flags).toEqual(['needs_action', 'manual'])
    expect(marked.body.next_step).toBe('gateway_fact_pending')
    expect(await moves(id)).toEqual(['suspense → customer_wallet 100.00 EUR'])
    expect(await wallet()).toBe('100.00')
    await submitPage(page, { card_number: CARD.success })
    const both = await charged(id, '100.00')
    expect(both.captured_amount.value).toBe('100.00')
    expect(both.credited_amount?.value).toBe('100.00')
    expect(both.flags).toEqual(['manual'])
    expect(both.refundable_amount.value).toBe('100.00')
    expect(await moves(id)).toEqual([
      'suspense → customer_wallet 100.00 EUR',
      'gateway_clearing → suspense 100.00 EUR',
    ])
    expect(await wallet()).toBe('100.00')
  })

  it('gateway, then hand: nothing is due any more', async () => {
    const paid = await paidPayment(at.api, '10.00')
    const refused = await mark(paid.id)
    expect([refused.status, refused.body.code]).toEqual([409, 'already_paid'])
    expect((await read(paid.id)).actions?.mark_paid).toEqual({
      allowed: false,
      why_not: 'already_paid',
    })
    expect(await moves(paid.id)).toEqual(['gateway_clearing → sales 10.00 EUR'])
  })

  it('both at once: one of them moves the money, and the other knows', async () => {
    const rounds = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const { id, page, wallet } = await topUp('100.00')
        const [marked] = await Promise.all([
          mark(id),
          submitPage(page, { card_number: CARD.success }),
        ])
        const both = await charged(id, '100.00')
        return { marked, both, lines: await moves(id), balance: await wallet() }
      }),
    )
    for (const { marked, both, lines, balance } of rounds) {
      expect([both.captured_amount.value, balance]).toEqual(['100.00', '100.00'])
      expect(lines).toEqual(
        marked.status === 200
          ? ['suspense → customer_wallet 100.00 EUR', 'gateway_clearing → suspense 100.00 EUR']
          : ['gateway_clearing → customer_wallet 100.00 EUR'],
      )
    }
  })

  it('two hands at once: one of them', async () => {
    const made = await createPayment(at.api, '10.00')
    const answers = await Promise.all(Array.from({ length: 6 }, () => mark(made.id)))
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409, 409, 409, 409, 409])
    expect(await moves(made.id)).toEqual(['suspense → sales 10.00 EUR'])
  })
})

describe('other money by the gateway than by hand', () => {
  it('less: what the gateway has not confirmed stays open for a person to see', async () => {
    const { id, page, wallet } = await topUp('100.00')
    await mark(id)
    await submitPage(page, { card_number: PARTIAL })
    const less = await charged(id, '60.00')
    expect([less.status, less.captured_amount.value]).toEqual(['succeeded', '100.00'])
    expect(less.flags).toEqual(['needs_action', 'manual'])
    expect(less.refundable_amount.value).toBe('60.00')
    expect(await moves(id)).toEqual([
      'suspense → customer_wallet 100.00 EUR',
      'gateway_clearing → suspense 60.00 EUR',
    ])
    expect(await wallet()).toBe('100.00')
  })

  it('more: what the hand did not vouch for is credited', async () => {
    const { id, page, wallet } = await topUp('100.00')
    const part = await mark(id, { amount: eur('40.00') })
    expect(part.body.status).toBe('partially_paid')
    await submitPage(page, { card_number: CARD.success })
    const more = await is(id, 'succeeded')
    expect(more.captured_amount.value).toBe('100.00')
    expect(await moves(id)).toEqual([
      'suspense → customer_wallet 40.00 EUR',
      'gateway_clearing → suspense 40.00 EUR',
      'gateway_clearing → customer_wallet 60.00 EUR',
    ])
    expect(await wallet()).toBe('100.00')
  })

  it('a part by hand and the rest by card are both received', async () => {
    const made = await createPayment(at.api, '100.00')
    await mark(made.id, { amount: eur('30.00'), confirmed_by: 'cash', reason: 'paid at the desk' })
    const part = await is(made.id, 'partially_paid')
    expect(part.captured_amount.value).toBe('30.00')
    await payByCard(made.checkout_url)
    const paid = await is(made.id, 'succeeded')
    expect(paid.captured_amount.value).toBe('100.00')
    expect(paid.transactions?.map((one) => one.approved_amount.value)).toEqual(['30.00', '70.00'])
    expect(paid.refundable_amount.value).toBe('70.00')
    expect(paid.next_step).toBe('gateway_fact_pending')
    expect(await moves(made.id)).toEqual([
      'suspense → sales 30.00 EUR',
      'gateway_clearing → sales 70.00 EUR',
    ])
  })

  it('a part by hand, the rest by card, and then all of it once more is too much', async () => {
    const made = await createPayment(at.api, '100.00')
    const early = await goToGateway(made.checkout_url)
    await mark(made.id, { amount: eur('30.00') })
    await payByCard(made.checkout_url)
    await is(made.id, 'succeeded')
    await submitPage(early, { card_number: CARD.success })
    const over = await charged(made.id, '100.00')
    expect(over.captured_amount.value).toBe('170.00')
    expect(over.flags).toEqual(['needs_action', 'overpaid', 'manual'])
    expect(await moves(made.id)).toEqual([
      'suspense → sales 30.00 EUR',
      'gateway_clearing → sales 70.00 EUR',
      'gateway_clearing → suspense 30.00 EUR',
      'gateway_clearing → unmatched_deposits 70.00 EUR',
    ])
  })

  it('is not given back through a gateway that never had it', async () => {
    const made = await createPayment(at.api, '10.00')
    await mark(made.id)
    const refused = await at.api.post(`/v1/payments/${made.id}/refunds`, { reason: 'goods back' })
    expect([refused.status, refused.body.code]).toEqual([409, 'not_refundable'])
    expect((await read(made.id)).actions?.refund?.why_not).toBe('received_outside_gateway')
  })
})
