import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VOCABULARIES, type Vocabulary } from '#contract/query/index.ts'
import type { PageOf, Problem } from '#contract/shapes.ts'
import { newId } from './books.ts'
import { addPayments, type Listed, openListed, paymentRow } from './listed.ts'

type Row = Record<string, unknown> & { id: string }

let listed: Listed
beforeAll(async () => {
  listed = await openListed()
})
afterAll(() => listed?.close())

const list = async (path: string, q: string): Promise<PageOf<Row>> => {
  const { api } = listed.florin
  const { status, body } = await api.get<PageOf<Row>>(`/v1/${path}?${new URLSearchParams({ q })}`)
  if (status !== 200) throw new Error(`${path} ${q}: ${JSON.stringify(body)}`)
  return body
}

/** Every key with values of its kind, so that no word of a list is without a column. */
function everyQuery({ keys, flags, meta }: Vocabulary): string[] {
  const queries = Object.keys(flags).flatMap((flag) => [`is:${flag}`, `-is:${flag}`])
  if (meta) queries.push('meta.a:b', 'meta.a:b*', 'has:meta.a', 'meta.a:none')
  for (const [key, spec] of Object.entries(keys)) {
    if (spec.nullable) queries.push(`has:${key}`, `-has:${key}`, `${key}:none`)
    for (const prefix of spec.ids ?? []) queries.push(`${key}:${prefix}_01jd0000000000000000000000`)
    if (spec.type === 'enum')
      queries.push(...Object.keys(spec.values ?? {}).map((v) => `${key}:${v}`))
    else if (spec.type === 'money') queries.push(`${key}:>1`, `${key}:1..2`, `${key}:1.5`)
    else if (spec.type === 'date')
      queries.push(`${key}:today`, `${key}:>2026-01-01`, `${key}:<2027`)
    else if (spec.type === 'code') queries.push(`${key}:${spec.code?.example}`)
    else if (spec.type !== 'id')
      queries.push(`${key}:some`, `${key}:so*`, `${key}:*me`, `${key}:*om*`)
  }
  return [...queries, 'word', '12.50', 'who@example.com', '-word']
}

const PATHS = {
  payments: 'payments',
  transactions: 'transactions',
  refunds: 'refunds',
  links: 'links',
  gateway_events: 'gateway_events',
  exports: 'exports',
} as const

describe('every word of a vocabulary can be asked', () => {
  it.each(Object.entries(PATHS))('%s', async (name, path) => {
    const vocabulary = VOCABULARIES[name as keyof typeof PATHS]
    for (const q of everyQuery(vocabulary)) await list(path, q)
  })
})

describe('a row of a list is what its own page shows', () => {
  it('links, in each status', async () => {
    const { api, origin } = listed.florin
    const body = {
      amount: { value: '5.00', currency: 'EUR' },
      reference: 'Lien',
      expires_in_s: 900,
    }
    const made = await Promise.all([1, 2, 3, 4].map(() => api.post<Row>('/v1/links', body)))
    const [open, canceled, paid, expired] = made.map((one) => one.body.id)
    await api.post(`/v1/links/${canceled}/cancel`)
    await addPayments(listed, [
      paymentRow(listed, {
        id: newId('payment'),
        status: 'succeeded',
        captured: 1000n,
        link_id: paid ?? null,
      }),
    ])
    const { owner } = listed
    await owner.query({
      text: `update payment_links l set payment_id = p.id from payments p where p.link_id = l.id`,
    })
    await owner.query({
      text: `update payment_links set expires_at = now() - interval '1 s' where id = $1`,
      values: [expired],
    })
    const statuses = { open, canceled, paid, expired }
    for (const [status, id] of Object.entries(statuses)) {
      const { data } = await list('links', `status:${status}`)
      const own = await api.get<Row>(`/v1/links/${id}`)
      expect(data).toEqual([own.body])
      expect(data[0]?.url).toMatch(`${origin}/l/`)
    }
  })

  it('gateway events, without their bytes', async () => {
    const { merchantId, mode } = listed.scope
    const id = newId('gatewayEvent')
    await listed.owner.query({
      text: `insert into gateway_events (merchant_id, mode, id, gateway, gateway_account_id,
          dedupe_key, type, status, verdict, reason, object_ref, body, body_sha256, headers)
        values ($1, $2, $3, 'stripe', $4, 'k', 'charge.paid', 'parked', 'verified',
          'amount differs', 'ch_1', 'raw', '', '{"content-type": "application/json"}')`,
      values: [merchantId, mode, id, listed.accounts[1]?.id],
    })
    const { data } = await list('gateway_events', 'status:parked gateway:stripe gref:ch_1 amount')
    const { body } = await listed.florin.api.get<Row>(`/v1/gateway_events/${id}`)
    const { body: _bytes, headers: _headers, ...shown } = body
    expect(data).toEqual([shown])
  })

  it('refunds and transactions', async () => {
    const { merchantId, mode } = listed.scope
    const payment = paymentRow(listed, {
      id: newId('payment'),
      customer_id: listed.customers[0]?.id ?? null,
    })
    await addPayments(listed, [payment])
    const [transaction, refund] = [newId('transaction'), newId('refund')]
    await listed.owner.query({
      text: `insert into transactions (merchant_id, mode, id, payment_id, type, state, currency,
          amount, message) values ($1, $2, $3, $4, 'refund', 'pending', 'EUR', 500, 'slow bank')`,
      values: [merchantId, mode, transaction, payment.id],
    })
    await listed.owner.query({
      text: `insert into refunds (merchant_id, mode, id, payment_id, transaction_id, status,
          currency, amount, reason, source, created_by_kind)
        values ($1, $2, $3, $4, $5, 'sending', 'EUR', 500, 'damaged', 'api', 'key')`,
      values: [merchantId, mode, refund, payment.id, transaction],
    })
    const { api } = listed.florin
    const refunds = await list('refunds', 'status:sending customer:dupont amount:5 damaged')
    expect(refunds.data).toEqual([(await api.get(`/v1/refunds/${refund}`)).body])
    const transactions = await list('transactions', 'status:processing type:refund "slow bank"')
    expect(transactions.data).toEqual([(await api.get(`/v1/transactions/${transaction}`)).body])
  })

  it('events, which have no filters', async () => {
    const { data } = await list('events', '')
    const [event] = data
    const { body } = await listed.florin.api.get<Row>(`/v1/events/${event?.id}`)
    expect(event).toEqual(body)
    expect((await listed.florin.api.get(`/v1/events/${newId('event')}`)).status).toBe(404)
    const asked = await listed.florin.api.get<Problem>('/v1/events?q=type:x')
    expect([asked.status, asked.body.code]).toEqual([400, 'query_invalid'])
  })
})
