import { Button, TextInput } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '../i18n/language.ts'
import type { ControlProps } from './ChoiceFields.tsx'
import { dateWords, keyWords } from './chip-words.ts'
import classes from './FiltersPanel.module.css'
import { boundsOf, ticksOf, withBounds, withTicks } from './query-edit.ts'
import { useSpeech } from './use-speech.ts'

type NamedProps = ControlProps & { readonly name: string }
type Bounds = { readonly from: string; readonly to: string }

/** What is typed into the two ends of a range, until it is applied by Enter or by leaving. */
function useBounds({ query, change, vocabulary, name }: NamedProps, shown: Bounds) {
  const locale = useLocale()
  const [typed, setTyped] = useState<Bounds | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const apply = (bounds: Bounds | null) => {
    if (bounds === null) return
    const result = withBounds(query, vocabulary, name, bounds, locale)
    setFault(result.ok ? null : (result.errors[0]?.sentence ?? null))
    if (!result.ok) return
    setTyped(null)
    change(result.query)
  }
  return { bounds: typed ?? shown, fault, type: setTyped, apply: () => apply(typed), set: apply }
}

/** From and to in the row's own currency; decimals as the reader writes them. */
export function AmountField(props: NamedProps) {
  const { t } = useTranslation('list')
  const speech = useSpeech()
  const id = useId()
  const { from, to } = boundsOf(props.query, props.name)
  const local = (text: string) => (speech.locale === 'fr' ? text.replace('.', ',') : text)
  const range = useBounds(props, { from: local(from), to: local(to) })
  const input = (end: 'from' | 'to') => (
    <TextInput
      label={t(`filters.${end}`)}
      inputMode="decimal"
      value={range.bounds[end]}
      aria-invalid={range.fault !== null}
      aria-describedby={range.fault === null ? undefined : id}
      onChange={(event) => range.type({ ...range.bounds, [end]: event.currentTarget.value })}
      onBlur={range.apply}
    />
  )
  return (
    <Field title={keyWords(props.name, speech)} apply={range.apply}>
      <div className={classes.ends}>
        {input('from')}
        {input('to')}
      </div>
      <Fault id={id} sentence={range.fault} />
    </Field>
  )
}

const PRESETS = ['today', 'yesterday', '7d', 'this_month', 'last_month', '3mo'] as const

/** Ready-made periods, or two days, both included. */
export function DatesField(props: NamedProps) {
  const { query, change, vocabulary, name } = props
  const { t } = useTranslation('list')
  const speech = useSpeech()
  const id = useId()
  const bounds = boundsOf(query, name)
  const range = useBounds(props, { from: bounds.from.slice(0, 10), to: bounds.to.slice(0, 10) })
  const [on] = ticksOf(query, name)
  const input = (end: 'from' | 'to') => (
    <TextInput
      type="date"
      label={t(`filters.${end}`)}
      value={/^\d{4}-\d{2}-\d{2}$/.test(range.bounds[end]) ? range.bounds[end] : ''}
      onChange={(event) => range.set({ ...range.bounds, [end]: event.currentTarget.value })}
    />
  )
  return (
    <Field title={keyWords(name, speech)} apply={range.apply}>
      <div className={classes.presets}>
        {PRESETS.map((preset) => (
          <Button
            key={preset}
            size="compact-sm"
            variant={on === preset ? 'filled' : 'default'}
            aria-pressed={on === preset}
            onClick={() =>
              change(withTicks(query, vocabulary, name, on === preset ? [] : [preset]))
            }
          >
            {dateWords(preset, speech)}
          </Button>
        ))}
      </div>
      <div className={classes.ends}>
        {input('from')}
        {input('to')}
      </div>
      <Fault id={id} sentence={range.fault} />
    </Field>
  )
}

/** One word or phrase under a key. */
export function TextField({ query, change, vocabulary, name }: NamedProps) {
  const speech = useSpeech()
  const [shown = ''] = ticksOf(query, name)
  const [typed, setTyped] = useState<string | null>(null)
  const apply = () => {
    if (typed === null) return
    const text = typed.trim()
    setTyped(null)
    change(withTicks(query, vocabulary, name, text === '' ? [] : [text]))
  }
  return (
    <Field title={keyWords(name, speech)} apply={apply}>
      <TextInput
        aria-label={keyWords(name, speech)}
        value={typed ?? shown}
        maxLength={200}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={apply}
      />
    </Field>
  )
}

type FieldProps = {
  readonly title: string
  readonly apply: () => void
  readonly children: ReactNode
}

/** Typed values count when Enter is pressed or the field is left, not at every letter. */
function Field({ title, apply, children }: FieldProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) apply()
  }
  return (
    <fieldset className={classes.field} onKeyDown={onKeyDown}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  )
}

function Fault({ id, sentence }: { readonly id: string; readonly sentence: string | null }) {
  if (sentence === null) return null
  return (
    <p id={id} role="alert" className={classes.fault}>
      {sentence}
    </p>
  )
}
