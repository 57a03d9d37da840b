import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { keyOf, read } from '../../api/read.ts'
import { get } from '../../api/request.ts'
import type { Wallet, WalletEntry } from '../../api/wire.ts'
import { useSay } from '../../i18n/say.ts'
import { pageOfId, paths } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { Card } from '../../ui/Card.tsx'
import { shortId } from '../../ui/CopyId.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { ErrorState } from '../../ui/faults.tsx'
import { Money } from '../../ui/Money.tsx'
import { type Column, SimpleTable } from '../../ui/SimpleTable.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { Time } from '../../ui/Time.tsx'
import classes from './customers.module.css'

const ENTRIES = 20

/** One wallet per currency, each with the entries that make up its balance. */
export function CustomerWallets({ id }: { readonly id: string }) {
  const { t } = useTranslation('customers')
  const wallets = useQuery(read('/v1/wallets', { query: { customer_id: id } }))
  const { data, error } = wallets
  if (error !== null) {
    return (
      <Card title={t('wallets')}>
        <ErrorState fault={error} onRetry={() => void wallets.refetch()} />
      </Card>
    )
  }
  if (data === undefined) return <SkeletonRows columns={3} rows={2} />
  if (data.data.length === 0) {
    return (
      <Card title={t('wallets')}>
        <p className="florin-muted">{t('noWallets')}</p>
      </Card>
    )
  }
  return data.data.map((wallet) => <OneWallet key={wallet.id} wallet={wallet} />)
}

function OneWallet({ wallet }: { readonly wallet: Wallet }) {
  const { t } = useTranslation('customers')
  const { balance, held, available } = wallet
  return (
    <Card title={t('wallet', { currency: balance.currency })}>
      <Facts
        rows={[
          [t('balance'), <Money key="balance" of={balance} strong />],
          [t('held'), <Money key="held" of={held} />],
          [t('available'), <Money key="available" of={available} />],
        ]}
      />
      <Entries wallet={wallet} />
    </Card>
  )
}

function Entries({ wallet }: { readonly wallet: Wallet }) {
  const { t } = useTranslation('customers')
  const columns = useEntryColumns()
  const entries = useInfiniteQuery({
    queryKey: [...keyOf('/v1/wallets/{id}/entries', wallet.id), 'all'],
    queryFn: ({ pageParam, signal }) =>
      get(
        '/v1/wallets/{id}/entries',
        { id: wallet.id, query: { limit: ENTRIES, after: pageParam } },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  if (entries.error !== null) {
    return <ErrorState fault={entries.error} onRetry={() => void entries.refetch()} />
  }
  if (entries.data === undefined) return <SkeletonRows columns={4} rows={3} />
  const rows = entries.data.pages.flatMap(({ data }) => data)
  if (rows.length === 0) return <p className="florin-muted">{t('noEntries')}</p>
  return (
    <div className={classes.entries}>
      <SimpleTable caption={t('entries')} columns={columns} rows={rows} keyOf={({ id }) => id} />
      {entries.hasNextPage && (
        <Button
          variant="default"
          size="compact-sm"
          loading={entries.isFetchingNextPage}
          onClick={() => void entries.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </div>
  )
}

function useEntryColumns(): readonly Column<WalletEntry>[] {
  const { t } = useTranslation('customers')
  const say = useSay()
  return [
    { key: 'at', label: t('entry.at'), cell: ({ at }) => <Time at={at} relative={false} /> },
    { key: 'kind', label: t('entry.kind'), cell: (row) => say('entryKind', row.source_kind) },
    { key: 'source', label: t('entry.source'), cell: (row) => <Source entry={row} /> },
    {
      key: 'amount',
      label: t('entry.amount'),
      number: true,
      cell: ({ amount }) => <Money of={amount} signed />,
    },
    {
      key: 'after',
      label: t('entry.after'),
      number: true,
      cell: ({ balance_after }) => <Money of={balance_after} />,
    },
  ]
}

/** The payment an entry belongs to, or whatever else made it. */
function Source({ entry }: { readonly entry: WalletEntry }) {
  const { payment_id, source_id } = entry
  if (payment_id !== null) return <Go to={paths.payment(payment_id)}>{shortId(payment_id)}</Go>
  const path = pageOfId(source_id)
  return path === null ? shortId(source_id) : <Go to={path}>{shortId(source_id)}</Go>
}
