import { useEffect, useRef, useState } from 'react'
import type { Chip, Query, QueryError, Suggestion, Vocabulary } from '#contract/query/index.ts'
import { emptyQuery } from '#contract/query/index.ts'
import { useLocale } from '../i18n/language.ts'
import { addTyped, replaceTyped, withoutLast } from './query-edit.ts'
import type { ListView } from './use-list-view.ts'

export type SearchBoxState = ReturnType<typeof useSearchBox>

type Draft = {
  readonly text: string
  /** The chip that is being edited; null while a new term is typed. */
  readonly editing: number | null
  readonly errors: readonly QueryError[]
}

const EMPTY: Draft = { text: '', editing: null, errors: [] }

/** What is being typed. Nothing of it counts before it is understood as a whole. */
export function useSearchBox(view: ListView, vocabulary: Vocabulary) {
  const locale = useLocale()
  const input = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState<Draft>(EMPTY)
  useRefusedAddress(view, setDraft)
  const query = view.query ?? emptyQuery(vocabulary)

  const apply = (next: Query) => {
    view.setQuery(next)
    setDraft(EMPTY)
  }
  const submit = (text: string = draft.text) => {
    const { editing } = draft
    if (text.trim() === '' && editing === null) return
    const result =
      editing === null
        ? addTyped(query, text, vocabulary, locale)
        : replaceTyped(query, editing, text, vocabulary, locale)
    if (result.ok) apply(result.query)
    else setDraft({ ...draft, text, errors: result.errors })
  }
  /** A chosen value completes its term, so it counts at once; a key waits for its value. */
  const accept = (item: Suggestion, from: number, to: number) => {
    const text = draft.text.slice(0, from) + item.insert + draft.text.slice(to)
    if (item.kind !== 'key') return submit(text)
    setDraft({ ...draft, text, errors: [] })
    placeCursor(input.current, from + item.insert.length)
  }
  const correct = ({ position }: QueryError, candidate: string) => {
    const { offset, length } = position
    const text = draft.text.slice(0, offset) + candidate + draft.text.slice(offset + length)
    setDraft({ ...draft, text, errors: [] })
    placeCursor(input.current, offset + candidate.length)
  }
  return {
    input,
    draft,
    query,
    type: (text: string) => setDraft({ ...draft, text, errors: [] }),
    submit,
    accept,
    correct,
    edit: (chip: Chip) => {
      setDraft({ text: chip.text, editing: chip.index, errors: [] })
      placeCursor(input.current, chip.text.length)
    },
    cancel: () => setDraft(EMPTY),
    removeLast: () => view.setQuery(withoutLast(query)),
  }
}

/** An address that is not understood comes back into the box, with what is wrong with it. */
function useRefusedAddress(view: ListView, setDraft: (draft: Draft) => void) {
  const { parsed, search } = view
  useEffect(() => {
    if (parsed === null || parsed.ok) return
    setDraft({ text: search.q, editing: null, errors: parsed.errors })
  }, [parsed, search.q, setDraft])
}

/** After the new text is drawn, with the focus in the box. */
function placeCursor(input: HTMLInputElement | null, at: number): void {
  requestAnimationFrame(() => {
    input?.focus()
    input?.setSelectionRange(at, at)
  })
}
