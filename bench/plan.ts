/** How long and how large a run is. */
export type Plan = {
  readonly rounds: number
  readonly slice_ms: number
  readonly export_rows: number
  /** Even where pgbench and psql are installed. */
  readonly useDriver: boolean
}

/** One line for the person who waits. */
export type Say = (line: string) => void
