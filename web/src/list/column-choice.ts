/** Which columns are drawn, in which order. Keys are the API's field names. */

/** Columns named in an address or remembered earlier; null when none of them is known. */
export function readColumns(text: string | null | undefined, known: readonly string[]) {
  if (text === null || text === undefined) return null
  const named = [...new Set(text.split(',').map((key) => key.trim()))]
  const kept = named.filter((key) => known.includes(key))
  return kept.length === 0 ? null : kept
}

export const writeColumns = (columns: readonly string[]): string => columns.join(',')

/** Shown becomes hidden and hidden becomes last; the last column that is left stays. */
export function toggleColumn(columns: readonly string[], key: string): readonly string[] {
  if (!columns.includes(key)) return [...columns, key]
  return columns.length === 1 ? columns : columns.filter((column) => column !== key)
}

export function moveColumn(columns: readonly string[], key: string, by: -1 | 1) {
  const from = columns.indexOf(key)
  const to = from + by
  if (from < 0 || to < 0 || to >= columns.length) return columns
  const moved = columns.filter((column) => column !== key)
  moved.splice(to, 0, key)
  return moved
}

export const sameColumns = (one: readonly string[], other: readonly string[]): boolean =>
  writeColumns(one) === writeColumns(other)
