import type { Locale } from './props.ts'

/** Day before month in both languages: an English page is read far beyond the United States. */
const REGION: Readonly<Record<Locale, string>> = { en: 'en-GB', fr: 'fr' }

/** "14 Nov 2026, 15:04 CET". */
export const formatTime = (iso: string, locale: Locale, timeZone: string): string =>
  new Intl.DateTimeFormat(REGION[locale], {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  }).format(new Date(iso))

/** "14 November 2026", of a `YYYY-MM-DD` that belongs to no zone, or of an instant in one. */
export const formatDay = (iso: string, locale: Locale, timeZone = 'UTC'): string =>
  new Intl.DateTimeFormat(REGION[locale], { dateStyle: 'long', timeZone }).format(new Date(iso))

/** Whole seconds from `now` until `then`; negative when it has passed. */
export const secondsUntil = (then: string, now: string): number =>
  Math.floor((Date.parse(then) - Date.parse(now)) / 1000)
