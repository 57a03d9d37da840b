import type { Params, SqlValue } from './spec.ts'

export type Bound = { readonly params: Params; readonly values: readonly SqlValue[] }

/** Values that travel beside the statement, as `$1::text`. The same array is sent once. */
export function boundParams(first: readonly SqlValue[] = []): Bound {
  const values: SqlValue[] = [...first]
  const params: Params = (value, type) => {
    const known = Array.isArray(value) ? values.indexOf(value) : -1
    const at = known >= 0 ? known : values.push(value) - 1
    return `$${at + 1}::${type}`
  }
  return { params, values }
}
