import { randomBytes } from 'node:crypto'
import { type Id, type IdKind, makeId } from '#server/kernel/ids.ts'

/** Time is an argument, so that tests and the simulation can turn it. */
export type Clock = {
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number
}

/** Chance is an argument too. */
export type Random = {
  readonly bytes: (length: number) => Uint8Array
}

export const systemClock: Clock = { now: () => Date.now() }
export const systemRandom: Random = { bytes: (length) => randomBytes(length) }

export type NewId = <K extends IdKind>(kind: K) => Id<K>

/**
 * Ids of one process sort in the order in which they were made, also within a millisecond: then the
 * last one's random part counts up by a random step (RFC 9562, section 6.2, method 2).
 */
export const idMaker = (clock: Clock, random: Random): NewId => {
  let last_ms = 0
  let last: Uint8Array = fresh(random)
  return (kind) => {
    const now_ms = clock.now()
    const next = now_ms > last_ms ? null : countUp(last, random)
    // The counter is full once in four billion ids of a millisecond: borrow the next one.
    last_ms = next ? last_ms : Math.max(now_ms, last_ms + 1)
    last = next ?? fresh(random)
    return makeId(kind, last_ms, last)
  }
}

const ID_BYTES = 10
/** The last eight bytes, of which an id keeps 62 bits, count; their first bit starts as zero. */
const COUNTER_AT = 2
const COUNTER_MAX = 2n ** 62n

function fresh(random: Random): Uint8Array {
  const bytes = random.bytes(ID_BYTES).slice()
  bytes[COUNTER_AT] = (bytes[COUNTER_AT] ?? 0) & 0x1f
  return bytes
}

function countUp(last: Uint8Array, random: Random): Uint8Array | null {
  const bytes = Buffer.from(last)
  const step = BigInt(Buffer.from(random.bytes(4)).readUInt32BE()) + 1n
  const next = bytes.readBigUInt64BE(COUNTER_AT) + step
  if (next >= COUNTER_MAX) return null
  bytes.writeBigUInt64BE(next, COUNTER_AT)
  return bytes
}

/** An unguessable token of 128 bits or more, base64url. */
export const newToken = (random: Random, bytes = 16): string =>
  Buffer.from(random.bytes(bytes)).toString('base64url')
