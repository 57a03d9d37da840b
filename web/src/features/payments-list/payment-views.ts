/** Ready-made views of payments: nothing but queries, in canonical form. */
export const PAYMENT_VIEWS = {
  all: '',
  needsAction: 'is:needs_action',
  succeeded: 'status:succeeded',
  unpaid: 'status:unpaid',
  failed: 'status:failed',
  partial: 'status:partially_paid',
  refunded: 'is:refunded',
} as const
