import type { Lookup } from '#contract/watching.ts'
import { formatAmount } from '#server/kernel/money.ts'

/** One thing that a text may mean, as it was read. */
export type Found = {
  type: string
  id: string
  via: string
  amount: bigint | null
  currency: string | null
  words: string | null
}

/** The pages of the back office; what has none of its own is not found by a lookup. */
const PAGES: Readonly<Record<string, string>> = {
  payment: '/payments',
  transaction: '/transactions',
  refund: '/refunds',
  customer: '/customers',
  payment_link: '/links',
  gateway_account: '/gateways',
  gateway_event: '/developers/gateway-events',
  event: '/developers/events',
}

/** `49.90 EUR · A-17` */
const titleOf = ({ amount, currency, words, id }: Found): string => {
  const money =
    amount !== null && currency !== null ? [`${formatAmount(amount, currency)} ${currency}`] : []
  return [...money, ...(words ? [words] : [])].join(' · ') || id
}

/** Each thing once, by the first way it was found. */
export function presentLookup(query: string, found: readonly Found[]): Lookup {
  const once = new Map<string, Found>()
  for (const one of found) if (!once.has(one.id)) once.set(one.id, one)
  const matches = [...once.values()].map((one) => ({
    type: one.type,
    id: one.id,
    path: `${PAGES[one.type] ?? ''}/${one.id}`,
    title: titleOf(one),
    via: one.via,
  }))
  return { object: 'lookup', query, matches }
}
