import { useTranslation } from 'react-i18next'
import { useLiveState } from '../live/live.tsx'
import classes from './LiveLine.module.css'

/** Says when what is shown may be a few seconds old; silent while the stream is up. */
export function LiveLine() {
  const { t } = useTranslation()
  const isDown = useLiveState() === 'polling'
  return (
    <div role="status" className={isDown ? classes.line : undefined}>
      {isDown ? t('liveDown') : null}
    </div>
  )
}
