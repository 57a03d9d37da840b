import { useTranslation } from 'react-i18next'
import classes from './Unsettled.module.css'

/** An answer was lost: says so, and why the form is locked. */
export function Unsettled({ shown }: { readonly shown: boolean }) {
  const { t } = useTranslation('payment')
  if (!shown) return null
  return (
    <div role="status" className={classes.box}>
      <strong>{t('unsettled.title')}</strong>
      <p>{t('unsettled.text')}</p>
    </div>
  )
}
