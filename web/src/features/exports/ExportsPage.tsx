import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/Page.tsx'

export function ExportsPage() {
  const { t } = useTranslation('exports')
  return <Page title={t('title')}>{null}</Page>
}
