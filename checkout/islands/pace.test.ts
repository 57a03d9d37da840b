import { expect, it } from 'vitest'
import { clockText, waitMs } from './pace.ts'

it('looks after 2 s, then ever later, and at least every 30 s', () => {
  expect(waitMs(0)).toBe(2_000)
  expect(waitMs(1)).toBeGreaterThan(waitMs(0))
  expect(waitMs(6)).toBeLessThan(30_000)
  expect(waitMs(7)).toBe(30_000)
  expect(waitMs(5_000)).toBe(30_000)
})

it('shows minutes and seconds', () => {
  expect([clockText(842.9), clockText(59.2), clockText(0)]).toEqual(['14:02', '0:59', '0:00'])
})
