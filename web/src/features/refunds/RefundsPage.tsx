import { useTranslation } from 'react-i18next'
import { ListPage } from '../../list/ListPage.tsx'
import { Views } from '../../list/Views.tsx'
import { paths } from '../../paths.ts'
import { REFUND_VIEWS } from './refund-views.ts'
import { useRefundsList } from './refunds-list.tsx'

/** Money given back, from the wish to what the gateway says of it. */
export function RefundsPage() {
  const { t } = useTranslation('refunds')
  const tabs = Object.entries(REFUND_VIEWS).map(([key, q]) => ({
    key,
    q,
    label: t(`tabs.${key as keyof typeof REFUND_VIEWS}`),
  }))
  return (
    <ListPage
      list={useRefundsList()}
      views={(view) => <Views tabs={tabs} at={paths.refunds} view={view} />}
    />
  )
}
