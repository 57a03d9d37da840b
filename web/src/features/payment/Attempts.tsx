import { useTranslation } from 'react-i18next'
import { outsideUrl } from '../../api/outside-url.ts'
import type { Transaction } from '../../api/wire.ts'
import { useSay } from '../../i18n/say.ts'
import { paths } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { CopyId } from '../../ui/CopyId.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Money } from '../../ui/Money.tsx'
import { type Column, SimpleTable } from '../../ui/SimpleTable.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { Time } from '../../ui/Time.tsx'
import classes from './Attempts.module.css'

/** One row per try: charges, refunds and chargebacks, with what the gateway said. */
export function Attempts({ transactions }: { readonly transactions: readonly Transaction[] }) {
  const { t } = useTranslation('payment')
  const say = useSay()
  if (transactions.length === 0) return <EmptyState title={t('attempts.none')} />
  const columns: Column<Transaction>[] = [
    {
      key: 'type',
      label: t('attempts.type'),
      cell: ({ id, type }) => <Go to={paths.transaction(id)}>{say('transactionType', type)}</Go>,
    },
    {
      key: 'status',
      label: t('attempts.status'),
      cell: (row) => (
        <div className={classes.stack}>
          <StatusBadge kind="transaction" status={row.status} />
          {row.status === 'processing' ? (
            <span className="florin-muted">{say('transactionState', row.state)}</span>
          ) : null}
        </div>
      ),
    },
    { key: 'message', label: t('attempts.message'), cell: (row) => <Said row={row} /> },
    { key: 'reference', label: t('attempts.reference'), cell: (row) => <Reference row={row} /> },
    {
      key: 'amount',
      label: t('attempts.amount'),
      number: true,
      cell: ({ amount }) => <Money of={amount} />,
    },
    {
      key: 'approved',
      label: t('attempts.approved'),
      number: true,
      cell: ({ approved_amount }) => <Money of={approved_amount} />,
    },
    { key: 'created', label: t('attempts.created'), cell: (row) => <Time at={row.created_at} /> },
  ]
  return (
    <SimpleTable
      caption={t('sections.transactions')}
      columns={columns}
      rows={transactions}
      keyOf={(row) => row.id}
    />
  )
}

function Said({ row }: { readonly row: Transaction }) {
  const { t } = useTranslation('payment')
  const say = useSay()
  if (row.manual) return t('attempts.byHand')
  if (!row.reason && !row.message) return '–'
  return (
    <div className={classes.stack}>
      {row.reason ? <span>{say('reason', row.reason)}</span> : null}
      {row.message ? <span className="florin-muted">{row.message}</span> : null}
    </div>
  )
}

function Reference({ row }: { readonly row: Transaction }) {
  const { t } = useTranslation('payment')
  const say = useSay()
  const url = outsideUrl(row.gateway_url)
  return (
    <div className={classes.stack}>
      <span>{say('gateway', row.gateway) || '–'}</span>
      {row.gateway_ref ? <CopyId id={row.gateway_ref} /> : null}
      {url === null ? null : (
        <a href={url} target="_blank" rel="noreferrer" className={classes.outside}>
          {t('gateway.open')}
        </a>
      )}
    </div>
  )
}
