/** Seeded chance (mulberry32), so that a run can be repeated. */
export type Dice = {
  readonly next: () => number
  readonly between: (low: number, high: number) => number
  readonly chance: (share: number) => boolean
}

export function makeDice(seed: number): Dice {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low)),
    chance: (share) => next() < share,
  }
}
