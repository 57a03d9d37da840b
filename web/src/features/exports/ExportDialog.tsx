import { Checkbox, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Query } from '#contract/query/index.ts'
import { useIntent } from '../../api/intent.ts'
import { read } from '../../api/read.ts'
import type { Payment } from '../../api/wire.ts'
import { useLocale } from '../../i18n/language.ts'
import { dateWords } from '../../list/chip-words.ts'
import type { ListDefinition } from '../../list/definition.ts'
import type { ListView } from '../../list/use-list-view.ts'
import { useSpeech } from '../../list/use-speech.ts'
import { Choice } from '../../ui/Choice.tsx'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { useTimeZone } from '../../ui/session.tsx'
import {
  type ExportChoices,
  exportBody,
  exportedQuery,
  PERIODS,
  usualChoices,
} from './export-choices.ts'
import classes from './exports.module.css'
import { follow } from './followed.ts'

type Props = {
  readonly list: ListDefinition<Payment>
  readonly view: ListView
  readonly query: Query
  readonly onClose: () => void
}

/** What the file will hold, before it is made: the same rows, order and sums as the view. */
export function ExportDialog({ list, view, query, onClose }: Props) {
  const { t } = useTranslation('exports')
  const locale = useLocale()
  const [choices, setChoices] = useState(() => usualChoices(locale))
  const { run, sending, fault } = useIntent('POST /v1/exports', 'export-payments')
  const change = (patch: Partial<ExportChoices>) => setChoices({ ...choices, ...patch })
  const shown = { query, sort: view.sort, columns: view.columns }
  const start = async () => {
    const made = await run({ body: exportBody(choices, shown, locale) })
    if (made === null) return
    follow(made.id)
    onClose()
  }
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('dialog.title')}
      onConfirm={() => void start()}
      confirmLabel={t('dialog.start')}
      sending={sending}
      fault={fault}
    >
      <RowsChoice list={list} query={query} choices={choices} change={change} />
      <Choice
        title={t('dialog.columns')}
        value={choices.columns}
        onChange={(columns) => change({ columns })}
        options={[
          { value: 'visible', label: t('dialog.visible', { count: view.columns.length }) },
          { value: 'all', label: t('dialog.allColumns') },
        ]}
      />
      <FileChoices choices={choices} change={change} />
    </ConfirmDialog>
  )
}

type ChoiceProps = {
  readonly choices: ExportChoices
  readonly change: (patch: Partial<ExportChoices>) => void
}

type RowsProps = ChoiceProps & Pick<Props, 'list' | 'query'>

/** Which rows, of which period, and how many that is now. */
function RowsChoice({ list, query, choices, change }: RowsProps) {
  const { t } = useTranslation('exports')
  const speech = useSpeech()
  const q = exportedQuery(choices, query)
  const { data } = useQuery(read('/v1/payments/summary', { query: { q } }))
  const periods = PERIODS.map((value) => ({
    value,
    label: value === '' ? t('dialog.samePeriod') : dateWords(value, speech),
  }))
  return (
    <>
      <Choice
        title={t('dialog.what')}
        value={choices.rows}
        onChange={(rows) => change({ rows })}
        options={[
          { value: 'view', label: t('dialog.view') },
          { value: 'everything', label: t('dialog.everything') },
        ]}
      />
      <NativeSelect
        label={t('dialog.period')}
        value={choices.period}
        data={periods}
        onChange={(event) => {
          const chosen = event.currentTarget.value
          change({ period: PERIODS.find((period) => period === chosen) ?? '' })
        }}
      />
      <p role="status">{data === undefined ? t('dialog.counting') : list.count(data.count)}</p>
    </>
  )
}

/** How the file is written, for the program that will open it. */
function FileChoices({ choices, change }: ChoiceProps) {
  const { t } = useTranslation('exports')
  const zone = useTimeZone()
  return (
    <>
      <Choice
        title={t('dialog.separator')}
        value={choices.separator}
        onChange={(separator) => change({ separator })}
        options={[
          { value: ',', label: t('dialog.comma') },
          { value: ';', label: t('dialog.semicolon') },
        ]}
      />
      <Checkbox
        label={t('dialog.bom')}
        description={t('dialog.bomWhy')}
        checked={choices.bom}
        onChange={(event) => change({ bom: event.currentTarget.checked })}
      />
      <div className={classes.facts}>
        <Facts
          rows={[
            [t('dialog.language'), t('dialog.languageName')],
            [t('dialog.zone'), zone],
          ]}
        />
      </div>
    </>
  )
}
