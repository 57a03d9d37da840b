/** What the company's books are kept in: any PostgreSQL client of this shape. */
export type Queryable = {
  readonly query: <Row>(query: {
    readonly name?: string
    readonly text: string
    readonly values?: readonly unknown[]
  }) => Promise<Row[]>
}

export type Books = Queryable & {
  /** All of it or nothing. A throw rolls back. */
  readonly tx: <T>(work: (tx: Queryable) => Promise<T>) => Promise<T>
}

export type Mode = 'test' | 'live'

/** Time and chance come from outside, so that tests and the simulation decide them. */
export type Clock = { readonly now: () => number }
export type Random = { readonly bytes: (length: number) => Uint8Array }

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const REF_CHARACTERS = 26

/** An unguessable name of 130 bits, such as `sch_3k9…`. */
export function makeRef(prefix: string, random: Random): string {
  const bytes = random.bytes(REF_CHARACTERS)
  const characters = Array.from(bytes, (byte) => ALPHABET[byte & 31] ?? '0')
  return `${prefix}_${characters.join('')}`
}

export type Refusal = {
  readonly code: string
  /** One sentence: what is wrong and what to do. */
  readonly detail: string
  /** JSON pointer into the request. */
  readonly pointer?: string
}
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const refuse = (code: string, detail: string, pointer?: string): Result<never> => ({
  ok: false,
  refusal: { code, detail, ...(pointer === undefined ? {} : { pointer }) },
})
