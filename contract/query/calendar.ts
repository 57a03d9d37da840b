import { ABSOLUTE, type DateWord, SPAN } from './dates.ts'

/**
 * "Wall" times are what a clock on the wall of a time zone shows, as milliseconds counted as if the
 * zone were UTC. Arithmetic on days and months happens there; the way back to real time knows DST.
 */
type Wall = number

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const SECOND_MS = 1_000

const formats = new Map<string, Intl.DateTimeFormat>()

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timeZone, format)
  return format
}

/** What the wall clock shows at an instant. */
function wallAt(time_ms: number, timeZone: string): Wall {
  const parts: Record<string, number> = {}
  for (const { type, value } of formatIn(timeZone).formatToParts(time_ms)) {
    parts[type] = Number.parseInt(value, 10)
  }
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  const fraction = ((time_ms % SECOND_MS) + SECOND_MS) % SECOND_MS
  return Date.UTC(year, month - 1, day, hour, minute, second, fraction)
}

/**
 * The instant at which a wall clock shows a time: the earlier one when clocks go back, and when
 * they go forward past it, the same distance after the jump (so a day without midnight starts at
 * its jump).
 */
export function instantAt(wall: Wall, timeZone: string): number {
  const offsetNear = (guess: number) => wallAt(guess, timeZone) - guess
  const before = wall - offsetNear(wall - DAY_MS)
  const after = wall - offsetNear(wall + DAY_MS)
  const real = [before, after].filter((time_ms) => wallAt(time_ms, timeZone) === wall)
  return real.length > 0 ? Math.min(...real) : before
}

const monthStart = (wall: Wall, months: number): Wall => {
  const date = new Date(wall)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)
}

/** The same day of another month, or its last day. */
function addMonths(wall: Wall, months: number): Wall {
  const day = new Date(wall).getUTCDate()
  const lastDay = new Date(monthStart(wall, months + 1) - DAY_MS).getUTCDate()
  return monthStart(wall, months) + (Math.min(day, lastDay) - 1) * DAY_MS
}

/** Weeks start on Monday (ISO 8601), in both languages. */
const weekStart = (wall: Wall): Wall => wall - ((new Date(wall).getUTCDay() + 6) % 7) * DAY_MS
const quarterStart = (wall: Wall): Wall => monthStart(wall, -(new Date(wall).getUTCMonth() % 3))
const yearStart = (wall: Wall): Wall => Date.UTC(new Date(wall).getUTCFullYear(), 0, 1)

/** Start and end of each named period, given the start of today. */
const WORDS: Readonly<Record<DateWord, (today: Wall) => readonly [Wall, Wall]>> = {
  today: (t) => [t, t + DAY_MS],
  yesterday: (t) => [t - DAY_MS, t],
  tomorrow: (t) => [t + DAY_MS, t + 2 * DAY_MS],
  this_week: (t) => [weekStart(t), weekStart(t) + 7 * DAY_MS],
  last_week: (t) => [weekStart(t) - 7 * DAY_MS, weekStart(t)],
  this_month: (t) => [monthStart(t, 0), monthStart(t, 1)],
  last_month: (t) => [monthStart(t, -1), monthStart(t, 0)],
  this_quarter: (t) => [quarterStart(t), monthStart(quarterStart(t), 3)],
  last_quarter: (t) => [monthStart(quarterStart(t), -3), quarterStart(t)],
  this_year: (t) => [yearStart(t), monthStart(yearStart(t), 12)],
  last_year: (t) => [monthStart(yearStart(t), -12), yearStart(t)],
}

export type Zoned = { readonly now_ms: number; readonly timeZone: string }

/** Half-open `[from_ms, to_ms)`. `instant`: the literal named a time of day. */
export type Period = { readonly from_ms: number; readonly to_ms: number; readonly instant: boolean }

/** The period a canonical date literal names. */
export function periodOf(literal: string, { now_ms, timeZone }: Zoned): Period {
  const days = (from: Wall, to: Wall): Period => ({
    from_ms: instantAt(from, timeZone),
    to_ms: instantAt(to, timeZone),
    instant: false,
  })
  const span = SPAN.exec(literal)
  const count = Number.parseInt(span?.[1] ?? '0', 10)
  if (span?.[2] === 'h') {
    return { from_ms: now_ms - count * HOUR_MS, to_ms: now_ms + 1, instant: false }
  }
  const wall = wallAt(now_ms, timeZone)
  const today = wall - (((wall % DAY_MS) + DAY_MS) % DAY_MS)
  if (span !== null) return days(spanStart(today, count, span[2] ?? ''), today + DAY_MS)
  const parts = ABSOLUTE.exec(literal)
  if (parts === null) return days(...WORDS[literal as DateWord](today))
  return parts[4] === undefined ? days(...datePeriod(parts)) : timePeriod(parts, timeZone)
}

const spanStart = (today: Wall, count: number, unit: string): Wall =>
  unit === 'mo' ? addMonths(today, -count) : today - (count * (unit === 'w' ? 7 : 1) - 1) * DAY_MS

const numberAt = (parts: RegExpExecArray, index: number): number =>
  Number.parseInt(parts[index] ?? '0', 10)

function datePeriod(parts: RegExpExecArray): readonly [Wall, Wall] {
  const year = numberAt(parts, 1)
  if (parts[2] === undefined) return [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)]
  const month = numberAt(parts, 2) - 1
  if (parts[3] === undefined) return [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)]
  const start = Date.UTC(year, month, numberAt(parts, 3))
  return [start, start + DAY_MS]
}

/** A minute, a second or a millisecond, whichever was written. */
function timePeriod(parts: RegExpExecArray, timeZone: string): Period {
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((i) => numberAt(parts, i))
  const fraction = Number.parseInt((parts[7] ?? '').padEnd(3, '0'), 10)
  const wall = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second) + fraction
  const zone = parts[8]
  const from_ms = zone === undefined ? instantAt(wall, timeZone) : wall - offsetOf(zone)
  const unit_ms = parts[7] !== undefined ? 1 : parts[6] !== undefined ? SECOND_MS : MINUTE_MS
  return { from_ms, to_ms: from_ms + unit_ms, instant: true }
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0
  const [hours = '0', minutes = '0'] = zone.slice(1).split(':')
  const size = Number.parseInt(hours, 10) * HOUR_MS + Number.parseInt(minutes, 10) * MINUTE_MS
  return zone.startsWith('-') ? -size : size
}
