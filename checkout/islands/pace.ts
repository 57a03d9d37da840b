const FIRST_MS = 2_000
const SLOWEST_MS = 30_000
const GROWTH = 1.5

/** The wait before look number `looks + 1`: 2 s at first, longer every time, never above 30 s. */
export const waitMs = (looks: number): number =>
  Math.min(SLOWEST_MS, Math.round(FIRST_MS * GROWTH ** looks))

/** 842 → "14:02". */
export const clockText = (left_s: number): string =>
  `${Math.floor(left_s / 60)}:${String(Math.floor(left_s % 60)).padStart(2, '0')}`
