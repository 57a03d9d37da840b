import {
  emptyQuery,
  normalise,
  parse,
  type Query,
  type QueryError,
  type ResolvedQuery,
  resolve,
} from '#contract/query/index.ts'
import { ok, type Result, refuse } from '#server/kernel/result.ts'
import type { AnyList } from './spec.ts'

/** What was asked of a list, understood as of one moment in one time zone. */
export type Asked = {
  readonly normalised: string
  readonly query: Query | null
  readonly resolved: ResolvedQuery
  readonly now_ms: number
  readonly timeZone: string
  readonly common: ReadonlySet<string>
}

const NOTHING: ReadonlySet<string> = new Set()

export type AskedAt = {
  readonly now_ms: number
  readonly timeZone: string
  /** Whose language a refusal is worded in; the query itself is always read as English. */
  readonly locale: 'en' | 'fr'
}

export function askOf(
  list: AnyList,
  text: string | undefined,
  at: AskedAt,
): Result<Asked, 'query_invalid'> {
  const { now_ms, timeZone } = at
  const { vocabulary } = list
  if (vocabulary === null) {
    if (text?.trim()) return refuse('query_invalid', { pointer: '/q', detail: NOT_SEARCHED })
    const resolved: ResolvedQuery = { list: 'payments', all: [] }
    return ok({ normalised: '', query: null, resolved, now_ms, timeZone, common: NOTHING })
  }
  const read = parse(text ?? '', vocabulary, { locale: 'en' })
  if (!read.ok) return refuseQuery(firstOf(read.errors), worded(text ?? '', list, at.locale))
  const { query } = read
  const resolved = resolve(query, { now_ms, timeZone, vocabulary })
  const normalised = normalise(query)
  return ok({ normalised, query, resolved, now_ms, timeZone, common: NOTHING })
}

const NOT_SEARCHED = 'This list has no filters. Leave out q.'

/** A list without any filter. */
export const everything = (list: AnyList, now_ms: number, timeZone: string): Asked => {
  const query = list.vocabulary ? emptyQuery(list.vocabulary) : null
  const resolved: ResolvedQuery = { list: query?.list ?? 'payments', all: [] }
  return { normalised: '', query, resolved, now_ms, timeZone, common: NOTHING }
}

const firstOf = (errors: readonly QueryError[]): QueryError => errors[0] as QueryError

/** The same mistakes in the reader's own language. */
function worded(text: string, { vocabulary }: AnyList, locale: 'en' | 'fr'): readonly QueryError[] {
  if (locale === 'en' || vocabulary === null) return []
  const read = parse(text, vocabulary, { locale })
  return read.ok ? [] : read.errors
}

function refuseQuery(error: QueryError, others: readonly QueryError[]) {
  const { code, position, candidates } = error
  const same = others.find((other) => other.code === code)
  const detail = same?.sentence ?? error.sentence
  return refuse('query_invalid', {
    pointer: '/q',
    detail,
    allowed: { error: code, position, candidates },
  })
}
