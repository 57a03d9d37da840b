import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { VOCABULARIES } from '#contract/query/index.ts'
import type { GatewayEvent } from '../../api/wire.ts'
import { useSay } from '../../i18n/say.ts'
import { CardBody } from '../../list/CardBody.tsx'
import type { Column, FilterField, ListDefinition } from '../../list/definition.ts'
import { paths } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { shortId } from '../../ui/CopyId.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { Time } from '../../ui/Time.tsx'
import { reasonWords } from './reason-words.ts'

const SHOWN = [
  'received_at',
  'type',
  'gateway',
  'status',
  'verdict',
  'reason',
  'payment_id',
  'deliveries',
] as const

/** Whether an event was believed; the inbox keeps the reason beside the event. */
const VERDICTS = [
  'verified',
  'signature_wrong',
  'signature_missing',
  'timestamp_outside_tolerance',
  'body_malformed',
] as const

const FILTERS: readonly FilterField[] = [
  { kind: 'choices', key: 'status' },
  { kind: 'choices', key: 'verdict', labels: VERDICTS.map((value) => ({ value, label: value })) },
  { kind: 'text', key: 'reason' },
  { kind: 'text', key: 'type' },
  { kind: 'text', key: 'gateway' },
  { kind: 'text', key: 'gref' },
  { kind: 'dates', key: 'received' },
]

export function useGatewayEventsList(): ListDefinition<GatewayEvent> {
  const { t } = useTranslation('gatewayEvents')
  const columns = useEventColumns()
  return useMemo(
    () => ({
      name: 'gateway_events',
      title: t('title'),
      template: '/v1/gateway_events',
      vocabulary: VOCABULARIES.gateway_events,
      columns,
      shown: SHOWN,
      sort: '-received',
      pathOf: ({ id }) => paths.gatewayEvent(id),
      card: (row, link) => (
        <CardBody
          top={<StatusBadge kind="gatewayEvent" status={row.status} />}
          value={row.gateway}
          title={link(row.type)}
          lines={[<Time key="time" at={row.received_at} />, row.object_ref ?? '']}
        />
      ),
      nameOf: ({ id }) => t('one', { id: shortId(id) }),
      count: (count) => t('count', { count }),
      searchLabel: t('search'),
      filters: FILTERS,
      empty: (
        <EmptyState title={t('empty')} link={<Go to={paths.gateways}>{t('toGateways')}</Go>} />
      ),
      live: 'payment',
    }),
    [t, columns],
  )
}

type Key = (typeof SHOWN)[number] | 'id' | 'object_ref' | 'applied_at'

function useEventColumns(): readonly Column<GatewayEvent>[] {
  const { t } = useTranslation('gatewayEvents')
  const say = useSay()
  return useMemo(() => {
    const column = (
      key: Key,
      cell: Column<GatewayEvent>['cell'],
      more: Partial<Column<GatewayEvent>> = {},
    ): Column<GatewayEvent> => ({ key, title: t(`columns.${key}`), cell, ...more })
    return [
      column('received_at', (row) => <Time at={row.received_at} />, { sort: 'received' }),
      column('id', (row) => <code>{shortId(row.id)}</code>, { copy: (row) => row.id }),
      column('type', (row) => <code>{row.type}</code>),
      column('gateway', (row) => say('gateway', row.gateway)),
      column('status', (row) => <StatusBadge kind="gatewayEvent" status={row.status} />),
      column('verdict', (row) => say('verdict', row.verdict)),
      column('reason', (row) => reasonWords(say, row.reason) || '–', { wrap: true }),
      column('object_ref', (row) => <code>{row.object_ref ?? '–'}</code>, {
        copy: (row) => row.object_ref,
      }),
      column('payment_id', ({ payment_id: id }) =>
        id === null ? '–' : <Go to={paths.payment(id)}>{shortId(id)}</Go>,
      ),
      column('deliveries', (row) => t('number', { count: row.deliveries }), { end: true }),
      column('applied_at', (row) => <Time at={row.applied_at} relative={false} />),
    ]
  }, [t, say])
}
