import type { Dice } from './dice.ts'

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

/** How many pay in each hour of the day: little at night, most at noon and after dinner. */
const BY_HOUR = [
  6, 4, 3, 2, 2, 4, 10, 20, 34, 46, 52, 56, 64, 58, 50, 48, 50, 56, 64, 68, 72, 60, 36, 16,
] as const
/** From Monday to Sunday. */
const BY_WEEKDAY = [96, 92, 98, 104, 122, 112, 76] as const
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** The card gateways fail for an afternoon, this many days before the end. */
const OUTAGE = { days_before_end: 33, from_hour: 13, to_hour: 18 } as const

export type Span = { readonly until_ms: number; readonly days: number }

type LocalHour = { readonly hour: number; readonly weekday: number }

/** What a wall clock shows in a time zone. */
function localHours(timeZone: string): (at_ms: number) => LocalHour {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    hourCycle: 'h23',
    weekday: 'short',
  })
  return (at_ms) => {
    const parts = format.formatToParts(at_ms)
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
    return { hour: Number.parseInt(part('hour'), 10), weekday: WEEKDAYS.indexOf(part('weekday')) }
  }
}

/** Whether the outage lasts at a moment. */
export function outageOf(span: Span, timeZone: string): (at_ms: number) => boolean {
  const local = localHours(timeZone)
  const day = Math.min(OUTAGE.days_before_end, Math.floor(span.days / 2))
  const middle_ms = span.until_ms - day * DAY_MS
  return (at_ms) => {
    if (Math.abs(at_ms - middle_ms) > DAY_MS / 2) return false
    const { hour } = local(at_ms)
    return hour >= OUTAGE.from_hour && hour < OUTAGE.to_hour
  }
}

/**
 * When each payment begins, oldest first: a shop that grows by half in the span, with busy and
 * quiet hours and weekdays, good and bad days, and fewer who try during the outage.
 */
export function momentsOf(span: Span, payments: number, timeZone: string, dice: Dice): number[] {
  const local = localHours(timeZone)
  const down = outageOf(span, timeZone)
  const hours = span.days * 24
  const start_ms = span.until_ms - span.days * DAY_MS
  const luck = Array.from({ length: span.days }, () => 1 + dice.bell() / 5)
  const ends: number[] = []
  let sum = 0
  for (let at = 0; at < hours; at++) {
    const middle_ms = start_ms + at * HOUR_MS + HOUR_MS / 2
    const { hour, weekday } = local(middle_ms)
    const growth = 0.8 + (0.4 * at) / hours
    const trying = down(middle_ms) ? 0.7 : 1
    const usual = (BY_HOUR[hour] ?? 1) * (BY_WEEKDAY[weekday] ?? 100)
    sum += usual * growth * trying * (luck[Math.floor(at / 24)] ?? 1)
    ends.push(sum)
  }
  const parts = 1_000_000
  return Array.from({ length: payments }, () => {
    const at = firstAbove(ends, (dice.roll(parts) / parts) * sum)
    return start_ms + at * HOUR_MS + dice.roll(HOUR_MS)
  }).sort((a, b) => a - b)
}

/** The place of the first number above a limit in a growing list. */
function firstAbove(list: readonly number[], limit: number): number {
  let [low, high] = [0, list.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] ?? 0) > limit) high = middle
    else low = middle + 1
  }
  return low
}
