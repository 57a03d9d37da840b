import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/Page.tsx'

export function GatewayEventsPage() {
  const { t } = useTranslation('gatewayEvents')
  return <Page title={t('title')}>{null}</Page>
}
