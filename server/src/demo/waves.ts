/** Something that happened to a payment, and to a customer's wallet if it has one. */
export type Fact = { readonly at_ms: number; readonly keys: readonly string[] }

/**
 * Facts in as few groups as possible, so that within a group no two are about the same payment or
 * wallet, and of two that are, the earlier stands in an earlier group: each account then reads in
 * the order of time, however a group is written.
 */
export function wavesOf<F extends Fact>(facts: readonly F[]): F[][] {
  const last = new Map<string, number>()
  const waves: F[][] = []
  for (const fact of facts.toSorted((a, b) => a.at_ms - b.at_ms)) {
    const wave = Math.max(...fact.keys.map((key) => (last.get(key) ?? -1) + 1))
    for (const key of fact.keys) last.set(key, wave)
    waves[wave] = [...(waves[wave] ?? []), fact]
  }
  return waves
}
