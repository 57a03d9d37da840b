import { parse, resolve, VOCABULARIES } from '#contract/query/index.ts'
import type { Home } from '#contract/watching.ts'
import { assert } from '#server/kernel/assert.ts'
import { toWire } from '#server/kernel/money.ts'
import type { Scope } from '#server/kernel/scope.ts'
import {
  type AnyList,
  type Asked,
  askOf,
  countRows,
  everything,
  GATEWAY_EVENTS,
  orderOf,
  PAYMENTS,
  REFUNDS,
  readRows,
  TRANSACTIONS,
} from '#server/oversight/lists/index.ts'
import type { Queryable } from '#server/platform/postgres/index.ts'
import { merchantById } from '#server/records/merchants/index.ts'
import { daysOf, pathTo, WAITING, type WaitingList } from '../home.ts'
import { deadJobs, succeededBetween, type TodayRow, todayOf } from '../store.ts'

const RECENT_ROWS = 10

const LISTS: Readonly<Record<WaitingList, AnyList>> = {
  payments: PAYMENTS,
  transactions: TRANSACTIONS,
  refunds: REFUNDS,
  gateway_events: GATEWAY_EVENTS,
}

/** What needs a person, how today goes, and the newest payments. */
export async function lookHome(q: Queryable, scope: Scope, now_ms: number): Promise<Home> {
  const merchant = await merchantById(q, scope.merchantId)
  assert(merchant, 'who calls belongs to a merchant')
  const timeZone = merchant.time_zone
  const days = daysOf(now_ms, (at_ms) => startOfDay(at_ms, timeZone))
  const today = await todayOf(q, scope, days)
  const same_weekday_succeeded = await succeededBetween(q, scope, days.lastWeek)
  return {
    object: 'home',
    needs_action: await waitingOf(q, scope, now_ms, timeZone),
    today: { ...presentToday(today), same_weekday_succeeded },
    recent: await recentOf(q, scope, everything(PAYMENTS, now_ms, timeZone)),
  }
}

async function waitingOf(
  q: Queryable,
  scope: Scope,
  now_ms: number,
  timeZone: string,
): Promise<Home['needs_action']> {
  const items: Home['needs_action'] = []
  for (const { code, list, q: text } of WAITING) {
    const asked = askOf(LISTS[list], text, { now_ms, timeZone, locale: 'en' })
    assert(asked.ok, `the search of ${code} can be read`)
    const { value: count } = await countRows(q, LISTS[list], scope, asked.value, false)
    if (count > 0) items.push({ code, count, path: pathTo(list, text) })
  }
  const dead = await deadJobs(q, scope)
  if (dead > 0) items.push({ code: 'dead_jobs', count: dead, path: '/settings' })
  return items
}

const presentToday = (rows: readonly TodayRow[]) => ({
  amounts: rows
    .filter(({ received }) => received > 0n)
    .map(({ currency, amount, refunded, received }) => ({
      currency,
      amount: toWire({ amount: BigInt(amount), currency }),
      refunded: toWire({ amount: BigInt(refunded), currency }),
      count: Number(received),
    })),
  succeeded: Number(rows.reduce((sum, { succeeded }) => sum + succeeded, 0n)),
  failed: Number(rows.reduce((sum, { failed }) => sum + failed, 0n)),
})

async function recentOf(q: Queryable, scope: Scope, asked: Asked): Promise<Home['recent']> {
  const order = orderOf(PAYMENTS, undefined)
  assert(order.ok, 'a list has a usual order')
  const rows = { order: order.value, position: null, backward: false, limit: RECENT_ROWS }
  const found = await readRows(q, PAYMENTS, scope, asked, rows)
  return found.map(PAYMENTS.present) as Home['recent']
}

/** The query language knows what `today` means in a time zone. */
function startOfDay(now_ms: number, timeZone: string): number {
  const vocabulary = VOCABULARIES.payments
  const read = parse('created:today', vocabulary, { locale: 'en' })
  assert(read.ok, 'today is a date')
  const [condition] = resolve(read.query, { now_ms, timeZone, vocabulary }).all
  const [test] = condition?.any ?? []
  assert(test?.test === 'time' && test.from_ms !== null, 'today has a beginning')
  return test.from_ms
}
