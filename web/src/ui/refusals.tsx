import { useTranslation } from 'react-i18next'
import { paths } from '../paths.ts'
import { Go } from './address.tsx'
import { EmptyState } from './EmptyState.tsx'

/** Signed in, but not allowed: the permission by name, and who can grant it. */
export function Forbidden({ permission }: { readonly permission: string | null }) {
  const { t } = useTranslation('faults')
  const title = permission === null ? t('forbidden.plain') : t('forbidden.named', { permission })
  return (
    <EmptyState title={title} link={<Go to={paths.home}>{t('toHome')}</Go>}>
      <p className="florin-muted">{t('forbidden.advice')}</p>
    </EmptyState>
  )
}

/** No such page or object, at least not in this mode. */
export function NotFound() {
  const { t } = useTranslation('faults')
  return (
    <EmptyState title={t('notFound.title')} link={<Go to={paths.home}>{t('toHome')}</Go>}>
      <p className="florin-muted">{t('notFound.advice')}</p>
    </EmptyState>
  )
}
