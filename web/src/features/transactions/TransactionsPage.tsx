import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/Page.tsx'

export function TransactionsPage() {
  const { t } = useTranslation('transactions')
  return <Page title={t('title')}>{null}</Page>
}
