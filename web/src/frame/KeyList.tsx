import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keysInUse, useKeysAreOn } from '../ui/keys.tsx'
import classes from './KeyList.module.css'

/** The keys of the page behind the dialog, and those that work everywhere. */
export function KeyList() {
  const { t } = useTranslation()
  const [keys] = useState(keysInUse)
  const on = useKeysAreOn()
  return (
    <>
      {on ? null : <p>{t('keys.off')}</p>}
      <dl className={classes.keys}>
        {keys.map(([key, label]) => (
          <div key={key} className={classes.line}>
            <dt>
              {key.split(' ').map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
        <div className={classes.line}>
          <dt>
            <kbd>Ctrl</kbd>
            <kbd>K</kbd>
          </dt>
          <dd>{t('keys.find')}</dd>
        </div>
        <div className={classes.line}>
          <dt>
            <kbd>Esc</kbd>
          </dt>
          <dd>{t('keys.close')}</dd>
        </div>
      </dl>
    </>
  )
}
