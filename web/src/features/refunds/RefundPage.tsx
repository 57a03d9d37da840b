import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/Page.tsx'

export function RefundPage() {
  const { t } = useTranslation('refunds')
  return <Page title={t('title')}>{null}</Page>
}
