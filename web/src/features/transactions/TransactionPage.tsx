import { useTranslation } from 'react-i18next'
import type { Transaction } from '../../api/wire.ts'
import { hasWords, useSay } from '../../i18n/say.ts'
import { RowPage } from '../../list/RowPage.tsx'
import { paths } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { Card } from '../../ui/Card.tsx'
import { CopyId, shortId } from '../../ui/CopyId.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Money } from '../../ui/Money.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { Time } from '../../ui/Time.tsx'

/** One charge, refund or chargeback, with the exact step it is at. */
export function TransactionPage() {
  const { t } = useTranslation('transactions')
  return (
    <RowPage
      template="/v1/transactions/{id}"
      title={(id) => t('page', { id })}
      heading={(row) => <Heading row={row} />}
    >
      {(row) => (
        <Card title={t('facts')}>
          <TransactionFacts row={row} />
        </Card>
      )}
    </RowPage>
  )
}

type Props = { readonly row: Transaction }

function Heading({ row }: Props) {
  const say = useSay()
  return (
    <>
      {say('transactionType', row.type)} <Money of={row.amount} strong />
      <StatusBadge kind="transaction" status={row.status} />
    </>
  )
}

function TransactionFacts({ row }: Props) {
  const { t } = useTranslation('transactions')
  const say = useSay()
  const { reason, gateway_account_id: account, payment_id } = row
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
        [t('state'), say('transactionState', row.state)],
        reason === null ? null : [t('reason'), <Reason key="reason" reason={reason} />],
        row.message === null ? null : [t('columns.message'), row.message],
        [t('columns.amount'), <Money key="amount" of={row.amount} />],
        [t('columns.approved_amount'), <Money key="approved" of={row.approved_amount} />],
        [t('columns.gateway'), <Gateway key="gateway" row={row} />],
        account === null
          ? null
          : [
              t('account'),
              <Go key="account" to={paths.gateway(account)}>
                {shortId(account)}
              </Go>,
            ],
        [t('columns.method'), say('method', row.method) || '–'],
        [t('columns.attempts'), String(row.attempts)],
        [t('manual'), t(row.manual ? 'yes' : 'no')],
        [t('columns.created_at'), <Time key="created" at={row.created_at} exact />],
        [t('columns.updated_at'), <Time key="updated" at={row.updated_at} exact />],
      ]}
    />
  )
}

function Reason({ reason }: { readonly reason: string }) {
  const say = useSay()
  return (
    <>
      {say('reason', reason)}
      {hasWords('reasonAdvice', reason) && (
        <p className="florin-muted">{say('reasonAdvice', reason)}</p>
      )}
    </>
  )
}

function Gateway({ row }: Props) {
  const { t } = useTranslation('transactions')
  const say = useSay()
  return (
    <>
      {say('gateway', row.gateway) || '–'} <CopyId id={row.gateway_ref} />{' '}
      {row.gateway_url !== null && (
        <a href={row.gateway_url} target="_blank" rel="noreferrer">
          {t('atGateway')}
        </a>
      )}
    </>
  )
}
