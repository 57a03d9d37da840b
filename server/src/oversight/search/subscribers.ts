import type { EventRow, Subscriber } from '#server/platform/outbox.ts'
import { refreshWords } from './store.ts'

const CUSTOMER_CHANGED = 'customer.updated'

/** Keeps the words of payments true to what events tell of, one statement for each mode. */
export const searchSubscriber: Subscriber = async (tx, events) => {
  for (const [key, group] of byScope(events)) {
    const [merchantId = '', mode = ''] = key.split(' ')
    const paymentIds = new Set(group.flatMap(({ payment_id: id }) => (id === null ? [] : [id])))
    const customers = group.filter(({ type }) => type === CUSTOMER_CHANGED)
    const customerIds = new Set(customers.map(({ object_id }) => object_id))
    if (paymentIds.size + customerIds.size === 0) continue
    await refreshWords(tx, {
      merchantId,
      mode,
      paymentIds: [...paymentIds],
      customerIds: [...customerIds],
    })
  }
}

function byScope(events: readonly EventRow[]): Map<string, EventRow[]> {
  const groups = new Map<string, EventRow[]>()
  for (const event of events) {
    const key = `${event.merchant_id} ${event.mode}`
    groups.set(key, [...(groups.get(key) ?? []), event])
  }
  return groups
}
