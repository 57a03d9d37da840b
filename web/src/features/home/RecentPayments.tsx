import { useTranslation } from 'react-i18next'
import type { Payment } from '../../api/wire.ts'
import { paths } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { Card } from '../../ui/Card.tsx'
import { shortId } from '../../ui/CopyId.tsx'
import { Money } from '../../ui/Money.tsx'
import { type Column, SimpleTable } from '../../ui/SimpleTable.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { Time } from '../../ui/Time.tsx'

export function RecentPayments({ payments }: { readonly payments: readonly Payment[] }) {
  const { t } = useTranslation('home')
  const columns: Column<Payment>[] = [
    {
      key: 'reference',
      label: t('reference'),
      cell: ({ id, reference }) => <Go to={paths.payment(id)}>{reference ?? shortId(id)}</Go>,
    },
    {
      key: 'status',
      label: t('status'),
      cell: ({ status, flags }) => <StatusBadge kind="payment" status={status} flags={flags} />,
    },
    { key: 'payer', label: t('payer'), cell: payerOf },
    {
      key: 'amount',
      label: t('amount'),
      number: true,
      cell: ({ amount }) => <Money of={amount} />,
    },
    { key: 'created', label: t('created'), cell: ({ created_at }) => <Time at={created_at} /> },
  ]
  return (
    <Card title={t('recent')} actions={<Go to={paths.payments}>{t('all')}</Go>} flush>
      <SimpleTable
        caption={t('recent')}
        columns={columns}
        rows={payments}
        keyOf={(payment) => payment.id}
      />
    </Card>
  )
}

const payerOf = ({ customer, payer_name, payer_email }: Payment): string =>
  customer?.name ?? payer_name ?? customer?.email ?? payer_email ?? '–'
