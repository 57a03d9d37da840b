import { IconX } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type Chip, type Query, termsOf, withoutTerm } from '#contract/query/index.ts'
import classes from './Chips.module.css'
import { CopyLink } from './CopyLink.tsx'
import { chipWords } from './chip-words.ts'
import type { ListView } from './use-list-view.ts'
import type { SearchBoxState } from './use-search-box.ts'
import { useSpeech } from './use-speech.ts'

type Props = { readonly view: ListView; readonly box: SearchBoxState }

/** The filters that are on, drawn from the query itself, so that none can be on unseen. */
export function Chips({ view, box }: Props) {
  const { t } = useTranslation('list')
  const speech = useSpeech()
  const row = useRef<HTMLUListElement>(null)
  const { query } = view
  if (query === null || query.terms.length === 0) return null
  const chips = termsOf(query)
  const remove = (chip: Chip) => {
    view.setQuery(withoutTerm(query, chip.index))
    keepFocus(row.current, chip.index, box)
  }
  return (
    <div className={classes.row}>
      <ul ref={row} className={classes.chips} aria-label={t('chips.label')}>
        {chips.map((chip) => (
          <OneChip
            key={chip.text}
            chip={chip}
            words={chipWords(chip, query, speech)}
            editing={box.draft.editing === chip.index}
            onEdit={() => box.edit(chip)}
            onRemove={() => remove(chip)}
          />
        ))}
      </ul>
      <ClearFilters view={view} query={query} box={box} />
      <CopyLink view={view} />
    </div>
  )
}

type ChipProps = {
  readonly chip: Chip
  readonly words: string
  readonly editing: boolean
  readonly onEdit: () => void
  readonly onRemove: () => void
}

function OneChip({ chip, words, editing, onEdit, onRemove }: ChipProps) {
  const { t } = useTranslation('list')
  return (
    <li className={classes.chip} data-negated={chip.negated} data-editing={editing}>
      <button
        type="button"
        className={classes.words}
        onClick={onEdit}
        aria-label={t('chips.edit', { filter: words })}
        title={chip.text}
      >
        {words}
      </button>
      <button
        type="button"
        className={classes.remove}
        onClick={onRemove}
        aria-label={t('chips.remove', { filter: words })}
      >
        <IconX size={14} aria-hidden />
      </button>
    </li>
  )
}

type ClearProps = Props & { readonly query: Query }

function ClearFilters({ view, query, box }: ClearProps) {
  const { t } = useTranslation('list')
  const clear = () => {
    view.setQuery({ ...query, terms: [] })
    box.input.current?.focus()
  }
  return (
    <button type="button" className={classes.clear} onClick={clear}>
      {t('chips.clear')}
    </button>
  )
}

/** The focus goes to the chip that took the place of the removed one, or back to the box. */
function keepFocus(row: HTMLElement | null, index: number, box: SearchBoxState): void {
  requestAnimationFrame(() => {
    const left = row?.querySelectorAll<HTMLElement>('li button:last-child') ?? []
    const next = left[Math.min(index, left.length - 1)]
    if (next === undefined || !next.isConnected) box.input.current?.focus()
    else next.focus()
  })
}
