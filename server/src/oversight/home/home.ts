/** What may wait for a person: a search whose list shows exactly the rows that are counted. */
export const WAITING = [
  { code: 'partial', list: 'payments', q: 'is:partial' },
  { code: 'overpaid', list: 'payments', q: 'is:overpaid' },
  { code: 'disputed', list: 'payments', q: 'is:disputed' },
  { code: 'manual', list: 'payments', q: 'is:manual is:needs_action' },
  { code: 'unknown_outcome', list: 'transactions', q: 'state:unknown' },
  { code: 'unknown_refunds', list: 'refunds', q: 'status:unknown' },
  { code: 'failed_refunds', list: 'refunds', q: 'status:failed created:7d' },
  { code: 'parked_events', list: 'gateway_events', q: 'status:parked' },
] as const

export type WaitingList = (typeof WAITING)[number]['list']

const PAGES: Readonly<Record<WaitingList, string>> = {
  payments: '/payments',
  transactions: '/transactions',
  refunds: '/refunds',
  gateway_events: '/developers/gateway-events',
}

export const pathTo = (list: WaitingList, q: string): string =>
  `${PAGES[list]}?${new URLSearchParams({ q })}`

const WEEK_MS = 7 * 86_400_000

/** Today from midnight, and as much of the same weekday a week ago. */
export type Days = {
  readonly today_ms: number
  readonly now_ms: number
  readonly lastWeek: { readonly from_ms: number; readonly to_ms: number }
}

/** `startOfDay` knows the merchant's time zone: a day may have 23 or 25 hours. */
export function daysOf(now_ms: number, startOfDay: (at_ms: number) => number): Days {
  const today_ms = startOfDay(now_ms)
  const from_ms = startOfDay(now_ms - WEEK_MS)
  return { today_ms, now_ms, lastWeek: { from_ms, to_ms: from_ms + (now_ms - today_ms) } }
}
