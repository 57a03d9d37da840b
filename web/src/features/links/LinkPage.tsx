import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/Page.tsx'

export function LinkPage() {
  const { t } = useTranslation('links')
  return <Page title={t('title')}>{null}</Page>
}
