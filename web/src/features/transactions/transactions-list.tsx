import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { VOCABULARIES } from '#contract/query/index.ts'
import type { Transaction } from '../../api/wire.ts'
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
  'type',
  'amount',
  'gateway',
  'method',
  'status',
  'message',
] as const

const FILTERS: readonly FilterField[] = [
  { kind: 'choices', key: 'status' },
  { kind: 'choices', key: 'state' },
  { kind: 'choices', key: 'type' },
  { kind: 'dates', key: 'created' },
  { kind: 'amount', key: 'amount' },
  { kind: 'text', key: 'gateway' },
  { kind: 'text', key: 'method' },
  { kind: 'text', key: 'customer' },
  { kind: 'text', key: 'gref' },
  { kind: 'choices', key: 'reason' },
  { kind: 'flags', flags: ['manual'] },
]

export function useTransactionsList(): ListDefinition<Transaction> {
  const { t } = useTranslation('transactions')
  const say = useSay()
  const columns = useTransactionColumns()
  return useMemo(
    () => ({
      name: 'transactions',
      title: t('title'),
      template: '/v1/transactions',
      vocabulary: VOCABULARIES.transactions,
      columns,
      shown: SHOWN,
      sort: '-created',
      pathOf: ({ id }) => paths.transaction(id),
      card: (row, link) => (
        <CardBody
          top={<StatusBadge kind="transaction" status={row.status} />}
          value={<Money of={row.amount} strong />}
          title={link(say('transactionType', row.type))}
          lines={[
            <Time key="time" at={row.created_at} />,
            [say('gateway', row.gateway), say('method', row.method)].filter(Boolean).join(' · '),
          ]}
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
    [t, say, columns],
  )
}

type Key = (typeof SHOWN)[number] | 'approved_amount' | 'gateway_ref' | 'attempts' | 'updated_at'

function useTransactionColumns(): readonly Column<Transaction>[] {
  const { t } = useTranslation('transactions')
  const say = useSay()
  return useMemo(() => {
    const column = (
      key: Key,
      cell: Column<Transaction>['cell'],
      more: Partial<Column<Transaction>> = {},
    ): Column<Transaction> => ({ key, title: t(`columns.${key}`), cell, ...more })
    return [
      column('created_at', (row) => <Time at={row.created_at} />, { sort: 'created' }),
      column('id', (row) => <code>{shortId(row.id)}</code>, { copy: (row) => row.id }),
      column('payment_id', ({ payment_id: id }) => <Go to={paths.payment(id)}>{shortId(id)}</Go>),
      column('type', (row) => say('transactionType', row.type)),
      column('amount', (row) => <Money of={row.amount} />, { end: true, sort: 'amount' }),
      column('approved_amount', (row) => <Money of={row.approved_amount} />, { end: true }),
      column('gateway', (row) => say('gateway', row.gateway) || '–'),
      column('method', (row) => say('method', row.method) || '–'),
      column('status', (row) => <StatusBadge kind="transaction" status={row.status} />),
      column('message', (row) => <WhyOrState row={row} />, { wrap: true }),
      column('gateway_ref', (row) => <code>{row.gateway_ref ?? '–'}</code>, {
        copy: (row) => row.gateway_ref,
      }),
      column('attempts', (row) => row.attempts, { end: true }),
      column('updated_at', (row) => <Time at={row.updated_at} />, { sort: 'updated' }),
    ]
  }, [t, say])
}

/** Why it was rejected, or, while it is under way, where it stands. */
function WhyOrState({ row }: { readonly row: Transaction }) {
  const say = useSay()
  if (row.status === 'processing') return <>{say('transactionState', row.state)}</>
  return <>{say('reason', row.reason) || row.message || '–'}</>
}
