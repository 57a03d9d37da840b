import { useTranslation } from 'react-i18next'
import { chooseLanguage, type Locale, useLocale } from '../i18n/language.ts'
import classes from './choices.module.css'

const NAMES = { en: 'English', fr: 'Français' } as const satisfies Record<Locale, string>

/** Each language by its own name, so that whoever needs it can read it. */
export function LanguageSwitch() {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <fieldset className={classes.choices}>
      <legend className="florin-hidden">{t('language')}</legend>
      {(['en', 'fr'] as const).map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          aria-pressed={one === locale}
          className={classes.choice}
          onClick={() => void chooseLanguage(one)}
        >
          {NAMES[one]}
        </button>
      ))}
    </fieldset>
  )
}
