/** Ready-made views of refunds: nothing but queries, in canonical form. */
export const REFUND_VIEWS = {
  all: '',
  underWay: 'status:requested,sending,unknown',
  done: 'status:succeeded',
  failed: 'status:failed',
} as const
