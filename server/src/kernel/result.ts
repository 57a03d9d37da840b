/**
 * A refusal is an expected "no": a code from a capability's table plus what the caller may need.
 */
export type Refusal<C extends string = string> = {
  readonly code: C
  /** One sentence for people: what is wrong and what to do. */
  readonly detail?: string
  /** JSON pointer into the request, e.g. `/amount/value`. */
  readonly pointer?: string
  /** What would have been accepted, e.g. `{ max_refund: '40.00' }`. */
  readonly allowed?: Readonly<Record<string, unknown>>
}

export type Result<T, C extends string = string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal<C> }

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })

export const refuse = <C extends string>(
  code: C,
  more: Omit<Refusal<C>, 'code'> = {},
): { readonly ok: false; readonly refusal: Refusal<C> } => ({
  ok: false,
  refusal: { code, ...more },
})

/**
 * Every capability's refusal codes: HTTP status and English title, a missing line of which does not
 * compile.
 */
export type RefusalTable<C extends string> = Readonly<
  Record<C, { readonly status: number; readonly title: string }>
>
