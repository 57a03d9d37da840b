import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useEnterMode } from '../frame/enter-mode.ts'
import { useMe, useMode } from '../ui/session.tsx'
import classes from './FiltersPanel.module.css'

/** Test or live rows; never both, because their totals never mix. */
export function ModeField() {
  const { t } = useTranslation('list')
  const { modes } = useMe()
  const mode = useMode()
  const enter = useEnterMode()
  if (modes.length < 2) return null
  return (
    <fieldset className={classes.field}>
      <legend>{t('filters.mode')}</legend>
      <div className={classes.presets}>
        {modes.map((one) => (
          <Button
            key={one}
            size="compact-sm"
            variant={one === mode ? 'filled' : 'default'}
            aria-pressed={one === mode}
            onClick={() => enter(one)}
          >
            {t(`filters.modes.${one}`)}
          </Button>
        ))}
      </div>
    </fieldset>
  )
}
