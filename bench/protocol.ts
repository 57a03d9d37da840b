/** How two things are compared on a machine that is never quiet: design in README.md. */
export type Quartiles = { readonly low: number; readonly median: number; readonly high: number }

/** By linear interpolation between the two nearest values. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * at
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export const quartilesOf = (values: readonly number[]): Quartiles => ({
  low: quantile(values, 0.25),
  median: median(values),
  high: quantile(values, 0.75),
})

/** A lucky median is not enough: the worse rounds must come near the goal too. */
const LOW_SHARE = 0.8

export const meets = (ratio: Quartiles, goal: number): boolean =>
  ratio.median >= goal && ratio.low >= LOW_SHARE * goal

export type Sides<K extends string, S> = Readonly<Record<K, () => Promise<S>>>

/**
 * One slice of each side a round, in reverse order every other round, so that neither what drifts
 * nor what one side leaves behind favours the other. The first round only warms up.
 */
export async function compare<K extends string, S>(
  sides: Sides<K, S>,
  rounds: number,
  onRound: (round: number, found: Readonly<Record<K, S>>) => void,
): Promise<Record<K, S>[]> {
  const names = Object.keys(sides) as K[]
  const kept: Record<K, S>[] = []
  for (let round = 1; round <= rounds; round++) {
    const found: Partial<Record<K, S>> = {}
    const order = round % 2 === 1 ? names : [...names].reverse()
    for (const name of order) found[name] = await sides[name]()
    const whole = found as Record<K, S>
    onRound(round, whole)
    if (round > 1) kept.push(whole)
  }
  return kept
}
