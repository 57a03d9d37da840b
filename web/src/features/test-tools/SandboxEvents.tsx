import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Static } from 'typebox'
import type { SandboxEvent } from '#contract/watching.ts'
import { ApiFault } from '../../api/fault.ts'
import { read } from '../../api/read.ts'
import { write } from '../../api/request.ts'
import { useSay } from '../../i18n/say.ts'
import { Card } from '../../ui/Card.tsx'
import { CopyId } from '../../ui/CopyId.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/faults.tsx'
import { notify } from '../../ui/notices.tsx'
import { type Column, SimpleTable } from '../../ui/SimpleTable.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { Time } from '../../ui/Time.tsx'

type Sent = Static<typeof SandboxEvent>

/** The sandbox belongs to no stream of ours, so its deliveries are asked for. */
const LOOK_AGAIN_MS = 3_000

export function SandboxEvents() {
  const { t } = useTranslation('testTools')
  const events = useQuery({
    ...read('/v1/test_tools/sandbox/events'),
    refetchInterval: LOOK_AGAIN_MS,
  })
  return (
    <Card title={t('events.title')} flush>
      {events.data ? (
        <Table events={events.data.data} onResent={() => void events.refetch()} />
      ) : null}
      {events.isPending ? <SkeletonRows columns={5} rows={4} /> : null}
      {events.error && !events.data ? (
        <ErrorState fault={events.error} onRetry={() => void events.refetch()} />
      ) : null}
    </Card>
  )
}

type Props = { readonly events: readonly Sent[]; readonly onResent: () => void }

function Table({ events, onResent }: Props) {
  const { t } = useTranslation('testTools')
  const say = useSay()
  if (events.length === 0) return <EmptyState title={t('events.none')} />
  const columns: Column<Sent>[] = [
    { key: 'type', label: t('events.type'), cell: ({ type }) => <code>{type}</code> },
    {
      key: 'charge',
      label: t('events.charge'),
      cell: ({ charge_ref }) => <CopyId id={charge_ref} short />,
    },
    { key: 'status', label: t('events.status'), cell: ({ status }) => say('delivery', status) },
    { key: 'attempts', label: t('events.attempts'), number: true, cell: (row) => row.attempts },
    { key: 'answer', label: t('events.answer'), cell: (row) => row.last_answer ?? '–' },
    { key: 'created', label: t('events.created'), cell: (row) => <Time at={row.created_at} /> },
    {
      key: 'action',
      label: t('events.action'),
      silent: true,
      cell: (row) => <Resend event={row} onDone={onResent} />,
    },
  ]
  return (
    <SimpleTable
      caption={t('events.title')}
      columns={columns}
      rows={events}
      keyOf={(row) => row.id}
    />
  )
}

function Resend({ event, onDone }: { readonly event: Sent; readonly onDone: () => void }) {
  const { t } = useTranslation('testTools')
  const [sending, setSending] = useState(false)
  const resend = async () => {
    setSending(true)
    try {
      await write('POST /v1/test_tools/sandbox/events/{id}/resend', { id: event.id, body: {} })
      notify(t('events.resent'))
    } catch (fault) {
      if (!(fault instanceof ApiFault)) throw fault
      notify(fault.message, { tone: 'bad' })
    } finally {
      setSending(false)
      onDone()
    }
  }
  return (
    <Button
      variant="default"
      size="compact-sm"
      loading={sending}
      onClick={() => void resend()}
      aria-label={t('events.resendOf', { type: event.type, charge: event.charge_ref })}
    >
      {t('events.resend')}
    </Button>
  )
}
