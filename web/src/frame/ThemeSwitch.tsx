import { useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './choices.module.css'

const THEMES = ['auto', 'light', 'dark'] as const

export function ThemeSwitch() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <fieldset className={classes.choices}>
      <legend className="florin-hidden">{t('theme.label')}</legend>
      {THEMES.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === colorScheme}
          className={classes.choice}
          onClick={() => setColorScheme(one)}
        >
          {t(`theme.${one}`)}
        </button>
      ))}
    </fieldset>
  )
}
