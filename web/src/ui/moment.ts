import type { Locale } from '../i18n/language.ts'
import { tagOf } from './amount.ts'

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS
/** The server's clock may be a little ahead of this one; nothing is shown as yet to come. */
const SKEW_MS = 60_000

const STEPS = [
  { unit: 'day', ms: DAY_MS },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1_000 },
] as const

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(
  locale: Locale,
  timeZone: string,
  parts: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale}.${timeZone}.${Object.keys(parts).join()}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(tagOf(locale), { timeZone, ...parts })
  formats.set(key, made)
  return made
}

const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const
const CLOCK = { ...DAY, hour: '2-digit', minute: '2-digit' } as const

/** `14 Nov 2026, 15:04 CET`. */
export const formatTime = (iso: string, locale: Locale, timeZone: string): string =>
  formatOf(locale, timeZone, { ...CLOCK, timeZoneName: 'short' }).format(Date.parse(iso))

/** `14 Nov 2026, 15:04:09 CET`, for stories where seconds tell the order. */
export const formatExact = (iso: string, locale: Locale, timeZone: string): string =>
  formatOf(locale, timeZone, { ...CLOCK, second: '2-digit', timeZoneName: 'short' }).format(
    Date.parse(iso),
  )

/** A calendar day with no zone: `14 Nov 2026`. */
export const formatDay = (day: string, locale: Locale): string =>
  formatOf(locale, 'UTC', DAY).format(Date.parse(`${day}T00:00:00Z`))

/** `2 hours ago`, `in 5 minutes`; null a week or more away, where a date says it better. */
export function formatRelative(iso: string, locale: Locale, now_ms: number): string | null {
  const ahead_ms = Date.parse(iso) - now_ms
  const distance_ms = ahead_ms > 0 && ahead_ms < SKEW_MS ? 0 : ahead_ms
  if (Math.abs(distance_ms) >= WEEK_MS) return null
  const step = STEPS.find(({ ms }) => Math.abs(distance_ms) >= ms) ?? STEPS[3]
  const count = Math.trunc(distance_ms / step.ms)
  return new Intl.RelativeTimeFormat(tagOf(locale), { numeric: 'auto' }).format(count, step.unit)
}
