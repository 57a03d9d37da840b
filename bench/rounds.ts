/** The protocol of every ratio: slices side by side, turned round each time, the first dropped. */

export type Summary = { readonly median: number; readonly low: number; readonly high: number }

/** A value between sorted ones, by straight lines (type 7 of Hyndman and Fan). */
export function quantile(sorted: ArrayLike<number>, part: number): number {
  const place = (sorted.length - 1) * part
  const [before, after] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  if (before === undefined || after === undefined) return Number.NaN
  return before + (after - before) * (place - Math.floor(place))
}

/** The median with its quartiles. */
export function summary(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b)
  return {
    median: quantile(sorted, 0.5),
    low: quantile(sorted, 0.25),
    high: quantile(sorted, 0.75),
  }
}

/** The median meets the goal, and the lower quartile is not far below it. */
export const meets = ({ median, low }: Summary, goal: number): boolean =>
  median >= goal && low >= 0.8 * goal

/** Runs every slice in each round, forwards and backwards in turn; answers by name and round. */
export async function interleave<Name extends string, T>(
  slices: Readonly<Record<Name, () => Promise<T>>>,
  rounds: number,
  onRound: (round: number, results: Readonly<Record<Name, T>>) => void = () => undefined,
): Promise<Readonly<Record<Name, T>>[]> {
  const names = Object.keys(slices) as Name[]
  const all: Record<Name, T>[] = []
  for (let round = 0; round < rounds; round++) {
    const results = {} as Record<Name, T>
    const order = round % 2 === 0 ? names : names.toReversed()
    for (const name of order) results[name] = await slices[name]()
    onRound(round, results)
    all.push(results)
  }
  return all.slice(1)
}
