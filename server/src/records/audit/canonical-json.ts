/**
 * Canonical JSON (RFC 8785 but for numbers, which keep the digits they were written with): keys
 * sorted, no spaces. Tokens are copied, not parsed, because every event and audit entry is hashed
 * this way, once when it is sealed and again at each verification.
 */
export const canonicalJson = (text: string): string => valueAt({ text, at: 0 })

type Cursor = { readonly text: string; at: number }
type Field = { readonly name: string; readonly text: string }

const SPACES: ReadonlySet<number> = new Set([32, 10, 13, 9])
const STRING = /"(?:[^"\\]|\\.)*"/y
const WORD = /[^,\]}\s]+/y

function skipSpaces(cursor: Cursor): void {
  while (SPACES.has(cursor.text.charCodeAt(cursor.at))) cursor.at += 1
}

function take(cursor: Cursor, token: RegExp): string {
  token.lastIndex = cursor.at
  const [found] = token.exec(cursor.text) ?? []
  if (found === undefined) throw new SyntaxError(`not JSON at ${cursor.at}`)
  cursor.at += found.length
  return found
}

function valueAt(cursor: Cursor): string {
  skipSpaces(cursor)
  const first = cursor.text[cursor.at]
  if (first === '"') return stringAt(cursor)
  if (first === '{') return objectAt(cursor)
  return first === '[' ? listAt(cursor) : take(cursor, WORD)
}

/** With its quotes. Only an escaped one may be spelled in more than one way. */
function stringAt(cursor: Cursor): string {
  const { text, at } = cursor
  const end = text.indexOf('"', at + 1) + 1
  const plain = text.slice(at, end)
  if (end === 0 || plain.includes('\\')) return JSON.stringify(JSON.parse(take(cursor, STRING)))
  cursor.at = end
  return plain
}

const nameOf = (key: string): string => (key.includes('\\') ? JSON.parse(key) : key.slice(1, -1))

/** Whether another member follows; steps over the comma, or over what closes the list or object. */
function goesOn(cursor: Cursor): boolean {
  skipSpaces(cursor)
  const comma = cursor.text[cursor.at] === ','
  cursor.at += 1
  if (comma) skipSpaces(cursor)
  return comma
}

/** Steps in, and over an empty list or object at once. */
function isEmpty(cursor: Cursor, closing: string): boolean {
  cursor.at += 1
  skipSpaces(cursor)
  if (cursor.text[cursor.at] !== closing) return false
  cursor.at += 1
  return true
}

function objectAt(cursor: Cursor): string {
  if (isEmpty(cursor, '}')) return '{}'
  const fields: Field[] = []
  do {
    const key = stringAt(cursor)
    skipSpaces(cursor)
    cursor.at += 1
    fields.push({ name: nameOf(key), text: `${key}:${valueAt(cursor)}` })
  } while (goesOn(cursor))
  fields.sort((a, b) => (a.name < b.name ? -1 : 1))
  return `{${fields.map((field) => field.text).join(',')}}`
}

function listAt(cursor: Cursor): string {
  if (isEmpty(cursor, ']')) return '[]'
  const values: string[] = []
  do values.push(valueAt(cursor))
  while (goesOn(cursor))
  return `[${values.join(',')}]`
}
