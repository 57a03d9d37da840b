import fc from 'fast-check'
import { expect, it } from 'vitest'
import { wavesOf } from './waves.ts'

const fact = fc.record({
  at_ms: fc.nat(50),
  keys: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 2 }),
})

it('keeps the order of whatever shares a payment or a wallet, and loses nothing', () => {
  fc.assert(
    fc.property(fc.array(fact, { maxLength: 40 }), (facts) => {
      const waves = wavesOf(facts)
      expect(waves.flat().length).toBe(facts.length)
      for (const wave of waves) {
        const keys = wave.flatMap((one) => one.keys)
        expect(new Set(keys).size).toBe(keys.length)
      }
      for (const key of ['a', 'b', 'c', 'd', 'e'] as const) {
        const times = waves.flat().filter((one) => one.keys.includes(key))
        const read = times.map((one) => one.at_ms)
        expect(read).toEqual(read.toSorted((a, b) => a - b))
      }
    }),
  )
})

it('needs one group for facts that have nothing in common', () => {
  const facts = ['a', 'b', 'c'].map((key, at) => ({ at_ms: 10 - at, keys: [key] }))
  expect(wavesOf(facts).length).toBe(1)
})
