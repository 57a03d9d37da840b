import { createHash } from 'node:crypto'
import { assert, present } from '#server/kernel/assert.ts'
import { type Id, type IdKind, makeId } from '#server/kernel/ids.ts'
import type { Random } from '#server/platform/clock.ts'

/** Chance that falls the same way every time for the same seed. */
export type Dice = {
  readonly random: Random
  /** A whole number from 0 to `sides` − 1. */
  readonly roll: (sides: number) => number
  /** A whole number from `least` to `most`, both included. */
  readonly between: (least: number, most: number) => number
  /** True `percent` times of a hundred. */
  readonly chance: (percent: number) => boolean
  readonly pick: <T>(from: readonly T[]) => T
  /** By weights: `[[3, 'often'], [1, 'seldom']]`. */
  readonly draw: <T>(from: readonly (readonly [number, T])[]) => T
  /** Around 0, mostly between −1 and 1, never beyond 3 (the sum of six rolls). */
  readonly bell: () => number
  readonly text: (letters: string, length: number) => string
  /** Dice of their own for one thing, so that what is rolled for another never moves them. */
  readonly of: (name: string | number) => Dice
}

/** xoshiro128** (Blackman and Vigna) over the seed's SHA-256: fast, and in no way secret. */
function generator(seed: string): () => number {
  const start = createHash('sha256').update(seed).digest()
  let [a, b, c, d] = [0, 4, 8, 12].map((at) => start.readUInt32LE(at)) as [
    number,
    number,
    number,
    number,
  ]
  const turn = (word: number, by: number) => (word << by) | (word >>> (32 - by))
  return () => {
    const result = Math.imul(turn(Math.imul(b, 5), 7), 9) >>> 0
    const kept = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= kept
    d = turn(d, 11)
    return result
  }
}

export function makeDice(seed: string): Dice {
  const next = generator(seed)
  const roll = (sides: number) => Math.floor((next() / 0x1_0000_0000) * sides)
  const bytes = (length: number) => Uint8Array.from({ length }, () => next() >>> 24)
  return {
    random: { bytes },
    roll,
    between: (least, most) => least + roll(most - least + 1),
    chance: (percent) => next() / 0x1_0000_0000 < percent / 100,
    pick: <T>(from: readonly T[]) => {
      assert(from.length > 0, 'there is something to pick from')
      return from[roll(from.length)] as T
    },
    draw: (from) => {
      let left = (next() / 0x1_0000_0000) * from.reduce((sum, [weight]) => sum + weight, 0)
      const found = from.find(([weight]) => {
        left -= weight
        return left < 0
      })
      return present(found ?? from.at(-1), 'something to draw from')[1]
    },
    bell: () =>
      Array.from({ length: 6 }, () => next() / 0x1_0000_0000 - 0.5).reduce((s, n) => s + n),
    text: (letters, length) =>
      Array.from({ length }, () => letters[roll(letters.length)] ?? '').join(''),
    of: (name) => makeDice(`${seed}/${name}`),
  }
}

export type IdAt = <K extends IdKind>(kind: K, at_ms: number) => Id<K>

/**
 * Ids of their own time. A counter stands in the 12 bits after the milliseconds (RFC 9562 §6.2,
 * method 1), so that what one story does in the same millisecond keeps its order.
 */
export function idsFrom(dice: Dice): IdAt {
  let count = 0
  return (kind, at_ms) => {
    const bytes = dice.random.bytes(10)
    bytes[0] = count >>> 8
    bytes[1] = count
    count = (count + 1) % 4096
    return makeId(kind, at_ms, bytes)
  }
}
