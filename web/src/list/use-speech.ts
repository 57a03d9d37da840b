import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '../i18n/language.ts'
import { hasWords, useSay } from '../i18n/say.ts'
import type { Speech } from './chip-words.ts'

/** The interface's catalogue, as the words of chips and values are read from it. */
export function useSpeech(): Speech {
  const { t } = useTranslation('list')
  const say = useSay()
  const locale = useLocale()
  return useMemo(
    () => ({ locale, say, knows: hasWords, phrase: (name, fill) => t(`chip.${name}`, fill) }),
    [locale, say, t],
  )
}
