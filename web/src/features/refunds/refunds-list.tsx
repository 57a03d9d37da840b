import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { VOCABULARIES } from '#contract/query/index.ts'
import type { Refund } from '../../api/wire.ts'
import { useSay } from '../../i18n/say.ts'
import { CardBody } from '../../list/CardBody.tsx'
import type { Column, FilterField, ListDefinition } from '../../list/definition.ts'
import { paths } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { shortId } from '../../ui/CopyId.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Money } from '../../ui/Money.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { Time } from '../../ui/Time.tsx'

const SHOWN = [
  'created_at',
  'id',
  'payment_id',
  'customer',
  'amount',
  'reason',
  'status',
  'created_by',
] as const

const FILTERS: readonly FilterField[] = [
  { kind: 'choices', key: 'status' },
  { kind: 'dates', key: 'created' },
  { kind: 'amount', key: 'amount' },
  { kind: 'text', key: 'customer' },
  { kind: 'text', key: 'gateway' },
  { kind: 'text', key: 'reason' },
  { kind: 'text', key: 'by' },
]

export function useRefundsList(): ListDefinition<Refund> {
  const { t } = useTranslation('refunds')
  const columns = useRefundColumns()
  return useMemo(
    () => ({
      name: 'refunds',
      title: t('title'),
      template: '/v1/refunds',
      vocabulary: VOCABULARIES.refunds,
      columns,
      shown: SHOWN,
      sort: '-created',
      pathOf: ({ id }) => paths.refund(id),
      card: (row, link) => (
        <CardBody
          top={<StatusBadge kind="refund" status={row.status} />}
          value={<Money of={row.amount} strong />}
          title={link(row.reason)}
          lines={[<Time key="time" at={row.created_at} />, customerOf(row)]}
        />
      ),
      nameOf: ({ id }) => t('one', { id: shortId(id) }),
      count: (count) => t('count', { count }),
      searchLabel: t('search'),
      filters: FILTERS,
      empty: (
        <EmptyState title={t('empty')} link={<Go to={paths.payments}>{t('toPayments')}</Go>} />
      ),
      live: 'payment',
    }),
    [t, columns],
  )
}

const customerOf = ({ customer }: Refund): string => customer?.name ?? customer?.email ?? '–'

type Key = (typeof SHOWN)[number] | 'gateway' | 'source' | 'gateway_ref' | 'message' | 'updated_at'

function useRefundColumns(): readonly Column<Refund>[] {
  const { t } = useTranslation('refunds')
  const say = useSay()
  return useMemo(() => {
    const column = (
      key: Key,
      cell: Column<Refund>['cell'],
      more: Partial<Column<Refund>> = {},
    ): Column<Refund> => ({ key, title: t(`columns.${key}`), cell, ...more })
    return [
      column('created_at', (row) => <Time at={row.created_at} />, { sort: 'created' }),
      column('id', (row) => <code>{shortId(row.id)}</code>, { copy: (row) => row.id }),
      column('payment_id', ({ payment_id: id }) => <Go to={paths.payment(id)}>{shortId(id)}</Go>),
      column('customer', customerOf, { wrap: true }),
      column('amount', (row) => <Money of={row.amount} />, { end: true, sort: 'amount' }),
      column('reason', (row) => row.reason, { wrap: true }),
      column('status', (row) => <StatusBadge kind="refund" status={row.status} />),
      column('created_by', ({ created_by: { name, kind } }) => name ?? say('actor', kind), {
        wrap: true,
      }),
      column('gateway', (row) => say('gateway', row.gateway) || '–'),
      column('source', (row) => say('source', row.source)),
      column('gateway_ref', (row) => <code>{row.gateway_ref ?? '–'}</code>, {
        copy: (row) => row.gateway_ref,
      }),
      column('message', (row) => row.message ?? '–', { wrap: true }),
      column('updated_at', (row) => <Time at={row.updated_at} />, { sort: 'updated' }),
    ]
  }, [t, say])
}
