import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Vocabulary } from '#contract/query/index.ts'
import classes from './SearchBox.module.css'
import { SearchErrors } from './SearchErrors.tsx'
import { SuggestionList } from './SuggestionList.tsx'
import type { SearchBoxState } from './use-search-box.ts'
import { type Offers, useSuggestions } from './use-suggestions.ts'

type Props = {
  readonly box: SearchBoxState
  readonly vocabulary: Vocabulary
  readonly label: string
  readonly facets: boolean
}

/** One box for every filter of the query language, with what may be typed at the cursor. */
export function SearchBox({ box, vocabulary, label, facets }: Props) {
  const { t } = useTranslation('list')
  const id = useId()
  const { input, draft, query } = box
  const [cursor, setCursor] = useState(0)
  const offers = useSuggestions(draft.text, cursor, query, vocabulary, facets)
  const popup = usePopup(box, offers)
  const { open, active } = popup
  const moved = () => setCursor(input.current?.selectionStart ?? 0)
  return (
    <div className={classes.box}>
      <IconSearch size={16} aria-hidden className={classes.icon} />
      <input
        ref={input}
        type="search"
        role="combobox"
        className={classes.input}
        value={draft.text}
        placeholder={draft.editing === null ? label : t('search.editing')}
        aria-label={label}
        aria-expanded={open}
        aria-controls={`${id}-offers`}
        aria-autocomplete="list"
        aria-activedescendant={open && active >= 0 ? `${id}-${active}` : undefined}
        aria-invalid={draft.errors.length > 0}
        aria-describedby={draft.errors.length > 0 ? `${id}-errors` : undefined}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => {
          box.type(event.target.value)
          popup.show()
          setCursor(event.target.selectionStart ?? event.target.value.length)
        }}
        onSelect={moved}
        onClick={popup.show}
        onBlur={popup.hide}
        onKeyDown={popup.onKeyDown}
      />
      {draft.text === '' && <kbd className={classes.key}>/</kbd>}
      {open && (
        <SuggestionList id={id} offers={offers} active={active} list={vocabulary.list} box={box} />
      )}
      <SearchErrors id={`${id}-errors`} errors={draft.errors} onCorrect={box.correct} />
    </div>
  )
}

/** Opening, walking and closing the list of suggestions by keyboard. */
function usePopup(box: SearchBoxState, { from, to, items }: Offers) {
  const [wanted, setWanted] = useState(false)
  const [at, setAt] = useState(-1)
  const open = wanted && items.length > 0
  const active = Math.min(at, items.length - 1)
  const set = (next: boolean) => {
    setWanted(next)
    setAt(-1)
  }
  const step = (by: number) => {
    setWanted(true)
    setAt(open ? (active + by + items.length + 1) % (items.length + 1) : 0)
  }
  const enter = () => {
    const item = open ? items[active] : undefined
    if (item === undefined) box.submit()
    else box.accept(item, from, to)
    set(item?.kind === 'key')
  }
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: enter,
    Escape: () => (open ? set(false) : box.cancel()),
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const isEmpty = box.draft.text === '' && box.draft.editing === null
    if (event.key === 'Backspace' && isEmpty) return box.removeLast()
    const run = event.nativeEvent.isComposing ? undefined : keys[event.key]
    if (run === undefined) return
    event.preventDefault()
    run()
  }
  return { open, active, show: () => set(true), hide: () => set(false), onKeyDown }
}
