import { useTranslation } from 'react-i18next'
import { paths } from '../paths.ts'
import { Go } from '../ui/address.tsx'
import { useCan } from '../ui/session.tsx'
import classes from './TestBanner.module.css'

/** Says on every page that nothing here is real money. */
export function TestBanner() {
  const { t } = useTranslation()
  const mayTest = useCan('use_test_tools')
  return (
    <div className={classes.banner}>
      <strong>{t('mode.banner')}</strong>
      {mayTest ? (
        <Go to={paths.testTools} className={classes.link}>
          {t('mode.cards')}
        </Go>
      ) : null}
    </div>
  )
}
