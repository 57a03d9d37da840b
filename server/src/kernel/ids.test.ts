import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type IdKind, isId, kindOfId, lowestIdAt, makeId, PREFIX, timeOfId } from './ids.ts'

const kind = fc.constantFrom(...(Object.keys(PREFIX) as IdKind[]))
const time = fc.integer({ min: 0, max: 4_000_000_000_000 })
const random = fc.uint8Array({ minLength: 10, maxLength: 10 })

describe('ids', () => {
  it('say their kind and their time, and nothing of another kind', () => {
    fc.assert(
      fc.property(kind, time, random, (name, at_ms, bytes) => {
        const id = makeId(name, at_ms, bytes)
        expect(isId(name, id)).toBe(true)
        expect(kindOfId(id)).toBe(name)
        expect(timeOfId(id)).toBe(at_ms)
        expect(isId(name === 'payment' ? 'refund' : 'payment', id)).toBe(false)
      }),
    )
  })

  it('sort by time, and none is below the lowest of its moment', () => {
    fc.assert(
      fc.property(time, fc.integer({ min: 1, max: 1000 }), random, random, (at, later, a, b) => {
        const first = makeId('payment', at, a)
        const second = makeId('payment', at + later, b)
        expect(first < second).toBe(true)
        expect(lowestIdAt('payment', at) <= first).toBe(true)
        expect(first < lowestIdAt('payment', at + 1)).toBe(true)
      }),
    )
  })

  it('follow the TypeID form of the specification: UUIDv7 in 26 characters', () => {
    const id = makeId('payment', 1_732_060_800_000, new Uint8Array(10).fill(255))
    expect(id).toMatch(/^pay_[0-7][0-9a-hjkmnp-tv-z]{25}$/)
    expect(kindOfId('pay_01k')).toBe(null)
    expect(kindOfId('nope_01kaf2x8zjes4rh7f8w0c1d2e3')).toBe(null)
  })
})
