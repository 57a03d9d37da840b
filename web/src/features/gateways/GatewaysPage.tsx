import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/Page.tsx'

export function GatewaysPage() {
  const { t } = useTranslation('gateways')
  return <Page title={t('title')}>{null}</Page>
}
