import { lookUp, type WordSpec } from './vocabulary.ts'

/** Words that name a period relative to now, in the time zone of the organisation. */
export const DATE_WORDS = {
  today: { fr: "aujourd'hui", also: 'auj' },
  yesterday: { fr: 'hier' },
  tomorrow: { fr: 'demain' },
  this_week: { fr: 'cette_semaine', also: 'week' },
  last_week: { fr: 'semaine_dernière', also: 'semaine_passee' },
  this_month: { fr: 'ce_mois', also: 'month' },
  last_month: { fr: 'mois_dernier', also: 'mois_passe' },
  this_quarter: { fr: 'ce_trimestre', also: 'quarter' },
  last_quarter: { fr: 'trimestre_dernier' },
  this_year: { fr: 'cette_année', also: 'year' },
  last_year: { fr: 'année_dernière' },
} as const satisfies Record<string, WordSpec>

export type DateWord = keyof typeof DATE_WORDS

/** `24h` counts back from this moment; `7d`, `2w`, `3mo` are whole days that end with today. */
export const SPAN = /^([1-9][0-9]{0,2})(h|d|w|mo)$/
const SPAN_TYPED = /^0*([1-9][0-9]{0,2})(h|d|j|w|sem|mo|mois)$/
const UNITS: Readonly<Record<string, string>> = { j: 'd', sem: 'w', mois: 'mo' }

const TIME = '([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\\.([0-9]{1,3}))?)?'
const ZONE = '(Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?'
/** Year, month, day, hour, minute, second, fraction, zone. */
export const ABSOLUTE = new RegExp(
  `^([12][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2})(?:T${TIME}${ZONE})?)?)?$`,
)
const LOOSE = /^([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?(?:[T ](.+))?$/i
const FIRST_YEAR = '1970'

/** A typed date in canonical spelling, or null. */
export function readDate(typed: string): string | null {
  const word = lookUp(DATE_WORDS, typed)
  if (word !== undefined) return word
  const span = SPAN_TYPED.exec(typed.toLowerCase())
  if (span !== null) return `${span[1]}${UNITS[span[2] ?? ''] ?? span[2]}`
  const loose = LOOSE.exec(typed)
  const absolute = loose === null ? typed : padded(loose)
  return isRealDate(absolute) ? absolute : null
}

function padded(parts: RegExpExecArray): string {
  const [, year, month = '', day, time] = parts
  const date = [year, month.padStart(2, '0'), ...(day ? [day.padStart(2, '0')] : [])].join('-')
  return time === undefined ? date : `${date}T${time.toUpperCase()}`
}

function isRealDate(text: string): boolean {
  const parts = ABSOLUTE.exec(text)
  if (parts === null || text < FIRST_YEAR) return false
  const [, year = '', month = '01', day = '01'] = parts
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`)
}

export const isSpan = (literal: string): boolean => SPAN.test(literal)

/** Whether both ends are calendar dates and the second is before the first. */
export function isReversed(from: string, to: string): boolean {
  const known = [from, to].every(
    (end) => ABSOLUTE.test(end) && ABSOLUTE.exec(end)?.[8] === undefined,
  )
  const length = Math.min(from.length, to.length)
  return known && from.slice(0, length) > to.slice(0, length)
}
