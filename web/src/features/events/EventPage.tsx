import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/Page.tsx'

export function EventPage() {
  const { t } = useTranslation('events')
  return <Page title={t('title')}>{null}</Page>
}
