import { useTranslation } from 'react-i18next'
import { outsideUrl } from '../../api/outside-url.ts'
import type { Payment } from '../../api/wire.ts'
import { useSay } from '../../i18n/say.ts'
import { paths } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { Card } from '../../ui/Card.tsx'
import { CopyId, shortId } from '../../ui/CopyId.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { ModeTag } from '../../ui/StatusBadge.tsx'
import { Time } from '../../ui/Time.tsx'
import classes from './Cards.module.css'
import { MoneyCard } from './MoneyCard.tsx'

type Props = { readonly payment: Payment }

export function Cards({ payment }: Props) {
  return (
    <div className={classes.cards}>
      <div className={classes.column}>
        <MoneyCard payment={payment} />
        <CustomerCard payment={payment} />
      </div>
      <div className={classes.column}>
        <TransactionCard payment={payment} />
        <GatewayCard payment={payment} />
      </div>
    </div>
  )
}

function TransactionCard({ payment }: Props) {
  const { t } = useTranslation('payment')
  const say = useSay()
  const { created_by: by } = payment
  const metadata = Object.entries(payment.metadata)
  return (
    <Card title={t('transaction.title')}>
      <Facts
        rows={[
          [t('transaction.reference'), payment.reference ?? '–'],
          payment.description ? [t('transaction.description'), payment.description] : null,
          [t('transaction.purpose'), say('purpose', payment.purpose)],
          [t('transaction.source'), say('source', payment.source)],
          [
            t('transaction.mode'),
            payment.mode === 'test' ? <ModeTag key="m" mode="test" /> : say('mode', payment.mode),
          ],
          payment.shop ? [t('transaction.shop'), payment.shop.name] : null,
          payment.session_id
            ? [t('transaction.session'), <CopyId key="s" id={payment.session_id} short />]
            : null,
          payment.link_id ? [t('transaction.link'), <LinkTo key="l" id={payment.link_id} />] : null,
          [t('transaction.created'), <Time key="c" at={payment.created_at} />],
          [t('transaction.processed'), <Time key="p" at={payment.processed_at} />],
          payment.expires_at && payment.processed_at === null
            ? [t('transaction.expires'), <Time key="e" at={payment.expires_at} />]
            : null,
          [t('transaction.createdBy'), by.name ?? say('actor', by.kind)],
          ...metadata.map(([key, value]) => [key, value] as const),
        ]}
      />
    </Card>
  )
}

function LinkTo({ id }: { readonly id: string }) {
  return <Go to={paths.link(id)}>{shortId(id)}</Go>
}

function CustomerCard({ payment }: Props) {
  const { t } = useTranslation('payment')
  const { customer } = payment
  const name = customer?.name ?? payment.payer_name
  const email = customer?.email ?? payment.payer_email
  if (!customer && !name && !email && !payment.country) {
    return (
      <Card title={t('customer.title')}>
        <p className="florin-muted">{t('customer.none')}</p>
      </Card>
    )
  }
  return (
    <Card
      title={t('customer.title')}
      actions={customer ? <Go to={paths.customer(customer.id)}>{t('customer.open')}</Go> : null}
    >
      <Facts
        rows={[
          [t('customer.name'), name ?? '–'],
          [t('customer.email'), email ?? '–'],
          payment.payer_name && payment.payer_name !== name
            ? [t('customer.payer'), payment.payer_name]
            : null,
          payment.country ? [t('customer.country'), payment.country] : null,
          customer ? [t('customer.id'), <CopyId key="i" id={customer.id} short />] : null,
        ]}
      />
    </Card>
  )
}

function GatewayCard({ payment }: Props) {
  const { t } = useTranslation('payment')
  const say = useSay()
  const url = outsideUrl(payment.gateway_url)
  if (payment.gateway === null) {
    return (
      <Card title={t('gateway.title')}>
        <p className="florin-muted">{t('gateway.none')}</p>
      </Card>
    )
  }
  return (
    <Card
      title={t('gateway.title')}
      actions={
        url === null ? null : (
          <a href={url} target="_blank" rel="noreferrer" className={classes.outside}>
            {t('gateway.open')}
          </a>
        )
      }
    >
      <Facts
        rows={[
          [t('gateway.gateway'), say('gateway', payment.gateway)],
          [t('gateway.method'), say('method', payment.method) || '–'],
          payment.card
            ? [t('gateway.card'), `${say('brand', payment.card.brand)} •••• ${payment.card.last4}`]
            : null,
          [t('gateway.reference'), <CopyId key="r" id={payment.gateway_ref} />],
          payment.gateway_account_id
            ? [
                t('gateway.account'),
                <Go key="a" to={paths.gateway(payment.gateway_account_id)}>
                  {shortId(payment.gateway_account_id)}
                </Go>,
              ]
            : null,
          ...Object.entries(payment.gateway_details ?? {}).map(
            ([key, value]) => [say('gatewayDetail', key), value] as const,
          ),
        ]}
      />
    </Card>
  )
}
