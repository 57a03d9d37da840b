import { useTranslation } from 'react-i18next'
import type { GatewayAccount } from '../../api/wire.ts'
import { useLocale } from '../../i18n/language.ts'
import { useSay } from '../../i18n/say.ts'
import { paths, withQuery } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { tagOf } from '../../ui/amount.ts'
import { type Column, SimpleTable } from '../../ui/SimpleTable.tsx'
import { Time } from '../../ui/Time.tsx'
import { HealthBadge } from './HealthBadge.tsx'
import { successRate } from './health.ts'

type Props = { readonly accounts: readonly GatewayAccount[] }

/** Our accounts at gateways with the numbers that say whether each one works. */
export function AccountsTable({ accounts }: Props) {
  const { t } = useTranslation('gateways')
  const say = useSay()
  const columns: readonly Column<GatewayAccount>[] = [
    {
      key: 'name',
      label: t('columns.name'),
      cell: ({ id, name }) => <Go to={paths.gateway(id)}>{name}</Go>,
    },
    { key: 'gateway', label: t('columns.gateway'), cell: (row) => say('gateway', row.gateway) },
    {
      key: 'health',
      label: t('columns.health'),
      cell: (row) => <HealthBadge account={row} />,
    },
    {
      key: 'rate',
      label: t('columns.rate'),
      number: true,
      cell: (row) => <Rate account={row} />,
    },
    {
      key: 'unknown',
      label: t('columns.unknown_now'),
      number: true,
      cell: (row) => <Unknown account={row} />,
    },
    {
      key: 'last',
      label: t('columns.last_event_at'),
      cell: (row) => <Time at={row.last_event_at} />,
    },
  ]
  return (
    <SimpleTable caption={t('accounts')} columns={columns} rows={accounts} keyOf={({ id }) => id} />
  )
}

/** `92 % · 312 of 335` */
export function Rate({ account }: { readonly account: GatewayAccount }) {
  const { t } = useTranslation('gateways')
  const locale = useLocale()
  const rate = successRate(account)
  if (rate === null) return <span className="florin-muted">{t('noTries')}</span>
  const percent = new Intl.NumberFormat(tagOf(locale), { style: 'percent' }).format(rate)
  const tries = account.succeeded_24h + account.failed_24h
  return (
    <span className="florin-number">
      {t('rate', { percent, succeeded: account.succeeded_24h, tries })}
    </span>
  )
}

/** Tries whose outcome nobody knows yet lead to the list of them. */
export function Unknown({ account }: { readonly account: GatewayAccount }) {
  const { t } = useTranslation('gateways')
  const count = t('number', { count: account.unknown_now })
  if (account.unknown_now === 0) return <>{count}</>
  const q = `state:unknown gateway_account:${account.id}`
  return <Go to={withQuery(paths.transactions, q)}>{count}</Go>
}
