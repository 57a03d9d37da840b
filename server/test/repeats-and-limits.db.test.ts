import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Payment, Refund } from '#contract/payments.ts'
import { openFlorin, type TestFlorin } from './florin.ts'
import { createPayment, paidPayment, payByCard, paymentIs } from './payer.ts'

let at: TestFlorin
beforeAll(async () => {
  at = await openFlorin()
})
afterAll(async () => {
  expect(await at.audit()).toEqual([])
  await at.close()
})

const count = async (table: string) => {
  const [row] = await at.db.query<{ n: bigint }>({ text: `select count(*) as n from ${table}` })
  return Number(row?.n ?? -1)
}

describe('Idempotency-Key', () => {
  const body = { amount: { value: '10.00', currency: 'EUR' }, reference: 'once' }
  const post = (key: string, more = {}) =>
    at.api.post<Payment>('/v1/payments', { ...body, ...more }, { 'idempotency-key': key })

  it('makes 10 payments of 200 concurrent requests over 10 keys', async () => {
    const before = await count('payments')
    const keys = Array.from({ length: 10 }, () => crypto.randomUUID())
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => post(keys[index % 10] ?? '')),
    )
    expect(await count('payments')).toBe(before + 10)
    expect(new Set(answers.map((one) => one.status))).toSatisfy((all: Set<number>) =>
      [...all].every((status) => status === 201 || status === 409),
    )
    for (const key of keys) {
      const replay = await post(key)
      const again = await post(key)
      expect(replay.status).toBe(201)
      expect(again.body).toEqual(replay.body)
      expect(again.headers.get('idempotency-replayed')).toBe('true')
    }
    expect(await count('payments')).toBe(before + 10)
  })

  it('refuses the same key with another body, and a request without a key', async () => {
    const key = crypto.randomUUID()
    expect((await post(key)).status).toBe(201)
    const other = await post(key, { reference: 'twice' })
    expect([other.status, (other.body as unknown as { code: string }).code]).toEqual([
      422,
      'idempotency_key_reused',
    ])
    const before = await count('payments')
    const none = await at.api.send('POST', '/v1/payments', body, { 'idempotency-key': '' })
    expect([none.status, none.body.code]).toEqual([400, 'idempotency_key_missing'])
    expect(await count('payments')).toBe(before)
  })

  it('makes one refund of 20 concurrent repeats', async () => {
    const paid = await paidPayment(at.api, '50.00')
    const key = { 'idempotency-key': crypto.randomUUID() }
    const wish = { amount: { value: '10.00', currency: 'EUR' }, reason: 'repeat' }
    const path = `/v1/payments/${paid.id}/refunds`
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => at.api.post<Refund>(path, wish, key)),
    )
    const made = answers.filter((one) => one.status === 201).map((one) => one.body.id)
    expect(new Set(made).size).toBe(1)
    await paymentIs(at.api, paid.id, (one) => one.refunded_amount.value === '10.00')
  })
})

