import { expect, it } from 'vitest'
import { formatDay, formatExact, formatRelative, formatTime } from './moment.ts'

const ISO = '2026-11-14T14:04:09.000Z'
const NOW = Date.parse(ISO)

it('says the time in the zone given, with its abbreviation', () => {
  expect(formatTime(ISO, 'en', 'Europe/Paris')).toBe('14 Nov 2026, 15:04 CET')
  expect(formatTime('2026-07-14T14:04:09.000Z', 'en', 'Europe/Paris')).toBe(
    '14 Jul 2026, 16:04 CEST',
  )
  expect(formatTime(ISO, 'fr', 'Europe/Paris')).toMatch(/^14 nov\. 2026, 15:04 /)
  expect(formatExact(ISO, 'en', 'UTC')).toBe('14 Nov 2026, 14:04:09 UTC')
})

it('says a day without moving it', () => {
  expect(formatDay('2026-11-01', 'en')).toBe('1 Nov 2026')
})

it('says how long ago within a week', () => {
  expect(formatRelative(ISO, 'en', NOW + 30_000)).toBe('30 seconds ago')
  expect(formatRelative(ISO, 'en', NOW)).toBe('now')
  expect(formatRelative(ISO, 'en', NOW + 2 * 3_600_000)).toBe('2 hours ago')
  expect(formatRelative(ISO, 'fr', NOW + 2 * 3_600_000)).toBe('il y a 2 heures')
  expect(formatRelative(ISO, 'en', NOW - 5 * 60_000)).toBe('in 5 minutes')
  expect(formatRelative(ISO, 'en', NOW + 7 * 86_400_000)).toBeNull()
})
