import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '../i18n/language.ts'
import { hasWords, useSay } from '../i18n/say.ts'
import { shortId } from '../ui/CopyId.tsx'
import { useMe } from '../ui/session.tsx'
import type { Speech } from './chip-words.ts'

/** The interface's catalogue, as the words of chips and values are read from it. */
export function useSpeech(): Speech {
  const { t } = useTranslation('list')
  const say = useSay()
  const locale = useLocale()
  const { shops } = useMe()
  return useMemo(
    () => ({
      locale,
      say,
      knows: hasWords,
      nameOf: (id) => shops.find((shop) => shop.id === id)?.name ?? shortId(id),
      phrase: (name, fill) => t(`chip.${name}`, fill),
    }),
    [locale, say, shops, t],
  )
}
