import { expect, it } from 'vitest'
import { compare, meets, quartilesOf } from './protocol.ts'

it('finds quartiles between and on values', () => {
  expect(quartilesOf([5, 1, 3, 2, 4])).toEqual({ low: 2, median: 3, high: 4 })
  expect(quartilesOf([2, 1])).toEqual({ low: 1.25, median: 1.5, high: 1.75 })
  expect(quartilesOf([7])).toEqual({ low: 7, median: 7, high: 7 })
})

it.each([
  [{ low: 1.5, median: 1.5, high: 2 }, true],
  [{ low: 1.21, median: 1.5, high: 2 }, true],
  [{ low: 1.19, median: 1.6, high: 2 }, false],
  [{ low: 1.4, median: 1.49, high: 2 }, false],
])('%o against a goal of 1.5: %s', (ratio, met) => {
  expect(meets(ratio, 1.5)).toBe(met)
})

it('reverses the order each round and drops the first', async () => {
  const order: string[] = []
  const side = (name: string) => async () => order.push(name)
  const told: number[] = []
  const kept = await compare({ a: side('a'), b: side('b') }, 3, (round) => told.push(round))
  expect(order.join('')).toBe('abbaab')
  expect(kept).toEqual([
    { a: 4, b: 3 },
    { a: 5, b: 6 },
  ])
  expect(told).toEqual([1, 2, 3])
})
