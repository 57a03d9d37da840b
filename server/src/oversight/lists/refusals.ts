import type { RefusalTable } from '#server/kernel/result.ts'

export type ListRefusal =
  | 'query_invalid'
  | 'sort_invalid'
  | 'cursor_invalid'
  | 'limit_invalid'
  | 'include_invalid'
  | 'facet_invalid'
  | 'transaction_not_found'
  | 'event_not_found'

export const LIST_REFUSALS: RefusalTable<ListRefusal> = {
  query_invalid: { status: 400, title: 'The search cannot be read' },
  sort_invalid: { status: 400, title: 'This list has no such sort' },
  cursor_invalid: { status: 400, title: 'The cursor does not belong here' },
  limit_invalid: { status: 400, title: 'A page has 1 to 200 rows' },
  include_invalid: { status: 400, title: 'This cannot be included' },
  facet_invalid: { status: 400, title: 'The values of this key are not counted' },
  transaction_not_found: { status: 404, title: 'No such transaction' },
  event_not_found: { status: 404, title: 'No such event' },
}
