import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PageOf } from '#contract/shapes.ts'
import type { Home } from '#contract/watching.ts'
import type { PaymentRow } from '#server/money/payments/index.ts'
import { lookHome } from '#server/oversight/home/index.ts'
import { newId } from './books.ts'
import { addPayments, idAt, type Listed, openListed, paymentRow, seeded } from './listed.ts'

/** Friday afternoon in Paris, where it is summer time: the day began at 22:00 UTC. */
const NOW_MS = Date.parse('2026-07-10T15:00:00Z')
const at = (text: string): number => Date.parse(text)
const random = seeded(3)

let listed: Listed
beforeAll(async () => {
  listed = await openListed()
})
afterAll(() => listed?.close())

const paid = (time: string, given: Partial<PaymentRow> = {}): PaymentRow => {
  const created_at = new Date(at(time))
  const amount = given.amount ?? 1000n
  const row = { status: 'succeeded', amount, captured: amount, ...given } as const
  return paymentRow(listed, { ...row, created_at, id: idAt(created_at.getTime(), random) })
}
const look = (): Promise<Home> => lookHome(listed.florin.db, listed.scope, NOW_MS)

it('is empty where nothing happened', async () => {
  expect(await look()).toEqual({
    object: 'home',
    needs_action: [],
    today: { amounts: [], succeeded: 0, failed: 0, same_weekday_succeeded: 0 },
    recent: [],
  })
})

it('counts today from midnight in the merchant’s zone, and a week ago to this hour', async () => {
  await addPayments(listed, [
    paid('2026-07-09T21:59:59.999Z'),
    paid('2026-07-09T22:00:00Z', { amount: 1500n, refunded: 500n }),
    paid('2026-07-10T14:00:00Z', { amount: 700n, currency: 'JPY' }),
    paid('2026-07-10T14:00:01Z', { status: 'failed', captured: 0n }),
    paid('2026-07-10T14:00:02Z', { status: 'expired', captured: 0n }),
    paid('2026-07-02T21:59:59Z'),
    paid('2026-07-02T22:00:00Z'),
    paid('2026-07-03T14:59:59Z'),
    paid('2026-07-03T15:00:00Z'),
  ])
  const { today, recent } = await look()
  expect(today).toEqual({
    amounts: [
      {
        currency: 'EUR',
        amount: { value: '15.00', currency: 'EUR' },
        refunded: { value: '5.00', currency: 'EUR' },
        count: 1,
      },
      {
        currency: 'JPY',
        amount: { value: '700', currency: 'JPY' },
        refunded: { value: '0', currency: 'JPY' },
        count: 1,
      },
    ],
    succeeded: 2,
    failed: 1,
    same_weekday_succeeded: 2,
  })
  expect(recent).toHaveLength(9)
  expect(recent[0]?.status).toBe('expired')
})

it('names what waits for a person; the list it leads to has exactly that many rows', async () => {
  const given = paid('2026-07-10T10:00:00Z', { captured: 400n, status: 'partially_paid' })
  await addPayments(listed, [
    given,
    paid('2026-07-10T10:00:01Z', { captured: 1500n }),
    paid('2026-07-10T10:00:02Z', { captured: 1500n, refunded: 500n }),
    paid('2026-07-10T10:00:03Z', { disputed: 1000n }),
    paid('2026-07-10T10:00:04Z', { manual: true, manual_open: 1000n }),
    paid('2026-07-10T10:00:05Z', { manual: true }),
  ])
  const { merchantId, mode } = listed.scope
  const [account] = listed.accounts
  const values = [merchantId, mode]
  await listed.owner.query({
    text: `insert into transactions
        (merchant_id, mode, id, payment_id, type, state, currency, amount)
      values ($1, $2, $3, $4, 'charge', 'unknown', 'EUR', 1)`,
    values: [...values, newId('transaction'), given.id],
  })
  await listed.owner.query({
    text: `insert into gateway_events (merchant_id, mode, id, gateway, gateway_account_id,
        dedupe_key, type, status, verdict, body_sha256)
      values ($1, $2, $3, 'stripe', $4, 'k', 'charge.paid', 'parked', 'verified', '')`,
    values: [...values, newId('gatewayEvent'), account?.id],
  })
  await listed.owner.query({
    text: `insert into jobs (merchant_id, mode, id, kind, key, dead_at)
      values ($1, $2, $3, 'no.such', 'k', now())`,
    values: [...values, newId('job')],
  })
  const { needs_action } = await look()
  const counts = Object.fromEntries(needs_action.map(({ code, count }) => [code, count]))
  expect(counts).toEqual({
    partial: 1,
    overpaid: 1,
    disputed: 1,
    manual: 1,
    unknown_outcome: 1,
    parked_events: 1,
    dead_jobs: 1,
  })
  for (const { code, count, path } of needs_action) {
    const [page, query] = path.replace('/developers/gateway-events', '/gateway_events').split('?')
    if (query === undefined) continue
    const { body } = await listed.florin.api.get<PageOf<unknown>>(`/v1${page}?${query}`)
    expect(body.page.count, code).toEqual({ value: count, exact: true })
  }
})
