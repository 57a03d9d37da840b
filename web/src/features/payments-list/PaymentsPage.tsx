import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/Page.tsx'

export function PaymentsPage() {
  const { t } = useTranslation('paymentsList')
  return <Page title={t('title')}>{null}</Page>
}
