import { expect, it } from 'vitest'
import { isId, timeOfId } from '#server/kernel/ids.ts'
import { idMaker, systemRandom } from './clock.ts'

it('makes ids that sort in the order of their making, whatever the clock does', () => {
  const times = [5, 5, 5, 6, 6, 4, 4, 7].flatMap((at) => Array.from({ length: 500 }, () => at))
  let index = 0
  const newId = idMaker({ now: () => 1_700_000_000_000 + (times[index++] ?? 7) }, systemRandom)
  const ids = times.map(() => newId('event'))
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.every((id) => isId('event', id))).toBe(true)
  expect(timeOfId(ids[0] ?? '')).toBe(1_700_000_000_005)
})

it('differs from what another process makes at the same moment', () => {
  const clock = { now: () => 1_700_000_000_000 }
  const [one, two] = [idMaker(clock, systemRandom), idMaker(clock, systemRandom)]
  const ids = Array.from({ length: 2000 }, () => [one('payment'), two('payment')]).flat()
  expect(new Set(ids).size).toBe(ids.length)
})
