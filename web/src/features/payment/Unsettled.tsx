import { useTranslation } from 'react-i18next'
import type { ApiFault } from '../../api/fault.ts'
import classes from './Unsettled.module.css'

/** That no answer came is said by the box itself; any other fault is shown. */
export const shownFault = (fault: ApiFault | null): ApiFault | null =>
  fault?.status === 0 ? null : fault

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
