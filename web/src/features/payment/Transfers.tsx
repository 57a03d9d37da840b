import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { read } from '../../api/read.ts'
import type { Transfer } from '../../api/wire.ts'
import { useSay } from '../../i18n/say.ts'
import { pageOfId } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { CopyId } from '../../ui/CopyId.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/faults.tsx'
import { Money } from '../../ui/Money.tsx'
import { type Column, SimpleTable } from '../../ui/SimpleTable.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { Badge } from '../../ui/StatusBadge.tsx'
import type { Look } from '../../ui/status.ts'
import { Time } from '../../ui/Time.tsx'

const LOOKS: Readonly<Record<Transfer['state'], Look>> = {
  posted: { shape: '●', tone: 'green' },
  pending: { shape: '◔', tone: 'blue' },
  voided: { shape: '✕', tone: 'grey' },
}

/** What the ledger says about this payment: from which account to which, line by line. */
export function Transfers({ id }: { readonly id: string }) {
  const { t } = useTranslation('payment')
  const say = useSay()
  const transfers = useQuery(read('/v1/payments/{id}/transfers', { id }))
  if (transfers.error && !transfers.data) {
    return <ErrorState fault={transfers.error} onRetry={() => void transfers.refetch()} />
  }
  if (!transfers.data) return <SkeletonRows columns={4} rows={3} />
  if (transfers.data.data.length === 0) return <EmptyState title={t('transfers.none')} />
  const account = (kind: string) => say('account', kind)
  const columns: Column<Transfer>[] = [
    { key: 'created', label: t('transfers.created'), cell: (row) => <Time at={row.created_at} /> },
    {
      key: 'move',
      label: t('transfers.move'),
      cell: ({ debit, credit }) => `${account(debit.kind)} → ${account(credit.kind)}`,
    },
    {
      key: 'amount',
      label: t('transfers.amount'),
      number: true,
      cell: ({ amount }) => <Money of={amount} />,
    },
    {
      key: 'state',
      label: t('transfers.state'),
      cell: ({ state }) => <Badge look={LOOKS[state]}>{say('transferState', state)}</Badge>,
    },
    {
      key: 'source',
      label: t('transfers.source'),
      cell: (row) => <Source transfer={row} />,
    },
    { key: 'id', label: t('transfers.id'), cell: (row) => <CopyId id={row.id} short /> },
  ]
  return (
    <SimpleTable
      caption={t('sections.transfers')}
      columns={columns}
      rows={transfers.data.data}
      keyOf={(row) => row.id}
    />
  )
}

/** What the ledger was told: the charge or the refund, whose id may be followed by a count. */
function Source({ transfer }: { readonly transfer: Transfer }) {
  const say = useSay()
  const words = say('transferSource', transfer.source_kind)
  const page = pageOfId(transfer.source_id.split(':')[0] ?? '')
  return page === null ? words : <Go to={page}>{words}</Go>
}
