import { type Static, type TSchema, Type } from 'typebox'

/** Base32 body of a TypeID. */
const BODY = '[0-7][0-9a-hjkmnp-tv-z]{25}'

export const idOf = (prefix: string, what: string) =>
  Type.String({ pattern: `^${prefix}_${BODY}$`, description: `${what}, e.g. \`${prefix}_01k…\`.` })

export const Mode = Type.Union([Type.Literal('test'), Type.Literal('live')], {
  description: 'Test rows never touch live rows, totals or accounts.',
})
export type Mode = Static<typeof Mode>

export const Money = Type.Object(
  {
    value: Type.String({ maxLength: 40, description: 'A decimal string, never a number.' }),
    currency: Type.String({ maxLength: 12, description: 'ISO 4217, or BTC, ETH, USDC…' }),
  },
  {
    additionalProperties: false,
    description: 'An amount, e.g. `{"value":"10.00","currency":"EUR"}`.',
  },
)
export type Money = Static<typeof Money>

export const Timestamp = Type.String({
  description: 'RFC 3339, UTC, e.g. `2026-11-20T09:30:00.000Z`.',
})
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
export const NullableText = nullable(Type.String())

export const Metadata = Type.Record(
  Type.String({ pattern: '^[A-Za-z0-9_.-]{1,40}$' }),
  Type.String({ maxLength: 500 }),
  {
    additionalProperties: false,
    maxProperties: 20,
    description: 'At most 20 keys of your own, each value at most 500 characters.',
  },
)

export const IdParams = Type.Object({ id: Type.String({ maxLength: 64 }) })

export const ListQuery = Type.Object({
  q: Type.Optional(
    Type.String({
      maxLength: 2000,
      description: 'The query language, e.g. `status:failed amount:>100`.',
    }),
  ),
  limit: Type.Optional(
    Type.String({ pattern: '^[0-9]{1,3}$', description: '1 to 200; 25 if absent.' }),
  ),
  after: Type.Optional(
    Type.String({ maxLength: 400, description: 'The cursor `page.next` of the page before.' }),
  ),
  before: Type.Optional(Type.String({ maxLength: 400, description: 'The cursor `page.prev`.' })),
  sort: Type.Optional(
    Type.String({ maxLength: 40, description: '`-created` (default), `created`, `-amount`…' }),
  ),
  include: Type.Optional(
    Type.String({ maxLength: 200, description: 'Comma-separated, allow-listed.' }),
  ),
})
export type ListQuery = Static<typeof ListQuery>

export const PageInfo = Type.Object({
  next: NullableText,
  prev: NullableText,
  has_more: Type.Boolean(),
  count: Type.Object({
    value: Type.Integer(),
    exact: Type.Boolean({ description: 'False above 10,000 rows: then `value` is an estimate.' }),
  }),
})

export const QueryEcho = Type.Object({
  normalised: Type.String({ description: 'The query in its canonical English form.' }),
  time_zone: Type.String(),
})

export const pageOf = <T extends TSchema>(item: T) =>
  Type.Object({ data: Type.Array(item), page: PageInfo, query: QueryEcho })
export type PageOf<T> = {
  data: T[]
  page: Static<typeof PageInfo>
  query: Static<typeof QueryEcho>
}

/**
 * RFC 9457. `code` is stable; `detail` says what to do, in the reader's language where we have it.
 */
export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    instance: Type.String(),
    code: Type.String(),
    request_id: Type.String(),
    retryable: Type.Boolean(),
    errors: Type.Optional(
      Type.Array(
        Type.Object({ pointer: Type.String(), code: Type.String(), detail: Type.String() }),
      ),
    ),
    allowed: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { $id: 'Problem', description: 'Every refusal, as application/problem+json.' },
)
export type Problem = Static<typeof Problem>
