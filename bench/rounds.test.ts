import { expect, it } from 'vitest'
import { interleave, meets, quantile, summary } from './rounds.ts'

it('takes medians and quartiles', () => {
  expect(summary([4, 1, 3, 2, 5])).toEqual({ median: 3, low: 2, high: 4 })
  expect(quantile([10, 20], 0.75)).toBe(17.5)
  expect(quantile([], 0.5)).toBe(Number.NaN)
})

it('passes only when the lower quartile is near the goal too', () => {
  expect(meets({ median: 1.6, low: 1.3, high: 1.7 }, 1.5)).toBe(true)
  expect(meets({ median: 1.6, low: 1.1, high: 1.7 }, 1.5)).toBe(false)
  expect(meets({ median: 1.4, low: 1.4, high: 1.4 }, 1.5)).toBe(false)
})

it('turns the order round and drops the first round', async () => {
  const order: string[] = []
  const slice = (name: string) => async () => order.push(name)
  const kept = await interleave({ a: slice('a'), b: slice('b') }, 3)
  expect(order.join('')).toBe('abbaab')
  expect(kept).toEqual([
    { a: 4, b: 3 },
    { a: 5, b: 6 },
  ])
})
