import { ListPage } from '../../list/ListPage.tsx'
import { ExportButton } from '../exports/ExportButton.tsx'
import { PaymentViews } from './PaymentViews.tsx'
import { usePaymentsList } from './payments-list.tsx'

/** Every attempt to be paid, from the moment its session exists. */
export function PaymentsPage() {
  const list = usePaymentsList()
  return (
    <ListPage
      list={list}
      views={(view) => <PaymentViews view={view} />}
      actions={(view) => <ExportButton list={list} view={view} />}
    />
  )
}
