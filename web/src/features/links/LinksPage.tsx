import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/Page.tsx'

export function LinksPage() {
  const { t } = useTranslation('links')
  return <Page title={t('title')}>{null}</Page>
}
