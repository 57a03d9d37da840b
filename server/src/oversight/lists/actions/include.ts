import type { Payment } from '#contract/payments.ts'
import { presentTransaction, transactionsOf } from '#server/money/transactions/index.ts'
import type { ListedPayment } from '../store/payments.ts'
import type { Page, Reader } from './read-page.ts'

/** `include=transactions`: those of the whole page in one more query. */
export const includeTransactions = {
  name: 'transactions',
  add: async (reader: Reader, page: Page<ListedPayment>): Promise<Page<ListedPayment>> => {
    const ids = page.rows.map(({ id }) => id)
    const all = await transactionsOf(reader.db, reader.scope, ids)
    const byPayment = Map.groupBy(all, ({ payment_id }) => payment_id)
    const data = (page.body.data as Payment[]).map((payment) => ({
      ...payment,
      transactions: (byPayment.get(payment.id) ?? []).map((row) => presentTransaction(row)),
    }))
    return { ...page, body: { ...page.body, data } }
  },
}
