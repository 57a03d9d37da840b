import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Payment } from '#contract/payments.ts'
import { compareAmounts } from '#contract/query/amounts.ts'
import type { PageOf, Problem } from '#contract/shapes.ts'
import type { HiddenRows, ListSummary } from '#contract/watching.ts'
import { insertTransactions } from '#server/money/transactions/index.ts'
import { newId } from './books.ts'
import type { Answer } from './florin.ts'
import {
  addManyPayments,
  addPayments,
  idAt,
  type Listed,
  openListed,
  paymentRow,
  seeded,
} from './listed.ts'

const ROWS = 20_000
const HOUR_MS = 3_600_000
const random = seeded(7)

let listed: Listed
beforeAll(async () => {
  listed = await openListed()
  await addManyPayments(listed, ROWS, new Date(Date.now() - HOUR_MS))
}, 120_000)
afterAll(() => listed?.close())

const ask = <T>(
  path: string,
  query: Record<string, string> = {},
  headers = {},
): Promise<Answer<T>> =>
  listed.florin.api.send('GET', `${path}?${new URLSearchParams(query)}`, undefined, headers)
const page = async (query: Record<string, string> = {}): Promise<PageOf<Payment>> =>
  (await ask<PageOf<Payment>>('/v1/payments', query)).body

const addNewer = async (): Promise<string> => {
  const id = idAt(Date.now(), random)
  await addPayments(listed, [paymentRow(listed, { id, created_at: new Date(Date.now()) })])
  return id
}

