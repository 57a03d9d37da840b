import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { read } from '../../api/read.ts'
import { Card } from '../../ui/Card.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/faults.tsx'
import { Page } from '../../ui/Page.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { AccountsTable } from './AccountsTable.tsx'
import classes from './gateways.module.css'
import { MethodsTable } from './MethodsTable.tsx'

/** Where money comes in, how well that goes, and what payers can choose. */
export function GatewaysPage() {
  const { t } = useTranslation('gateways')
  const accounts = useQuery(read('/v1/gateway_accounts'))
  const methods = useQuery(read('/v1/payment_methods'))
  return (
    <Page title={t('title')}>
      <div className={classes.parts}>
        <Card title={t('accounts')} flush>
          {accounts.error !== null ? (
            <ErrorState fault={accounts.error} onRetry={() => void accounts.refetch()} />
          ) : accounts.data === undefined ? (
            <SkeletonRows columns={6} rows={3} />
          ) : accounts.data.data.length === 0 ? (
            <EmptyState title={t('noAccounts')} />
          ) : (
            <AccountsTable accounts={accounts.data.data} />
          )}
        </Card>
        <Card title={t('methods')} flush>
          {methods.error !== null ? (
            <ErrorState fault={methods.error} onRetry={() => void methods.refetch()} />
          ) : methods.data === undefined ? (
            <SkeletonRows columns={5} rows={3} />
          ) : methods.data.data.length === 0 ? (
            <EmptyState title={t('noMethods')} />
          ) : (
            <MethodsTable methods={methods.data.data} />
          )}
        </Card>
      </div>
    </Page>
  )
}
