import type { ListName } from '../ast.ts'
import type { Vocabulary } from '../vocabulary.ts'
import { LINKS, REFUNDS, TRANSACTIONS } from './movements.ts'
import { PAYMENTS } from './payments.ts'
import { CUSTOMERS, EXPORTS, GATEWAY_EVENTS } from './records.ts'

export const VOCABULARIES = {
  payments: PAYMENTS,
  transactions: TRANSACTIONS,
  refunds: REFUNDS,
  customers: CUSTOMERS,
  links: LINKS,
  gateway_events: GATEWAY_EVENTS,
  exports: EXPORTS,
} as const satisfies Record<ListName, Vocabulary>
