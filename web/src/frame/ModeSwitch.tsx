import { useTranslation } from 'react-i18next'
import { useMe, useMode } from '../ui/session.tsx'
import { useEnterMode } from './enter-mode.ts'
import classes from './ModeSwitch.module.css'

/** Test or live: one word pair for the whole office. An object lives in one mode only. */
export function ModeSwitch() {
  const { t } = useTranslation()
  const modes = useMe().modes
  const mode = useMode()
  const enter = useEnterMode()
  if (modes.length < 2) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this acts at once.
    <div role="group" aria-label={t('mode.label')} className={classes.group}>
      {modes.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === mode}
          className={classes.one}
          data-mode={one}
          onClick={() => enter(one)}
        >
          {t(`mode.${one}`)}
        </button>
      ))}
    </div>
  )
}
