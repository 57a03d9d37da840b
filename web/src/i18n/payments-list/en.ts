export const paymentsList = {
  title: 'Payments',
  search: 'Search or filter, e.g. status:failed amount:>100',
  count_one: '{{count, number}} payment',
  count_other: '{{count, number}} payments',
  one: 'Open payment {{id}}',
  guest: 'No name given',
  tabs: {
    all: 'All',
    needsAction: 'Action required',
    succeeded: 'Succeeded',
    unpaid: 'Unpaid',
    failed: 'Failed',
    partial: 'Partial',
    refunded: 'Refunded',
  },
  empty: {
    title: 'No payments yet. A payment appears here as soon as a payer opens a checkout or a link.',
    link: 'Create a payment link',
    live: 'No live payments yet. Share a payment link, or create a payment by API with a live key.',
  },
}
