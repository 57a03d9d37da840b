import type { ListQuery, PageOf } from '#contract/shapes.ts'
import { assert } from '#server/kernel/assert.ts'
import { ok, type Result, refuse } from '#server/kernel/result.ts'
import type { Scope } from '#server/kernel/scope.ts'
import type { Queryable } from '#server/platform/postgres/index.ts'
import { merchantById } from '#server/records/merchants/index.ts'
import { type Asked, askOf } from '../ask.ts'
import { orderOf } from '../order.ts'
import { cutPage, pageBody, placeOf } from '../page.ts'
import type { ListRefusal } from '../refusals.ts'
import type { AnyList, ListSpec } from '../spec.ts'
import { countRows, readRows } from '../store/read.ts'
import { textsIn } from '../where.ts'

const LIMIT_USUAL = 25
const LIMIT_MAX = 200

export type Reader = {
  readonly db: Queryable
  readonly scope: Scope
  readonly now_ms: number
  readonly locale: 'en' | 'fr'
}

/** What was asked, in the merchant's own time zone. */
export async function ask(
  reader: Reader,
  list: AnyList,
  text: string | undefined,
): Promise<Result<Asked, ListRefusal>> {
  const { db, scope, now_ms, locale } = reader
  const merchant = await merchantById(db, scope.merchantId)
  assert(merchant, 'who calls belongs to a merchant')
  const asked = askOf(list, text, { now_ms, timeZone: merchant.time_zone, locale })
  if (!asked.ok || !list.expectedMatches) return asked
  const common = new Set<string>()
  for (const free of searchedIn(asked.value)) {
    const matches = await list.expectedMatches(db, scope, free)
    if (matches > COMMON_ROWS) common.add(free)
  }
  return ok({ ...asked.value, common })
}

/** From about here, finding all rows with a text takes longer than finding the first with it. */
const COMMON_ROWS = 10_000

const searchedIn = ({ resolved }: Asked): string[] =>
  resolved.all.filter(({ source, negated }) => source === 'search' && !negated).flatMap(textsIn)

export type PageQuery = Omit<ListQuery, 'include'> & { readonly exactCount: boolean }
/** The rows beside what is told of them, for what a list adds to its own rows. */
export type Page<R> = { readonly rows: readonly R[]; readonly body: PageOf<unknown> }

export async function readPage<R extends { readonly id: string }>(
  reader: Reader,
  list: ListSpec<R>,
  query: PageQuery,
): Promise<Result<Page<R>, ListRefusal>> {
  const { db, scope } = reader
  const limit = limitOf(query.limit)
  if (!limit.ok) return limit
  const asked = await ask(reader, list, query.q)
  if (!asked.ok) return asked
  const order = orderOf(list, query.sort)
  if (!order.ok) return order
  const place = placeOf(list, scope.mode, asked.value, order.value, query)
  if (place === null) return refuse('cursor_invalid', { detail: OTHER_SEARCH })
  const rows = { ...place, order: order.value, limit: limit.value + 1 }
  const found = await readRows(db, list, scope, asked.value, rows)
  const cut = cutPage(list, scope.mode, asked.value, order.value, place, found, limit.value)
  const whole = place.position === null && cut.next === null
  const count = whole
    ? { value: cut.rows.length, exact: true }
    : await countRows(db, list, scope, asked.value, query.exactCount)
  const data = cut.rows.map(list.present)
  return ok({ rows: cut.rows, body: pageBody(cut, data, count, asked.value) })
}

const OTHER_SEARCH =
  'This page belongs to another search, or its cursor is damaged. Start again without after ' +
  'and before.'

function limitOf(text: string | undefined): Result<number, ListRefusal> {
  const limit = text === undefined ? LIMIT_USUAL : Number.parseInt(text, 10)
  if (limit >= 1 && limit <= LIMIT_MAX) return ok(limit)
  const allowed = { min: 1, max: LIMIT_MAX }
  return refuse('limit_invalid', { pointer: '/limit', detail: LIMITS, allowed })
}

const LIMITS = `A page has 1 to ${LIMIT_MAX} rows. Read more pages with the cursor page.next.`
