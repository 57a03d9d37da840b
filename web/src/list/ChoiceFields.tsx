import { Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Query, Vocabulary } from '#contract/query/index.ts'
import type { Facets } from '../api/endpoints.ts'
import { read } from '../api/read.ts'
import { keyWords, valueWords } from './chip-words.ts'
import type { FilterField } from './definition.ts'
import { FacetCount } from './FacetCount.tsx'
import classes from './FiltersPanel.module.css'
import { isFacetKey } from './facet-keys.ts'
import { hasFlag, ticksOf, withFlag, withTicks } from './query-edit.ts'
import { useSpeech } from './use-speech.ts'
import { othersThan } from './use-suggestions.ts'

export type ControlProps = {
  readonly query: Query
  readonly change: (query: Query) => void
  readonly vocabulary: Vocabulary
  readonly facets: boolean
}

type Choice = { readonly value: string; readonly label: string; readonly count?: number }
type ChoicesProps = ControlProps & { readonly field: FilterField & { kind: 'choices' } }

/** Values of one key to tick; several of them mean any of them. */
export function ChoicesField({ query, change, vocabulary, facets, field }: ChoicesProps) {
  const speech = useSpeech()
  const { key } = field
  const counted = useQuery({
    ...read('/v1/payments/facets', { query: { q: othersThan(query, key), key } }),
    enabled: facets && isFacetKey(key),
    placeholderData: (old: Facets | undefined) => old,
  })
  const ticked = ticksOf(query, key)
  const words = (value: string) => valueWords(query.list, key, value, speech)
  const choices = choicesOf(field, vocabulary, counted.data, ticked, words)
  const toggle = (value: string, on: boolean) => {
    const next = on ? [...ticked, value] : ticked.filter((other) => other !== value)
    change(withTicks(query, vocabulary, key, next))
  }
  if (choices.length === 0) return null
  return (
    <fieldset className={classes.field}>
      <legend>{keyWords(key, speech)}</legend>
      <div className={classes.choices}>
        {choices.map(({ value, label, count }) => (
          <div key={value} className={classes.choice}>
            <Checkbox
              size="sm"
              label={label}
              checked={ticked.includes(value)}
              onChange={(event) => toggle(value, event.currentTarget.checked)}
            />
            {count !== undefined && <FacetCount count={count} />}
          </div>
        ))}
      </div>
    </fieldset>
  )
}

/** Values the list knows, then those the rows have, then those that are ticked all the same. */
function choicesOf(
  { key, labels = [] }: ChoicesProps['field'],
  vocabulary: Vocabulary,
  facets: Facets | undefined,
  ticked: readonly string[],
  words: (value: string) => string,
): Choice[] {
  const values = Object.entries(vocabulary.keys[key]?.values ?? {})
  const stored = values.filter(([, { expands }]) => expands === undefined).map(([value]) => value)
  const counted = facets?.key === key ? facets.values : []
  const labelled = new Map([...counted, ...labels].map(({ value, label }) => [value, label]))
  const counts = new Map(counted.map(({ value, count }) => [value, count]))
  const all = new Set([...stored, ...labelled.keys(), ...ticked])
  return [...all].map((value): Choice => {
    const known = words(value)
    const label = known === value ? (labelled.get(value) ?? value) : known
    const count = facets === undefined ? undefined : (counts.get(value) ?? 0)
    return count === undefined ? { value, label } : { value, label, count }
  })
}

type FlagsProps = ControlProps & { readonly flags: readonly string[] }

/** Facts beside the status. */
export function FlagsField({ query, change, flags }: FlagsProps) {
  const { t } = useTranslation('list')
  const speech = useSpeech()
  return (
    <fieldset className={classes.field}>
      <legend>{t('filters.flags')}</legend>
      <div className={classes.choices}>
        {flags.map((flag) => (
          <Checkbox
            key={flag}
            size="sm"
            label={speech.say('flag', flag)}
            checked={hasFlag(query, flag)}
            onChange={(event) => change(withFlag(query, flag, event.currentTarget.checked))}
          />
        ))}
      </div>
    </fieldset>
  )
}