describe('a list', () => {
  it('answers the same pages while new rows arrive', async () => {
    const limit = '40'
    const first = await page({ limit })
    const before = await page({ limit, after: first.page.next ?? '' })
    const fresh = await addNewer()
    const after = await page({ limit, after: first.page.next ?? '' })
    expect(after.data.map(({ id }) => id)).toEqual(before.data.map(({ id }) => id))
    const back = await page({ limit, before: after.page.prev ?? '' })
    expect(back.data.map(({ id }) => id)).toEqual(first.data.map(({ id }) => id))
    const newest = await page({ limit, before: back.page.prev ?? '' })
    expect(newest.data.map(({ id }) => id)).toEqual([fresh])
    expect(newest.page.prev).toBeNull()
  })

  it('shows what was just made at once', async () => {
    const made = await listed.florin.api.post<Payment>('/v1/payments', {
      amount: { value: '12.34', currency: 'EUR' },
      reference: 'just-made-77',
      payer_name: 'Ève Fraîche',
    })
    expect(made.status).toBe(201)
    for (const q of ['', 'just-made-77', 'fraiche', 'name:fraîche', 'ref:just-made-77']) {
      expect((await page({ q })).data[0]?.id, q).toBe(made.body.id)
    }
  })

  it('orders amounts by whole units, across currencies', async () => {
    for (const sort of ['amount', '-amount']) {
      const found: string[] = []
      let next: string | null = ''
      for (let pages = 0; pages < 4 && next !== null; pages++) {
        const read: PageOf<Payment> = await page({
          sort,
          limit: '50',
          ...(next ? { after: next } : {}),
        })
        found.push(...read.data.map(({ amount }) => amount.value))
        next = read.page.next
      }
      const way = sort === 'amount' ? 1 : -1
      const sorted = found.toSorted((a, b) => way * compareAmounts(a, b))
      expect(found).toEqual(sorted)
      expect(new Set(found).size).toBeGreaterThan(100)
    }
  })

  it('orders by the time of change to the microsecond, without a row lost or twice', async () => {
    const ids: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const read: PageOf<Payment> = await page({
        q: 'status:failed created:<today',
        sort: '-updated',
        limit: '199',
        ...(next ? { after: next } : {}),
      })
      ids.push(...read.data.map(({ id }) => id))
      next = read.page.next
    }
    const summary = await ask<ListSummary>('/v1/payments/summary', {
      q: 'status:failed created:<today',
    })
    expect(ids).toHaveLength(summary.body.count)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('counts exactly to 10,000, then about, then exactly again when asked to', async () => {
    expect((await page({ q: 'status:failed' })).page.count).toEqual({ value: 500, exact: true })
    const about = (await page()).page.count
    expect(about.exact).toBe(false)
    expect(about.value).toBeGreaterThan(10_000)
    const exact = await ask<PageOf<Payment>>('/v1/payments', {}, { prefer: 'count=exact' })
    const all = await ask<ListSummary>('/v1/payments/summary')
    expect(exact.body.page.count).toEqual({ value: all.body.count, exact: true })
  })

  it('includes the transactions of a page, and nothing else', async () => {
    const [row] = (await page({ q: 'status:succeeded' })).data
    const transaction = { id: newId('transaction'), payment_id: row?.id ?? '' }
    await listed.florin.db.tx((tx) =>
      insertTransactions(tx, listed.scope, [
        { ...transaction, type: 'charge', state: 'approved', currency: 'EUR', amount: 5n },
      ]),
    )
    const { data } = await page({ q: 'status:succeeded', include: 'transactions' })
    expect(data[0]?.transactions?.map(({ id }) => id)).toEqual([transaction.id])
    expect(data[1]?.transactions).toEqual([])
    expect((await ask('/v1/payments', { include: 'customer' })).status).toBe(400)
    expect((await ask(`/v1/transactions/${transaction.id}`)).body).toMatchObject(transaction)
    expect((await ask(`/v1/transactions/${newId('transaction')}`)).status).toBe(404)
  })

  it('links to its pages', async () => {
    const first = await ask('/v1/payments', { q: 'status:failed', limit: '10' })
    const link = first.headers.get('link') ?? ''
    const path = /<([^>]+)>; rel="next"/.exec(link)?.[1] ?? ''
    const second = await listed.florin.api.get<PageOf<Payment>>(path)
    expect(second.body.data).toHaveLength(10)
    expect(second.body.query.normalised).toBe('status:failed')
  })

  it('says how many rows each part of a search hides', async () => {
    const q = 'status:failed gateway:nobody'
    const { body } = await ask<HiddenRows>('/v1/payments/hidden', { q })
    expect(body).toEqual({
      object: 'hidden_rows',
      total: 10_000,
      terms: [
        { index: 0, term: 'status:failed', rows_without: 0 },
        { index: 1, term: 'gateway:nobody', rows_without: 500 },
      ],
    })
  })

  it('counts the values of a key', async () => {
    const { body } = await ask<{ values: object[] }>('/v1/payments/facets', {
      key: 'gateway',
      q: 'status:failed',
    })
    expect(body.values).toEqual([
      { value: 'stripe', label: 'stripe', count: 334 },
      { value: 'paypal', label: 'paypal', count: 166 },
    ])
    const shops = await ask<{ values: { label: string }[] }>('/v1/payments/facets', { key: 'shop' })
    expect(shops.body.values.map(({ label }) => label)).toContain('Second shop')
  })
})

describe('what cannot be read is refused with what to do', () => {
  it.each([
    [{ q: 'statsu:failed' }, 'query_invalid', '/q', 'Did you mean status?'],
    [{ q: 'status:faild' }, 'query_invalid', '/q', 'failed'],
    [{ q: 'amount:ten' }, 'query_invalid', '/q', 'is not an amount'],
    [{ sort: 'password' }, 'sort_invalid', '/sort', 'Use created, updated, amount'],
    [{ limit: '0' }, 'limit_invalid', '/limit', '1 to 200'],
    [{ limit: '201' }, 'limit_invalid', '/limit', '1 to 200'],
  ])('%j', async (query, code, pointer, words) => {
    const { status, body } = await ask<Problem>('/v1/payments', query)
    expect(status).toBe(400)
    expect(body.code).toBe(code)
    expect(body.errors).toEqual([{ pointer, code, detail: body.detail }])
    expect(body.detail).toContain(words)
  })

  it('a cursor of another search, order, list or mode', async () => {
    const { next } = (await page({ q: 'status:failed', limit: '5' })).page
    const after = next ?? ''
    expect((await ask('/v1/payments', { q: 'status:failed', limit: '7', after })).status).toBe(200)
    const others = [{ q: 'status:expired' }, { q: 'status:failed', sort: '-amount' }, {}]
    for (const query of others) {
      const { status, body } = await ask<Problem>('/v1/payments', { ...query, after })
      expect([status, body.code]).toEqual([400, 'cursor_invalid'])
    }
    const elsewhere = await ask('/v1/transactions', { q: 'status:failed', after })
    expect(elsewhere.status).toBe(400)
    const live = await listed.florin.as(['access_payments'], 'live')
    const path = `/v1/payments?${new URLSearchParams({ q: 'status:failed', after })}`
    expect((await live.get(path)).status).toBe(400)
  })

  it('in French for a French reader', async () => {
    const headers = { 'accept-language': 'fr' }
    const { body } = await ask<Problem>('/v1/payments', { q: 'statsu:failed' }, headers)
    expect(body.detail).toBe('Filtre inconnu « statsu ». Vouliez-vous dire statut ?')
    expect(body.allowed).toMatchObject({ error: 'unknown_key', candidates: ['status'] })
  })

  it('another merchant’s or mode’s rows are never there', async () => {
    const live = await listed.florin.as(['access_payments', 'export_payments'], 'live')
    for (const q of ['', 'env:both', 'env:test', 'is:test', '-env:live']) {
      const { body } = await live.get<PageOf<Payment>>(`/v1/payments?${new URLSearchParams({ q })}`)
      expect(body.data, q).toEqual([])
    }
    const nobody = await listed.florin.as(['access_events'])
    expect((await nobody.get('/v1/payments')).status).toBe(403)
    expect((await nobody.get('/v1/payments/summary')).status).toBe(403)
  })
})

const ATTACKS = [
  "' or 1=1 --",
  "'; drop table payments; --",
  '" or ""="',
  '1) or (1=1',
  '$1',
  '$2::text',
  '%',
  '%%%%%%',
  '___',
  '\\',
  '\\\\\\',
  '\\%',
  'E\\u0027',
  '\u2019 or \u2019a\u2019=\u2019a',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u{10ffff}',
  '🙂🙂🙂',
  '{}',
  '{a,b}',
  '"{1,2}"',
  "array['x']",
  '1e999999',
  '9'.repeat(300),
  '-9223372036854775809',
  'NaN',
  'null',
  'undefined',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  'sleep(10)',
  'pg_sleep(10)',
  '(select pg_sleep(10))',
  '*'.repeat(50),
  '('.repeat(500),
]
const KEYS = [
  'ref',
  'name',
  'text',
  'email',
  'customer',
  'shop',
  'by',
  'gateway',
  'method',
  'gref',
  'brand',
  'amount',
  'fee',
  'created',
  'updated',
  'currency',
  'country',
  'last4',
  'id',
  'session',
  'status',
  'meta.x',
  'gateway_account',
]

describe('hostile input', () => {
  it('is found or refused, never a fault and never slow', async () => {
    const total = (await ask<ListSummary>('/v1/payments/summary')).body.count
    const faults: string[] = []
    let slowest = 0
    for (const attack of ATTACKS) {
      const queries = [attack, `"${attack.replaceAll(/["\\]/g, '\\$&')}"`]
      for (const key of KEYS)
        queries.push(`${key}:${attack}`, `${key}:"${attack.replaceAll(/["\\]/g, '\\$&')}"`)
      for (const q of queries) {
        const started = performance.now()
        const { status } = await ask('/v1/payments/summary', { q })
        slowest = Math.max(slowest, performance.now() - started)
        if (status >= 500) faults.push(`${status}: ${q}`)
      }
    }
    expect(faults).toEqual([])
    expect(slowest).toBeLessThan(5000)
    expect((await ask<ListSummary>('/v1/payments/summary')).body.count).toBe(total)
  }, 240_000)

  it('in any other parameter is refused', async () => {
    for (const attack of ATTACKS) {
      for (const name of ['sort', 'after', 'before', 'limit', 'include']) {
        const { status } = await ask('/v1/payments', { [name]: attack })
        expect(status, `${name}=${attack}`).toBe(400)
      }
      expect((await ask('/v1/payments/facets', { key: attack })).status).toBe(400)
      const lookup = await ask(`/v1/lookup/${encodeURIComponent(attack.toWellFormed())}`)
      expect(lookup.status).toBeLessThan(500)
    }
    for (const other of [
      'transactions',
      'refunds',
      'links',
      'gateway_events',
      'events',
      'exports',
    ]) {
      for (const attack of ATTACKS) {
        const { status } = await ask(`/v1/${other}`, { q: attack })
        expect(status, `${other}: ${attack}`).toBeLessThan(500)
      }
    }
  }, 120_000)
})
