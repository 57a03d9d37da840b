/** Ready-made views of gateway events: nothing but queries, in canonical form. */
export const EVENT_VIEWS = {
  all: '',
  parked: 'status:parked',
  refused: 'status:refused',
  applied: 'status:applied',
} as const
