/**
 * A flow is a table: for each status, the event names that leave it and where they lead.
 * Drawn into docs/flows by a golden test; stored by compare-and-set.
 */
export type Flow<S extends string, E extends string> = Readonly<
  Record<S, Readonly<Partial<Record<E, S>>>>
>

/** The events that may happen in a status, in the table's order. */
export function eventsFrom<S extends string, E extends string>(flow: Flow<S, E>, from: S): E[] {
  return Object.keys(flow[from]) as E[]
}
