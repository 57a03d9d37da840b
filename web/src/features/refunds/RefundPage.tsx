import { useTranslation } from 'react-i18next'
import type { Refund } from '../../api/wire.ts'
import { useSay } from '../../i18n/say.ts'
import { RowPage } from '../../list/RowPage.tsx'
import { paths } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { Card } from '../../ui/Card.tsx'
import { CopyId, shortId } from '../../ui/CopyId.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Money } from '../../ui/Money.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { Time } from '../../ui/Time.tsx'

export function RefundPage() {
  const { t } = useTranslation('refunds')
  return (
    <RowPage
      template="/v1/refunds/{id}"
      title={(id) => t('page', { id })}
      heading={(row) => (
        <>
          {t('facts')} <Money of={row.amount} strong />
          <StatusBadge kind="refund" status={row.status} />
        </>
      )}
    >
      {(row) => (
        <Card title={t('facts')}>
          <RefundFacts row={row} />
        </Card>
      )}
    </RowPage>
  )
}

function RefundFacts({ row }: { readonly row: Refund }) {
  const { t } = useTranslation('refunds')
  const say = useSay()
  const { payment_id, transaction_id, customer, created_by } = row
  return (
    <Facts
      rows={[
        [t('columns.id'), <CopyId key="id" id={row.id} />],
        [
          t('columns.payment_id'),
          <Go key="payment" to={paths.payment(payment_id)}>
            {shortId(payment_id)}
          </Go>,
        ],
        transaction_id === null
          ? null
          : [
              t('transaction'),
              <Go key="transaction" to={paths.transaction(transaction_id)}>
                {shortId(transaction_id)}
              </Go>,
            ],
        [t('columns.amount'), <Money key="amount" of={row.amount} />],
        [t('columns.reason'), row.reason],
        row.message === null ? null : [t('columns.message'), row.message],
        customer === null
          ? null
          : [
              t('columns.customer'),
              <Go key="customer" to={paths.customer(customer.id)}>
                {customer.name ?? customer.email ?? shortId(customer.id)}
              </Go>,
            ],
        [t('columns.source'), say('source', row.source)],
        [t('columns.gateway'), say('gateway', row.gateway) || '–'],
        [t('columns.gateway_ref'), <CopyId key="ref" id={row.gateway_ref} />],
        [t('columns.created_by'), created_by.name ?? say('actor', created_by.kind)],
        [t('columns.created_at'), <Time key="created" at={row.created_at} exact />],
        [t('columns.updated_at'), <Time key="updated" at={row.updated_at} exact />],
      ]}
    />
  )
}
