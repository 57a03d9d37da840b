import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { VOCABULARIES } from '#contract/query/index.ts'
import type { Payment } from '../../api/wire.ts'
import type { FilterField, ListDefinition } from '../../list/definition.ts'
import { paths } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { shortId } from '../../ui/CopyId.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useMe, useMode } from '../../ui/session.tsx'
import { TestPaymentButton } from '../home/TestPaymentButton.tsx'
import { PaymentCard } from './PaymentCard.tsx'
import { usePaymentColumns } from './payment-columns.tsx'

const FLAGS = [
  'needs_action',
  'overpaid',
  'refunded',
  'partly_refunded',
  'disputed',
  'manual',
  'late',
  'uncredited',
] as const

const SHOWN = [
  'created_at',
  'id',
  'customer',
  'reference',
  'amount',
  'gateway',
  'method',
  'status',
] as const

/** The payments list: what the one list page needs to know about payments. */
export function usePaymentsList(): ListDefinition<Payment> {
  const { t } = useTranslation('paymentsList')
  const columns = usePaymentColumns()
  const filters = usePaymentFilters()
  return useMemo(
    () => ({
      name: 'payments',
      title: t('title'),
      template: '/v1/payments',
      vocabulary: VOCABULARIES.payments,
      columns,
      shown: SHOWN,
      sort: '-created',
      pathOf: ({ id }) => paths.payment(id),
      card: (payment, link) => <PaymentCard payment={payment} link={link} />,
      nameOf: ({ id }) => t('one', { id: shortId(id) }),
      count: (count) => t('count', { count }),
      searchLabel: t('search'),
      filters,
      empty: <NoPayments />,
      answers: { summary: true, hidden: true, facets: true },
      live: 'payment',
      liveById: true,
    }),
    [t, columns, filters],
  )
}

function usePaymentFilters(): readonly FilterField[] {
  const { shops } = useMe()
  return useMemo(
    () => [
      { kind: 'choices', key: 'status' },
      { kind: 'dates', key: 'created' },
      { kind: 'amount', key: 'amount' },
      { kind: 'choices', key: 'currency' },
      { kind: 'choices', key: 'gateway' },
      { kind: 'choices', key: 'method' },
      { kind: 'text', key: 'customer' },
      {
        kind: 'choices',
        key: 'shop',
        labels: shops.map(({ id, name }) => ({ value: id, label: name })),
      },
      { kind: 'choices', key: 'reason' },
      { kind: 'choices', key: 'purpose' },
      { kind: 'choices', key: 'source' },
      { kind: 'text', key: 'by' },
      { kind: 'flags', flags: FLAGS },
    ],
    [shops],
  )
}

function NoPayments() {
  const { t } = useTranslation('paymentsList')
  const mode = useMode()
  const link = <Go to={paths.links}>{t('empty.link')}</Go>
  if (mode === 'live') return <EmptyState title={t('empty.live')} link={link} />
  return <EmptyState title={t('empty.title')} action={<TestPaymentButton />} link={link} />
}
