import i18next from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { en } from './en.ts'

export type WordGroup = keyof typeof en.words

export type Say = (group: WordGroup, code: string | null | undefined) => string

/** A code nobody has worded yet is still readable: `gateway_timeout` → `gateway timeout`. */
export const readable = (code: string): string => code.replaceAll(/[._]/g, ' ')

/** Words for the codes of the wire. In the catalogue `payment.succeeded` is `payment_succeeded`. */
export function useSay(): Say {
  const { i18n } = useTranslation('words')
  return useCallback(
    (group, code) => {
      if (code === null || code === undefined || code === '') return ''
      const words: unknown = i18n.getResource(i18n.language, 'words', group)
      const found = (words as Record<string, string> | undefined)?.[code.replaceAll('.', '_')]
      return found ?? readable(code)
    },
    [i18n],
  )
}

export const hasWords = (group: WordGroup, code: string): boolean =>
  i18next.exists(`words:${group}.${code.replaceAll('.', '_')}`)
