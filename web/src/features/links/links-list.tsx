import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { VOCABULARIES } from '#contract/query/index.ts'
import type { PaymentLink } from '../../api/wire.ts'
import { CardBody } from '../../list/CardBody.tsx'
import type { Column, FilterField, ListDefinition } from '../../list/definition.ts'
import { paths } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { shortId } from '../../ui/CopyId.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { Day, Time } from '../../ui/Time.tsx'
import { LinkAmount } from './LinkAmount.tsx'

const SHOWN = [
  'created_at',
  'reference',
  'amount',
  'payer',
  'status',
  'due_on',
  'expires_at',
  'url',
] as const

const FILTERS: readonly FilterField[] = [
  { kind: 'choices', key: 'status' },
  { kind: 'dates', key: 'created' },
  { kind: 'amount', key: 'amount' },
  { kind: 'text', key: 'ref' },
  { kind: 'text', key: 'name' },
  { kind: 'text', key: 'email' },
  { kind: 'dates', key: 'expires' },
]

export function useLinksList(): ListDefinition<PaymentLink> {
  const { t } = useTranslation('links')
  const columns = useLinkColumns()
  return useMemo(
    () => ({
      name: 'links',
      title: t('title'),
      template: '/v1/links',
      vocabulary: VOCABULARIES.links,
      columns,
      shown: SHOWN,
      sort: '-created',
      pathOf: ({ id }) => paths.link(id),
      card: (row, link) => (
        <CardBody
          top={<StatusBadge kind="link" status={row.status} />}
          value={<LinkAmount link={row} />}
          title={link(row.reference ?? row.description ?? shortId(row.id))}
          lines={[<Time key="time" at={row.created_at} />, payerOf(row)]}
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

const payerOf = ({ payer_name, payer_email }: PaymentLink): string =>
  payer_name ?? payer_email ?? '–'

type Key = (typeof SHOWN)[number] | 'id' | 'description' | 'payment_id'

function useLinkColumns(): readonly Column<PaymentLink>[] {
  const { t } = useTranslation('links')
  return useMemo(() => {
    const column = (
      key: Key,
      cell: Column<PaymentLink>['cell'],
      more: Partial<Column<PaymentLink>> = {},
    ): Column<PaymentLink> => ({ key, title: t(`columns.${key}`), cell, ...more })
    return [
      column('created_at', (row) => <Time at={row.created_at} />, { sort: 'created' }),
      column('id', (row) => <code>{shortId(row.id)}</code>, { copy: (row) => row.id }),
      column('reference', (row) => row.reference ?? '–', { wrap: true }),
      column('description', (row) => row.description ?? '–', { wrap: true }),
      column('amount', (row) => <LinkAmount link={row} />, { end: true, sort: 'amount' }),
      column('payer', payerOf, { wrap: true }),
      column('status', (row) => <StatusBadge kind="link" status={row.status} />),
      column('due_on', (row) => <Day on={row.due_on} />),
      column('expires_at', (row) => <Time at={row.expires_at} relative={false} />),
      column('url', () => null, { copy: (row) => row.url }),
      column('payment_id', ({ payment_id: id }) =>
        id === null ? '–' : <Go to={paths.payment(id)}>{shortId(id)}</Go>,
      ),
    ]
  }, [t])
}
