import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { read } from '../../api/read.ts'
import type { GatewayAccount } from '../../api/wire.ts'
import { useSay } from '../../i18n/say.ts'
import { RowPage } from '../../list/RowPage.tsx'
import { paths, withQuery } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { Card } from '../../ui/Card.tsx'
import { CopyId } from '../../ui/CopyId.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Time } from '../../ui/Time.tsx'
import { Rate, Unknown } from './AccountsTable.tsx'
import classes from './gateways.module.css'
import { HealthBadge } from './HealthBadge.tsx'
import { MethodsTable } from './MethodsTable.tsx'

/** One account at a gateway: how it does, where its events arrive, what is paid through it. */
export function GatewayPage() {
  const { t } = useTranslation('gateways')
  return (
    <RowPage
      template="/v1/gateway_accounts/{id}"
      title={(id) => t('page', { id })}
      heading={(row) => (
        <>
          {row.name} <HealthBadge account={row} />
        </>
      )}
    >
      {(row) => (
        <div className={classes.parts}>
          <Card title={t('account')}>
            <AccountFacts row={row} />
          </Card>
          <Routed id={row.id} />
        </div>
      )}
    </RowPage>
  )
}

function AccountFacts({ row }: { readonly row: GatewayAccount }) {
  const { t } = useTranslation('gateways')
  const say = useSay()
  const mine = `gateway_account:${row.id}`
  return (
    <Facts
      rows={[
        [t('columns.id'), <CopyId key="id" id={row.id} />],
        [t('columns.gateway'), say('gateway', row.gateway)],
        [t('columns.rate'), <Rate key="rate" account={row} />],
        [t('columns.unknown_now'), <Unknown key="unknown" account={row} />],
        [t('columns.last_event_at'), <Time key="last" at={row.last_event_at} />],
        [t('columns.event_url'), <CopyId key="url" id={row.event_url} label={t('copyUrl')} />],
        [t('columns.created_at'), <Time key="created" at={row.created_at} />],
        [
          t('see'),
          <span key="see" className={classes.ways}>
            <Go to={withQuery(paths.payments, mine)}>{t('payments')}</Go>
            <Go to={withQuery(paths.transactions, mine)}>{t('transactions')}</Go>
            <Go to={withQuery(paths.gatewayEvents, mine)}>{t('events')}</Go>
          </span>,
        ],
      ]}
    />
  )
}

/** The payment methods that are sent through this account. */
function Routed({ id }: { readonly id: string }) {
  const { t } = useTranslation('gateways')
  const { data } = useQuery(read('/v1/payment_methods'))
  const mine = data?.data.filter(({ gateway_account_id }) => gateway_account_id === id) ?? []
  if (mine.length === 0) return null
  return (
    <Card title={t('methods')} flush>
      <MethodsTable methods={mine} />
    </Card>
  )
}
