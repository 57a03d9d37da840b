import type { Chip } from '#contract/query/index.ts'
import type { HiddenRows } from '../api/wire.ts'

export type HiddenTerm = HiddenRows['terms'][number]

/** The server stops counting rows there. */
export const HIDDEN_MAX = 10_000

export type Hiding = {
  readonly chip: Chip
  /** Rows there would be without this one filter; null where the server did not say. */
  readonly hidden: number | null
}

/** The filters of an empty view, the one whose removal brings back the most rows first. */
export function byRowsHidden(chips: readonly Chip[], terms: readonly HiddenTerm[]): Hiding[] {
  const rows = new Map(terms.map((term) => [term.index, term.rows_without]))
  return chips
    .map((chip) => ({ chip, hidden: rows.get(chip.index) ?? null }))
    .sort((one, other) => (other.hidden ?? -1) - (one.hidden ?? -1))
}
