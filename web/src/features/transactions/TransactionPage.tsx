import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/Page.tsx'

export function TransactionPage() {
  const { t } = useTranslation('transactions')
  return <Page title={t('title')}>{null}</Page>
}
