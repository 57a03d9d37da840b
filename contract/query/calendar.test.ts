import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { periodOf } from './calendar.ts'
import { matches, parse, resolve, VOCABULARIES } from './index.ts'

const { payments } = VOCABULARIES
const HOUR_MS = 3_600_000
const utc = (text: string): number => Date.parse(text)
const iso = (time_ms: number | null): string | null =>
  time_ms === null ? null : new Date(time_ms).toISOString().replace('.000Z', 'Z')

/** Friday 20 November 2026, 10:30 in Paris. */
const now_ms = utc('2026-11-20T09:30:00Z')
const paris = { now_ms, timeZone: 'Europe/Paris' }

function rangeOf(text: string, timeZone = 'Europe/Paris'): (string | null)[] {
  const read = parse(`created:${text}`, payments, { locale: 'en' })
  if (!read.ok) throw new Error(read.errors[0]?.sentence)
  const resolved = resolve(read.query, { now_ms, timeZone, vocabulary: payments })
  const test = resolved.all[0]?.any[0]
  if (test?.test !== 'time') throw new Error('not a time')
  return [iso(test.from_ms), iso(test.to_ms)]
}

describe('what a date means in the zone of the organisation', () => {
  it.each([
    ['today', '2026-11-19T23:00:00Z', '2026-11-20T23:00:00Z'],
    ['yesterday', '2026-11-18T23:00:00Z', '2026-11-19T23:00:00Z'],
    ['tomorrow', '2026-11-20T23:00:00Z', '2026-11-21T23:00:00Z'],
    ['this_week', '2026-11-15T23:00:00Z', '2026-11-22T23:00:00Z'],
    ['last_week', '2026-11-08T23:00:00Z', '2026-11-15T23:00:00Z'],
    ['this_month', '2026-10-31T23:00:00Z', '2026-11-30T23:00:00Z'],
    ['last_month', '2026-09-30T22:00:00Z', '2026-10-31T23:00:00Z'],
    ['this_quarter', '2026-09-30T22:00:00Z', '2026-12-31T23:00:00Z'],
    ['last_quarter', '2026-06-30T22:00:00Z', '2026-09-30T22:00:00Z'],
    ['this_year', '2025-12-31T23:00:00Z', '2026-12-31T23:00:00Z'],
    ['last_year', '2024-12-31T23:00:00Z', '2025-12-31T23:00:00Z'],
    ['1d', '2026-11-19T23:00:00Z', '2026-11-20T23:00:00Z'],
    ['7d', '2026-11-13T23:00:00Z', '2026-11-20T23:00:00Z'],
    ['2w', '2026-11-06T23:00:00Z', '2026-11-20T23:00:00Z'],
    ['3mo', '2026-08-19T22:00:00Z', '2026-11-20T23:00:00Z'],
    ['24h', '2026-11-19T09:30:00Z', '2026-11-20T09:30:00.001Z'],
    ['2026', '2025-12-31T23:00:00Z', '2026-12-31T23:00:00Z'],
    ['2026-10', '2026-09-30T22:00:00Z', '2026-10-31T23:00:00Z'],
    ['2026-10-01', '2026-09-30T22:00:00Z', '2026-10-01T22:00:00Z'],
    ['2026-10-01T14:00', '2026-10-01T12:00:00Z', '2026-10-01T12:01:00Z'],
    ['2026-10-01T14:00:30', '2026-10-01T12:00:30Z', '2026-10-01T12:00:31Z'],
    ['2026-10-01T14:00Z', '2026-10-01T14:00:00Z', '2026-10-01T14:01:00Z'],
    ['2026-10-01T14:00-03:30', '2026-10-01T17:30:00Z', '2026-10-01T17:31:00Z'],
    ['2026-10-01..2026-10-15', '2026-09-30T22:00:00Z', '2026-10-15T22:00:00Z'],
    ['2026-10-01..today', '2026-09-30T22:00:00Z', '2026-11-20T23:00:00Z'],
    ['>2026-10-01', '2026-10-01T22:00:00Z', null],
    ['>=2026-10-01', '2026-09-30T22:00:00Z', null],
    ['<2026-10-01', null, '2026-09-30T22:00:00Z'],
    ['<=2026-10-01', null, '2026-10-01T22:00:00Z'],
    ['>2026-10-01T14:00', '2026-10-01T12:00:00.001Z', null],
    ['<=2026-10-01T14:00', null, '2026-10-01T12:00:00.001Z'],
  ])('[H-030] [K-041] created:%s', (text, from, to) => {
    expect(rangeOf(text)).toEqual([from, to])
  })

  it('an offset and a half-hour zone', () => {
    expect(rangeOf('2026-10-01', 'Asia/Kolkata')).toEqual([
      '2026-09-30T18:30:00Z',
      '2026-10-01T18:30:00Z',
    ])
  })
})

