import { Button, Switch, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiFault } from '../../api/fault.ts'
import { read } from '../../api/read.ts'
import { write } from '../../api/request.ts'
import type { SandboxSwitches } from '../../api/wire.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorState, ProblemAlert } from '../../ui/faults.tsx'
import { notify } from '../../ui/notices.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import classes from './TestToolsPage.module.css'

type Figure = 'duplicate_events' | 'delay_events_ms' | 'answer_delay_ms'
type Toggle = Exclude<keyof SandboxSwitches, Figure | 'object'>

const FIGURES: Readonly<Record<Figure, { readonly max: number }>> = {
  duplicate_events: { max: 100 },
  delay_events_ms: { max: 600_000 },
  answer_delay_ms: { max: 60_000 },
}
const FIGURE_NAMES = Object.keys(FIGURES) as Figure[]

const TOGGLES: readonly Toggle[] = [
  'reorder_events',
  'lose_events',
  'corrupt_events',
  'fail_after_charging',
  'cut_after_charging',
]

export function Switches() {
  const { t } = useTranslation('testTools')
  const switches = useQuery(read('/v1/test_tools/sandbox'))
  return (
    <Card title={t('switches.title')}>
      {switches.data ? <Form switches={switches.data} key={switches.dataUpdatedAt} /> : null}
      {switches.isPending ? <SkeletonRows columns={2} rows={4} /> : null}
      {switches.error && !switches.data ? (
        <ErrorState fault={switches.error} onRetry={() => void switches.refetch()} />
      ) : null}
    </Card>
  )
}

type Typed = Record<Figure, string> & Record<Toggle, boolean>

const typedOf = (switches: SandboxSwitches): Typed => ({
  ...switches,
  duplicate_events: String(switches.duplicate_events),
  delay_events_ms: String(switches.delay_events_ms),
  answer_delay_ms: String(switches.answer_delay_ms),
})

const isFigure = (text: string, name: Figure): boolean =>
  /^\d{1,6}$/.test(text.trim()) && Number(text) <= FIGURES[name].max

function Form({ switches }: { readonly switches: SandboxSwitches }) {
  const { t } = useTranslation('testTools')
  const client = useQueryClient()
  const [typed, setTyped] = useState(() => typedOf(switches))
  const [sending, setSending] = useState<'save' | 'reset' | null>(null)
  const [fault, setFault] = useState<ApiFault | null>(null)
  const isValid = FIGURE_NAMES.every((name) => isFigure(typed[name], name))

  const send = async (which: 'save' | 'reset', said: string) => {
    setSending(which)
    setFault(null)
    try {
      const answer =
        which === 'reset'
          ? await write('POST /v1/test_tools/sandbox/reset', { body: {} })
          : await write('PUT /v1/test_tools/sandbox', { body: bodyOf(typed) })
      client.setQueryData(read('/v1/test_tools/sandbox').queryKey, answer)
      notify(said)
    } catch (thrown) {
      if (!(thrown instanceof ApiFault)) throw thrown
      setFault(thrown)
    } finally {
      setSending(null)
    }
  }
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (isValid) void send('save', t('switches.saved'))
  }
  return (
    <form onSubmit={save} className={classes.form}>
      <p className="florin-muted">{t('switches.intro')}</p>
      <Fields typed={typed} onChange={setTyped} />
      <ProblemAlert fault={fault} />
      <div className={classes.answers}>
        <Button type="submit" loading={sending === 'save'} disabled={!isValid}>
          {t('switches.save')}
        </Button>
        <Button
          variant="default"
          loading={sending === 'reset'}
          onClick={() => void send('reset', t('switches.resetDone'))}
        >
          {t('switches.reset')}
        </Button>
      </div>
    </form>
  )
}

type FieldsProps = { readonly typed: Typed; readonly onChange: (typed: Typed) => void }

function Fields({ typed, onChange }: FieldsProps) {
  const { t } = useTranslation('testTools')
  return (
    <div className={classes.fields}>
      {FIGURE_NAMES.map((name) => (
        <TextInput
          key={name}
          label={t(`switches.${name}`)}
          description={`${t(`switches.${name}Text`)} (${t(`switches.unit.${name}`)})`}
          inputMode="numeric"
          value={typed[name]}
          onChange={(event) => onChange({ ...typed, [name]: event.currentTarget.value })}
          error={
            isFigure(typed[name], name) ? null : t('switches.invalid', { max: FIGURES[name].max })
          }
        />
      ))}
      {TOGGLES.map((name) => (
        <Switch
          key={name}
          label={t(`switches.${name}`)}
          description={t(`switches.${name}Text`)}
          checked={typed[name]}
          onChange={(event) => onChange({ ...typed, [name]: event.currentTarget.checked })}
        />
      ))}
    </div>
  )
}

const bodyOf = (typed: Typed) => ({
  duplicate_events: Number(typed.duplicate_events),
  delay_events_ms: Number(typed.delay_events_ms),
  answer_delay_ms: Number(typed.answer_delay_ms),
  ...Object.fromEntries(TOGGLES.map((name) => [name, typed[name]])),
})
