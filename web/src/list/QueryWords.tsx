import { useTranslation } from 'react-i18next'
import { type ListName, termsOf, VOCABULARIES } from '#contract/query/index.ts'
import { chipWords } from './chip-words.ts'
import { readQuery } from './query-edit.ts'
import { useSpeech } from './use-speech.ts'

type Props = { readonly list: ListName; readonly q: string }

/** A query in the reader's words; one that is no longer understood stays as it was written. */
export function QueryWords({ list, q }: Props) {
  const { t } = useTranslation('list')
  const speech = useSpeech()
  const parsed = readQuery(q === '' ? undefined : q, VOCABULARIES[list])
  if (!parsed.ok) return <code>{q}</code>
  if (parsed.query.terms.length === 0) return <>{t('everything')}</>
  const words = termsOf(parsed.query).map((chip) => chipWords(chip, parsed.query, speech))
  return <span title={q}>{words.join(' · ')}</span>
}
