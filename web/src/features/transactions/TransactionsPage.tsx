import { ListPage } from '../../list/ListPage.tsx'
import { useTransactionsList } from './transactions-list.tsx'

/** Every single movement: charges, refunds and chargebacks, one row per try. */
export function TransactionsPage() {
  return <ListPage list={useTransactionsList()} />
}
