type Row = { readonly id: string; readonly version?: number }

/** By version where rows have one; else any difference is news, for the answer is the later one. */
const newer = <T extends Row>(fresh: T, shown: T): boolean =>
  fresh.version !== undefined && shown.version !== undefined
    ? fresh.version > shown.version
    : JSON.stringify(fresh) !== JSON.stringify(shown)

/** The rows on the screen, each in its newest state, none added, moved or taken away. */
export function inPlace<T extends Row>(shown: readonly T[], fresh: readonly T[]): readonly T[] {
  const byId = new Map(fresh.map((row) => [row.id, row]))
  let changed = false
  const rows = shown.map((row) => {
    const known = byId.get(row.id)
    if (known === undefined || !newer(known, row)) return row
    changed = true
    return known
  })
  return changed ? rows : shown
}

/**
 * How many rows of a fresh first page the screen does not have yet. On a full page the rows after
 * the last known one came up from the next page because others left: those are not new.
 */
export function countNew(shown: readonly Row[], fresh: readonly Row[], full: boolean): number {
  const known = new Set(shown.map((row) => row.id))
  const last = fresh.findLastIndex((row) => known.has(row.id))
  const compared = full && last >= 0 ? fresh.slice(0, last) : fresh
  return compared.filter((row) => !known.has(row.id)).length
}
