/** The row that a page ended or began with. */
export type Position = { readonly value: string; readonly id: string }

const ID = /^[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}$/
/** Microseconds since 1970 or a decimal: what `valueSql` makes of a sort that is not by id. */
const VALUE = /^-?[0-9]{1,25}(\.[0-9]{1,9})?$/
const LAST_US = 9_000_000_000_000_000n

/**
 * Opaque to clients. It carries a digest of what was asked, so that the cursor of one search is
 * refused by another instead of giving a page that belongs to neither.
 */
export const makeCursor = (asked: string, { id, value }: Position): string =>
  Buffer.from(JSON.stringify([digestOf(asked), id, value === id ? null : value])).toString(
    'base64url',
  )

export function readCursor(asked: string, by: string, cursor: string): Position | null {
  const [digest, id, value] = partsOf(cursor)
  if (digest !== digestOf(asked) || typeof id !== 'string' || !ID.test(id)) return null
  if (by === 'id') return value === null ? { id, value: id } : null
  if (typeof value !== 'string' || !VALUE.test(value)) return null
  if (by === 'time' && !isMoment(value)) return null
  return { id, value }
}

const isMoment = (value: string): boolean => /^[0-9]+$/.test(value) && BigInt(value) < LAST_US

function partsOf(cursor: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(parts) ? parts : []
  } catch {
    return []
  }
}

/** FNV-1a over 32 bits: it tells searches apart and keeps no secret. */
function digestOf(text: string): string {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0).toString(36)
}
