import { Button, TextInput } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Locale } from '../i18n/language.ts'
import { parseAmount } from '../ui/amount.ts'
import type { ControlProps } from './ChoiceFields.tsx'
import { dateWords, keyWords, numberWords } from './chip-words.ts'
import classes from './FiltersPanel.module.css'
import { boundsOf, textUnder, ticksOf, withBounds, withText, withTicks } from './query-edit.ts'
import { useSpeech } from './use-speech.ts'

type NamedProps = ControlProps & { readonly name: string }
type Bounds = { readonly from: string; readonly to: string }

type Reading = { readonly ok: true; readonly text: string } | { readonly ok: false }

/** What is typed into the two ends of a range, until Enter or leaving the field applies it. */
function useBounds(
  { query, change, vocabulary, name }: NamedProps,
  shown: Bounds,
  read: (typed: string) => Reading,
) {
  const { t } = useTranslation('list')
  const [typed, setTyped] = useState<Bounds | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const apply = (bounds: Bounds | null) => {
    if (bounds === null) return
    const from = read(bounds.from)
    const to = read(bounds.to)
    if (!from.ok || !to.ok) return setFault(t('filters.unreadable'))
    const result = withBounds(query, vocabulary, name, { from: from.text, to: to.text })
    setFault(result.ok ? null : t('filters.reversed'))
    if (!result.ok) return
    setTyped(null)
    change(result.query)
  }
  const set = (bounds: Bounds) => {
    setTyped(bounds)
    apply(bounds)
  }
  return { bounds: typed ?? shown, fault, type: setTyped, apply: () => apply(typed), set }
}

/** An end as typed by this reader, `1 234,50` or `1,234.50`, in canonical spelling. */
function readAmountAs(locale: Locale): (typed: string) => Reading {
  return (typed) => {
    if (typed.trim() === '') return { ok: true, text: '' }
    const text = parseAmount(typed, locale)
    return text === null ? { ok: false } : { ok: true, text }
  }
}

/** From and to in the row's own currency; decimals as the reader writes them. */
export function AmountField(props: NamedProps) {
  const { t } = useTranslation('list')
  const speech = useSpeech()
  const id = useId()
  const { from, to } = boundsOf(props.query, props.name)
  const local = (text: string) => (text === '' ? '' : numberWords(text, speech.locale))
  const shown = { from: local(from), to: local(to) }
  const range = useBounds(props, shown, readAmountAs(speech.locale))
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
  const shown = { from: bounds.from.slice(0, 10), to: bounds.to.slice(0, 10) }
  const range = useBounds(props, shown, (text) => ({ ok: true, text }))
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
            {capital(dateWords(preset, speech))}
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

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** One word or phrase under a key. */
export function TextField({ query, change, vocabulary, name }: NamedProps) {
  const speech = useSpeech()
  const [typed, setTyped] = useState<string | null>(null)
  const apply = () => {
    if (typed === null) return
    setTyped(null)
    change(withText(query, vocabulary, name, typed))
  }
  return (
    <Field title={keyWords(name, speech)} apply={apply}>
      <TextInput
        aria-label={keyWords(name, speech)}
        value={typed ?? textUnder(query, name)}
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