describe('days on which clocks change', () => {
  it.each([
    ['Europe/Paris', '2026-03-29', 23],
    ['Europe/Paris', '2026-10-25', 25],
    ['Europe/Paris', '2026-10-26', 24],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Africa/Cairo', '2026-04-24', 23],
    ['UTC', '2026-03-29', 24],
  ])('%s %s has %d hours', (timeZone, date, hours) => {
    const { from_ms, to_ms } = periodOf(date, { now_ms, timeZone })
    expect((to_ms - from_ms) / HOUR_MS).toBe(hours)
  })

  it('a day without midnight starts when its clocks start', () => {
    const { from_ms } = periodOf('2026-04-24', { now_ms, timeZone: 'Africa/Cairo' })
    expect(iso(from_ms)).toBe('2026-04-23T22:00:00Z')
  })

  it('a time that is skipped moves past the jump, one that exists twice is the first', () => {
    expect(iso(periodOf('2026-03-29T02:30', paris).from_ms)).toBe('2026-03-29T01:30:00Z')
    expect(iso(periodOf('2026-10-25T02:30', paris).from_ms)).toBe('2026-10-25T00:30:00Z')
  })

  it('days cover time without gap or overlap, and agree with the clock on the wall', () => {
    const zone = fc.constantFrom(
      'Europe/Paris',
      'America/New_York',
      'Africa/Cairo',
      'Asia/Kathmandu',
    )
    const around = fc.constantFrom(
      '2026-03-08',
      '2026-03-29',
      '2026-04-24',
      '2026-10-25',
      '2026-11-01',
    )
    const hours = fc.integer({ min: -60, max: 60 })
    fc.assert(
      fc.property(zone, around, hours, fc.nat(HOUR_MS - 1), (timeZone, date, offset, rest) => {
        const time_ms = utc(`${date}T00:00:00Z`) + offset * HOUR_MS + rest
        const shown = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(time_ms)
        const next = new Date(utc(`${shown}T00:00:00Z`) + 24 * HOUR_MS).toISOString().slice(0, 10)
        const here = periodOf(shown, { now_ms, timeZone })
        expect(here.from_ms).toBeLessThanOrEqual(time_ms)
        expect(here.to_ms).toBeGreaterThan(time_ms)
        expect(periodOf(next, { now_ms, timeZone }).from_ms).toBe(here.to_ms)
        expect(periodOf('today', { now_ms: time_ms, timeZone })).toEqual(here)
      }),
      { numRuns: 500 },
    )
  })

  it('the hours of a 25-hour day are each in that day and in no other', () => {
    const day = (date: string) => {
      const read = parse(`created:${date}`, payments, { locale: 'en' })
      if (!read.ok) throw new Error('not a date')
      return resolve(read.query, { ...paris, vocabulary: payments })
    }
    const [before, long, after] = ['2026-10-24', '2026-10-25', '2026-10-26'].map(day)
    if (before === undefined || long === undefined || after === undefined) throw new Error('no day')
    const start = utc('2026-10-24T22:00:00Z')
    const hours = Array.from({ length: 27 }, (_, i) => ({ created: start + (i - 1) * HOUR_MS }))
    expect(hours.filter((row) => matches(long, row))).toHaveLength(25)
    for (const row of hours) {
      const days = [before, long, after].filter((resolved) => matches(resolved, row))
      expect(days).toHaveLength(1)
    }
  })
})
