import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/Page.tsx'

export function CustomersPage() {
  const { t } = useTranslation('customers')
  return <Page title={t('title')}>{null}</Page>
}