describe('refunds', () => {
  it('lets one of 20 parallel refunds of 60 on 100.00 through; then 40; then nothing', async () => {
    const paid = await paidPayment(at.api, '100.00')
    const refund = (value: string) =>
      at.api.post(`/v1/payments/${paid.id}/refunds`, {
        amount: { value, currency: 'EUR' },
        reason: 'race',
      })
    const answers = await Promise.all(Array.from({ length: 20 }, () => refund('60.00')))
    expect(answers.filter((one) => one.status === 201)).toHaveLength(1)
    expect(
      new Set(answers.filter((one) => one.status !== 201).map((one) => one.body.code)),
    ).toEqual(new Set(['refund_too_large']))
    expect((await refund('40.00')).status).toBe(201)
    const more = await refund('0.01')
    expect([more.status, more.body.code]).toEqual([422, 'refund_too_large'])
    const truth = await at.florin.sandbox?.truth(at.sandboxRef)
    const now = await paymentIs(at.api, paid.id, (one) => one.refunded_amount.value === '100.00')
    const ids = now.transactions?.map((one) => one.id)
    const given = truth?.refunds.filter((one) => ids?.includes(one.transaction_id ?? ''))
    expect(given?.map((one) => one.amount).sort()).toEqual(['40.00', '60.00'])
  })

  it.each(['-5', '0', '0.00', '1e2', '10.001', '1,00', ' 1', '٣', 'NaN', ''])(
    'refuses an amount of %j with a code and no row',
    async (value) => {
      const paid = await paidPayment(at.api, '10.00')
      const before = await count('refunds')
      const answer = await at.api.post(`/v1/payments/${paid.id}/refunds`, {
        amount: { value, currency: 'EUR' },
        reason: 'bad amount',
      })
      expect([answer.status, answer.body.code]).toEqual([400, 'amount_invalid'])
      expect(await count('refunds')).toBe(before)
    },
  )

  it('shows what a refund would do to the wallet, and refuses more than is left', async () => {
    const customer = await at.api.post<{ id: string }>('/v1/customers', { name: 'Bo' })
    const more = { purpose: 'top_up', customer_id: customer.body.id }
    const paid = await paidPayment(at.api, '20.00', more)
    const wish = { amount: { value: '15.00', currency: 'EUR' }, reason: 'first' }
    await at.api.post(`/v1/payments/${paid.id}/refunds`, wish)
    const preview = await at.api.post<{ lines: { what: string }[] }>(
      `/v1/payments/${paid.id}/refunds`,
      { reason: 'rest', dry_run: true },
      { 'idempotency-key': '' },
    )
    expect(preview.body.lines.map((line) => line.what)).toEqual(['refunded', 'wallet_debited'])
    const tooMuch = await at.api.post(`/v1/payments/${paid.id}/refunds`, wish)
    expect(tooMuch.body.code).toBe('refund_too_large')
  })
})

describe('currencies', () => {
  it.each([
    ['1234', 'JPY'],
    ['12.345', 'KWD'],
    ['9007', 'XOF'],
    ['0.00012345', 'BTC'],
    ['10000000000', 'JPY'],
    ['9999999999.99', 'EUR'],
  ])('carries %s %s to the gateway’s books exactly as typed', async (value, currency) => {
    const made = await createPayment(at.api, value, { amount: { value, currency } })
    await payByCard(made.checkout_url)
    const paid = await paymentIs(at.api, made.id, (one) => one.status === 'succeeded')
    const truth = await at.florin.sandbox?.truth(at.sandboxRef)
    const [own] =
      truth?.captures.filter((one) => one.transaction_id === paid.transactions?.[0]?.id) ?? []
    expect([own?.amount, own?.currency]).toEqual([value, currency])
    expect(paid.captured_amount).toEqual({ value, currency })
  })

  it.each([
    ['10.5', 'JPY'],
    ['1.2345', 'KWD'],
    ['0.5', 'XOF'],
    ['0.000000001', 'BTC'],
    ['10000000000.01', 'EUR'],
    ['1', 'ZZZ'],
    ['+1', 'EUR'],
    ['01', 'EUR'],
    ['0x10', 'EUR'],
    ['1_000', 'EUR'],
    ['1.', 'EUR'],
    ['.5', 'EUR'],
    ['9'.repeat(39), 'EUR'],
  ])('refuses %s %s with 400, a pointer and no row', async (value, currency) => {
    const before = await count('payments')
    const answer = await at.api.post<{ errors: { pointer: string }[] }>('/v1/payments', {
      amount: { value, currency },
    })
    expect(answer.status).toBe(400)
    expect(answer.body.errors[0]?.pointer).toMatch(/^\/amount\/(value|currency)$/)
    expect(await count('payments')).toBe(before)
  })

  it.each([
    ['a number', { amount: { value: 10, currency: 'EUR' } }],
    ['no currency', { amount: { value: '10.00' } }],
    ['null', { amount: null }],
    ['a field of ours', { amount: { value: '10.00', currency: 'EUR' }, status: 'succeeded' }],
    ['an unknown field', { amount: { value: '10.00', currency: 'EUR', minor: 1000 } }],
  ])('refuses %s with 400 and a pointer', async (_what, body) => {
    const answer = await at.api.post<{ code: string; errors: unknown[] }>('/v1/payments', body)
    expect([answer.status, answer.body.code]).toEqual([400, 'body_invalid'])
    expect(answer.body.errors).toHaveLength(1)
  })
})
