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

export const idMaker =
  (clock: Clock, random: Random): NewId =>
  (kind) =>
    makeId(kind, clock.now(), random.bytes(10))

/** An unguessable token of 128 bits or more, base64url. */
export const newToken = (random: Random, bytes = 16): string =>
  Buffer.from(random.bytes(bytes)).toString('base64url')
