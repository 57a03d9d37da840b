import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { PAYMENT_COLUMNS as words } from '#contract/columns.ts'
import { read } from '../../api/read.ts'
import type { Payment } from '../../api/wire.ts'
import { useLocale } from '../../i18n/language.ts'
import { paths, withQuery } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { Card } from '../../ui/Card.tsx'
import { shortId } from '../../ui/CopyId.tsx'
import { ErrorState } from '../../ui/faults.tsx'
import { Money } from '../../ui/Money.tsx'
import { type Column, SimpleTable } from '../../ui/SimpleTable.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { Time } from '../../ui/Time.tsx'

const LATEST = 10

/** The latest payments; the rest is one press away, in the list where they can be filtered. */
export function CustomerPayments({ id }: { readonly id: string }) {
  const { t } = useTranslation('customers')
  const q = `customer:${id}`
  const { data, error, refetch } = useQuery(read('/v1/payments', { query: { q, limit: LATEST } }))
  const all = <Go to={withQuery(paths.payments, q)}>{t('allPayments')}</Go>
  return (
    <Card title={t('payments')} actions={all} flush>
      {error !== null ? (
        <ErrorState fault={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonRows columns={4} rows={3} />
      ) : data.data.length === 0 ? (
        <p className="florin-muted">{t('noPayments')}</p>
      ) : (
        <Latest payments={data.data} />
      )}
    </Card>
  )
}

function Latest({ payments }: { readonly payments: readonly Payment[] }) {
  const { t } = useTranslation('paymentsList')
  const locale = useLocale()
  const columns: readonly Column<Payment>[] = [
    {
      key: 'id',
      label: words.id[locale],
      cell: ({ id, reference }) => <Go to={paths.payment(id)}>{reference ?? shortId(id)}</Go>,
    },
    {
      key: 'status',
      label: words.status[locale],
      cell: ({ status, flags }) => <StatusBadge kind="payment" status={status} flags={flags} />,
    },
    {
      key: 'amount',
      label: words.amount[locale],
      number: true,
      cell: ({ amount }) => <Money of={amount} />,
    },
    {
      key: 'created',
      label: words.created_at[locale],
      cell: ({ created_at }) => <Time at={created_at} />,
    },
  ]
  return (
    <SimpleTable
      caption={t('title')}
      columns={columns}
      rows={payments}
      keyOf={(payment) => payment.id}
    />
  )
}
