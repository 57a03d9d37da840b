import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type Query, termsOf, withoutTerm } from '#contract/query/index.ts'
import { SidePanel } from '../ui/Dialog.tsx'
import { useMode } from '../ui/session.tsx'
import chipClasses from './Chips.module.css'
import { ChoicesField, FlagsField } from './ChoiceFields.tsx'
import { chipWords } from './chip-words.ts'
import type { FilterField, ListDefinition, Row } from './definition.ts'
import classes from './FiltersPanel.module.css'
import { ModeField } from './ModeField.tsx'
import { AmountField, DatesField, TextField } from './RangeFields.tsx'
import type { ListView } from './use-list-view.ts'
import { useSpeech } from './use-speech.ts'

type Props<R extends Row> = {
  readonly list: ListDefinition<R>
  readonly view: ListView
  readonly query: Query
  readonly opened: boolean
  readonly onClose: () => void
  /** What is found so far, said on the button that closes the panel. */
  readonly found: string
}

/** The same filters without typing. Each control shows and changes one key of the one query. */
export function FiltersPanel<R extends Row>(props: Props<R>) {
  const { list, view, query, opened, onClose, found } = props
  const { t } = useTranslation('list')
  const mode = useMode()
  const change = (next: Query) => view.setQuery(next, { replace: true })
  return (
    <SidePanel opened={opened} onClose={onClose} title={t('filters.title')}>
      <OnNow query={query} change={change} />
      <div className={classes.fields}>
        {list.filters.map((field) => (
          <Field
            key={field.kind === 'flags' ? 'flags' : field.key}
            field={field}
            list={list}
            query={query}
            change={change}
          />
        ))}
        <ModeField key={mode} />
      </div>
      <div className={classes.bottom}>
        <Button
          variant="default"
          disabled={query.terms.length === 0}
          onClick={() => change({ ...query, terms: [] })}
        >
          {t('chips.clear')}
        </Button>
        <Button onClick={onClose}>{t('filters.show', { rows: found })}</Button>
      </div>
    </SidePanel>
  )
}

type FieldProps<R extends Row> = {
  readonly field: FilterField
  readonly list: ListDefinition<R>
  readonly query: Query
  readonly change: (query: Query) => void
}

function Field<R extends Row>({ field, list, query, change }: FieldProps<R>) {
  const { vocabulary } = list
  if (vocabulary === null) return null
  const shared = { query, change, vocabulary, facets: list.answers !== undefined }
  switch (field.kind) {
    case 'choices':
      return <ChoicesField {...shared} field={field} />
    case 'flags':
      return <FlagsField {...shared} flags={field.flags} />
    case 'amount':
      return <AmountField {...shared} name={field.key} />
    case 'dates':
      return <DatesField {...shared} name={field.key} />
    case 'text':
      return <TextField {...shared} name={field.key} />
  }
}

type OnNowProps = { readonly query: Query; readonly change: (query: Query) => void }

/** The chips again, because the panel covers them on a phone. */
function OnNow({ query, change }: OnNowProps) {
  const { t } = useTranslation('list')
  const speech = useSpeech()
  if (query.terms.length === 0) return null
  return (
    <ul className={chipClasses.chips} aria-label={t('chips.label')}>
      {termsOf(query).map((chip) => {
        const words = chipWords(chip, query, speech)
        return (
          <li key={chip.text} className={chipClasses.chip} data-negated={chip.negated}>
            <span className={chipClasses.words}>{words}</span>
            <button
              type="button"
              className={chipClasses.remove}
              onClick={() => change(withoutTerm(query, chip.index))}
              aria-label={t('chips.remove', { filter: words })}
            >
              <IconX size={14} aria-hidden />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
