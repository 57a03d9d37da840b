import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Payment } from '#contract/payments.ts'
import { parse, resolve, VOCABULARIES } from '#contract/query/index.ts'
import type { PageOf } from '#contract/shapes.ts'
import type { ListSummary } from '#contract/watching.ts'
import { formatAmount } from '#server/kernel/money.ts'
import type { PaymentRow } from '#server/money/payments/index.ts'
import { searchSubscriber } from '#server/oversight/search/index.ts'
import type { EventRow } from '#server/platform/outbox.ts'
import { download, exported, readCsv } from './exported.ts'
import { passing, randomQuery } from './list-oracle.ts'
import {
  addPayments,
  type Listed,
  openListed,
  randomPayments,
  type Seeded,
  seeded,
} from './listed.ts'

const ROWS = 300
const QUERIES = 200
const SEED = 20_261_120
const NOW_MS = Date.now()
const QUERY_OPTIONS = {
  now_ms: NOW_MS,
  timeZone: 'Europe/Paris',
  vocabulary: VOCABULARIES.payments,
}

let listed: Listed
let rows: PaymentRow[]

beforeAll(async () => {
  listed = await openListed()
  rows = randomPayments(listed, ROWS, seeded(SEED), NOW_MS)
  await addPayments(listed, rows)
  const event = { type: 'payment.created', merchant_id: listed.scope.merchantId, mode: 'test' }
  const events = rows.map(({ id }) => ({ ...event, object_id: id, payment_id: id }) as EventRow)
  await listed.florin.db.tx((tx) => searchSubscriber(tx, events))
})
afterAll(() => listed?.close())

const get = async <T>(path: string, query: Record<string, string>): Promise<T> => {
  const answer = await listed.florin.api.get<T>(`${path}?${new URLSearchParams(query)}`)
  if (answer.status !== 200) throw new Error(`${query.q}: ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** Every id of a list, page by page to its end, and back again to its beginning. */
async function walk(q: string, limit: string): Promise<{ ids: string[]; back: string[] }> {
  const ids: string[] = []
  let page = await get<PageOf<Payment>>('/v1/payments', { q, limit })
  const last: string[] = []
  for (;;) {
    ids.push(...page.data.map(({ id }) => id))
    last.splice(0, last.length, ...page.data.map(({ id }) => id))
    if (!page.page.next) break
    page = await get('/v1/payments', { q, limit, after: page.page.next })
  }
  const back = [...last]
  while (page.page.prev) {
    page = await get('/v1/payments', { q, limit, before: page.page.prev })
    back.unshift(...page.data.map(({ id }) => id))
  }
  return { ids, back }
}

/** Sums as the list and an export show them, from the rows themselves. */
function sumsOf(found: readonly PaymentRow[]): ListSummary['sums'] {
  const byCurrency = Map.groupBy(found, ({ currency }) => currency)
  return [...byCurrency]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, some]) => {
      const total = some.reduce((sum, { amount }) => sum + amount, 0n)
      return {
        currency,
        count: some.length,
        amount: { value: formatAmount(total, currency), currency },
      }
    })
}

function meant(q: string): PaymentRow[] {
  const read = parse(q, VOCABULARIES.payments, { locale: 'en' })
  if (!read.ok) throw new Error(`${q}: ${JSON.stringify(read.errors)}`)
  return passing(listed, rows, resolve(read.query, QUERY_OPTIONS))
}

async function agrees(q: string, random: Seeded): Promise<number> {
  const expected = meant(q)
  const ids = expected.map(({ id }) => id)
  const limit = String(5 + random.below(60))
  expect({ q, ...(await walk(q, limit)) }).toEqual({ q, ids, back: ids })
  const summary = await get<ListSummary>('/v1/payments/summary', { q })
  const sums = sumsOf(expected)
  expect({ q, ...summary }).toEqual({ q, object: 'list_summary', count: ids.length, sums })
  const file = await exported(listed.florin.api, { q, columns: ['id', 'amount'] })
  expect({ q, status: file.status, rows: file.rows_done, sums: file.sums }).toEqual({
    q,
    status: 'done',
    rows: ids.length,
    sums,
  })
  const [head, ...cells] = readCsv(await download(listed.florin.api, file))
  expect(head).toEqual(['id', 'amount', 'currency'])
  expect({ q, cells }).toEqual({
    q,
    cells: expected.map((row) => [row.id, formatAmount(row.amount, row.currency), row.currency]),
  })
  return ids.length
}

describe('list, summary, export and an oracle', () => {
  it(`agree on ${QUERIES} random queries over ${ROWS} rows`, async () => {
    const random = seeded(SEED)
    const queries = Array.from({ length: QUERIES }, () => randomQuery(random))
    const found: number[] = []
    const faults: unknown[] = []
    const lane = async () => {
      for (let q = queries.pop(); q !== undefined && faults.length === 0; q = queries.pop()) {
        await agrees(q, seeded(q.length)).then(
          (count) => found.push(count),
          (fault) => faults.push(fault),
        )
      }
    }
    await Promise.all([lane(), lane(), lane(), lane()])
    if (faults.length > 0) throw faults[0]
    // A generator that finds nothing, or everything, would prove nothing.
    expect(found.filter((count) => count > 0).length).toBeGreaterThan(QUERIES / 3)
    expect(found.filter((count) => count > 0 && count < ROWS / 2).length).toBeGreaterThan(30)
  }, 240_000)
})
