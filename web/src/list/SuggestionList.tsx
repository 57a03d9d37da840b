import { useTranslation } from 'react-i18next'
import type { ListName } from '#contract/query/index.ts'
import { isId, valueWords } from './chip-words.ts'
import { FacetCount } from './FacetCount.tsx'
import classes from './SearchBox.module.css'
import type { SearchBoxState } from './use-search-box.ts'
import { useSpeech } from './use-speech.ts'
import type { Offer, Offers } from './use-suggestions.ts'

type Props = {
  readonly id: string
  readonly offers: Offers
  readonly active: number
  readonly list: ListName
  readonly box: SearchBoxState
}

/** What may be typed, each with its meaning in words and, where known, how many rows have it. */
export function SuggestionList({ id, offers, active, list, box }: Props) {
  const { t } = useTranslation('list')
  const words = useOfferWords(list, box.draft.text.slice(0, offers.from))
  return (
    <div
      id={`${id}-offers`}
      role="listbox"
      aria-label={t('search.suggestions')}
      className={classes.offers}
    >
      {offers.items.map((item, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the box keeps the focus
        <div
          key={`${item.kind} ${item.canonical}`}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className={classes.offer}
          onMouseDown={(event) => {
            event.preventDefault()
            box.accept(item, offers.from, offers.to)
          }}
        >
          {isId(item.insert) ? <strong>{item.label}</strong> : <code>{item.insert}</code>}
          <span className="florin-muted">{words(item)}</span>
          {item.count !== undefined && (
            <span className={classes.count}>
              <FacetCount count={item.count} />
            </span>
          )}
        </div>
      ))}
    </div>
  )
}

/** The word before the cursor's colon says whose values are offered. */
const keyBefore = (text: string): string => /([^\s:]+):[^\s:]*$/.exec(text)?.[1] ?? ''

function useOfferWords(list: ListName, before: string): (item: Offer) => string {
  const speech = useSpeech()
  const meaning = ({ kind, canonical, label }: Offer): string => {
    if (kind === 'key') return speech.say('filterKey', canonical)
    if (kind === 'has') return speech.say('filterKey', canonical)
    if (kind === 'flag') return speech.say('flag', canonical)
    if (kind === 'date') return speech.say('dateWord', canonical)
    if (kind === 'none') return speech.phrase('none', {})
    const words = valueWords(list, keyBefore(before), canonical, speech)
    return words === canonical ? (label ?? '') : words
  }
  // A word that only repeats what is inserted says nothing.
  return (item) => {
    const words = meaning(item)
    return words.toLowerCase() === item.insert.replace(/:$/, '').toLowerCase() ? '' : words
  }
}
