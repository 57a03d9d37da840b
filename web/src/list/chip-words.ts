import type { Chip, ListName, Locale, Query, Value } from '#contract/query/index.ts'
import type { WordGroup } from '../i18n/say.ts'
import { tagOf } from '../ui/amount.ts'

/** How the words of a chip are found; the interface's catalogue, or a test's. */
export type Speech = {
  readonly locale: Locale
  readonly say: (group: WordGroup, code: string) => string
  readonly knows: (group: WordGroup, code: string) => boolean
  /** What an id is called, such as the name of a shop; else the id cut short. */
  readonly nameOf: (id: string) => string
  /** A sentence of the catalogue's `chip` part with its holes filled. */
  readonly phrase: (name: Phrase, fill: Fill) => string
}

/** What stands in the holes of a phrase. */
export type Fill = Readonly<Record<string, string | number>>

export type Phrase =
  | 'is'
  | 'isNot'
  | 'compared'
  | 'comparedNot'
  | 'flag'
  | 'flagNot'
  | 'has'
  | 'hasNot'
  | 'search'
  | 'searchNot'
  | 'range'
  | 'none'
  | 'after'
  | 'from'
  | 'before'
  | 'until'
  | 'lastHours'
  | 'lastDays'
  | 'lastWeeks'
  | 'lastMonths'

/** Where the words of a key's values are, when they are codes. */
const VALUE_WORDS: Readonly<Partial<Record<ListName, Readonly<Record<string, WordGroup>>>>> = {
  payments: {
    status: 'status',
    reason: 'reason',
    purpose: 'purpose',
    source: 'source',
    gateway: 'gateway',
    method: 'method',
  },
  transactions: {
    status: 'transactionStatus',
    type: 'transactionType',
    reason: 'reason',
    gateway: 'gateway',
    method: 'method',
  },
  refunds: { status: 'refundStatus', gateway: 'gateway', source: 'source' },
  links: { status: 'linkStatus' },
  gateway_events: {
    status: 'eventStatus',
    verdict: 'verdict',
    reason: 'parkedReason',
    gateway: 'gateway',
  },
  exports: { status: 'exportStatus' },
}

/** The words of one value of a key, such as `failed`; groups of values have words of their own. */
export function valueWords(list: ListName, key: string, code: string, speech: Speech): string {
  const group = VALUE_WORDS[list]?.[key]
  if (group !== undefined && speech.knows(group, code)) return speech.say(group, code)
  if (isId(code)) return speech.nameOf(code)
  return speech.knows('filterValue', code) ? speech.say('filterValue', code) : code
}

/** One of our own ids: a prefix and 26 letters. */
export const isId = (text: string): boolean => /^[a-z]{3}_[0-9a-z]{26}$/.test(text)

export const keyWords = (key: string, speech: Speech): string =>
  key.startsWith('meta.') ? key : speech.say('filterKey', key)

/** One chip in the reader's words: `Status: Failed, Expired`, `Amount > 100`, `not: By hand`. */
export function chipWords(chip: Chip, query: Query, speech: Speech): string {
  const { kind, key, negated } = chip
  const phrase = (name: 'is' | 'compared' | 'flag' | 'has' | 'search', fill: Fill) =>
    speech.phrase(negated ? `${name}Not` : name, fill)
  if (kind === 'search') {
    const term = query.terms[chip.index]
    return phrase('search', { text: term?.kind === 'search' ? term.text : chip.text })
  }
  if (kind === 'flag') return phrase('flag', { flag: speech.say('flag', key) })
  if (kind === 'has') return phrase('has', { key: keyWords(key, speech) })
  const term = query.terms[chip.index]
  const type = term?.kind === 'key' ? term.type : 'text'
  const words = chip.values.map((value) => oneValue(value, query.list, key, type, speech))
  const values = words.join(', ')
  const compared = type === 'money' && ['>', '>=', '<', '<='].includes(chip.operator)
  return phrase(compared ? 'compared' : 'is', { key: keyWords(key, speech), values })
}

function oneValue(value: Value, list: ListName, key: string, type: string, speech: Speech): string {
  const literal = (text: string) => {
    if (type === 'money') return numberWords(text, speech.locale)
    return type === 'date' ? dateWords(text, speech) : valueWords(list, key, text, speech)
  }
  switch (value.op) {
    case 'none':
      return speech.phrase('none', {})
    case 'range':
      return speech.phrase('range', { from: literal(value.from), to: literal(value.to) })
    case 'is':
      return literal(value.literal)
    case 'prefix':
      return `${value.literal}…`
    case 'suffix':
      return `…${value.literal}`
    case 'contains':
      return `…${value.literal}…`
    default:
      return type === 'date'
        ? speech.phrase(DATE_PHRASES[value.op], { date: literal(value.literal) })
        : `${COMPARISONS[value.op]} ${literal(value.literal)}`
  }
}

const DATE_PHRASES = { '>': 'after', '>=': 'from', '<': 'before', '<=': 'until' } as const
const COMPARISONS = { '>': '>', '>=': '≥', '<': '<', '<=': '≤' } as const

/** A plain decimal as the reader writes it; exact, because Intl takes the digits as text. */
export const numberWords = (text: string, locale: Locale): string =>
  new Intl.NumberFormat(tagOf(locale), { maximumFractionDigits: 9 }).format(text as `${number}`)

const SPANS = { h: 'lastHours', d: 'lastDays', w: 'lastWeeks', mo: 'lastMonths' } as const

/** A canonical date word, span or calendar date. */
export function dateWords(literal: string, speech: Speech): string {
  const span = /^(\d+)(h|d|w|mo)$/.exec(literal)
  if (span !== null) {
    return speech.phrase(SPANS[span[2] as keyof typeof SPANS], { count: Number(span[1]) })
  }
  const date = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T(\d{2}:\d{2}).*)?$/.exec(literal)
  if (date === null) return speech.say('dateWord', literal)
  const [, year = '', month, day, time] = date
  const calendar = new Intl.DateTimeFormat(tagOf(speech.locale), {
    timeZone: 'UTC',
    year: 'numeric',
    ...(month === undefined ? {} : { month: day === undefined ? 'long' : 'short' }),
    ...(day === undefined ? {} : { day: 'numeric' }),
  })
  const words = calendar.format(new Date(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`))
  return time === undefined ? words : `${words}, ${time}`
}
