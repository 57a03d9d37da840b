import { useTranslation } from 'react-i18next'
import type { GatewayEvent } from '../../api/wire.ts'
import { useSay } from '../../i18n/say.ts'
import { pageOfId, paths } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { CopyId, shortId } from '../../ui/CopyId.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { RawText } from '../../ui/RawText.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { Time } from '../../ui/Time.tsx'
import classes from './gateway-events.module.css'
import { Replay } from './Replay.tsx'
import { reasonWords } from './reason-words.ts'

type Props = { readonly event: GatewayEvent; readonly onReplayed: () => void }

/** What came, whether it was believed, what it changed, and the very bytes. */
export function EventDetail({ event, onReplayed }: Props) {
  const { t } = useTranslation('gatewayEvents')
  const { headers = {}, body } = event
  return (
    <div className={classes.parts}>
      <EventFacts event={event} />
      <section>
        <h2 className={classes.title}>{t('changed')}</h2>
        <Changed event={event} />
      </section>
      <Replay event={event} onDone={onReplayed} />
      <section>
        <h2 className={classes.title}>{t('headers')}</h2>
        <RawText label={t('headers')} text={headerLines(headers)} />
      </section>
      <section>
        <h2 className={classes.title}>{t('body')}</h2>
        {body ? (
          <RawText label={t('body')} text={body} />
        ) : (
          <p className="florin-muted">{t('noBody')}</p>
        )}
      </section>
    </div>
  )
}

const headerLines = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')

function EventFacts({ event }: { readonly event: GatewayEvent }) {
  const { t } = useTranslation('gatewayEvents')
  const say = useSay()
  const { payment_id, transaction_id, gateway_account_id: account } = event
  return (
    <Facts
      rows={[
        [t('columns.id'), <CopyId key="id" id={event.id} />],
        [t('columns.type'), <code key="type">{event.type}</code>],
        [t('columns.status'), <StatusBadge key="s" kind="gatewayEvent" status={event.status} />],
        [t('columns.verdict'), say('verdict', event.verdict)],
        event.reason === null ? null : [t('columns.reason'), reasonWords(say, event.reason)],
        [
          t('columns.gateway'),
          <Go key="gateway" to={paths.gateway(account)}>
            {say('gateway', event.gateway)}
          </Go>,
        ],
        [t('columns.object_ref'), <CopyId key="ref" id={event.object_ref} />],
        payment_id === null
          ? null
          : [
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
        [t('columns.deliveries'), t('number', { count: event.deliveries })],
        [t('columns.received_at'), <Time key="received" at={event.received_at} exact />],
        [t('columns.applied_at'), <Time key="applied" at={event.applied_at} exact />],
      ]}
    />
  )
}

/** Each thing the event changed; ids lead to their pages. */
function Changed({ event: { changed } }: { readonly event: GatewayEvent }) {
  const { t } = useTranslation('gatewayEvents')
  if (changed.length === 0) return <p className="florin-muted">{t('nothing')}</p>
  return (
    <ul className={classes.changes}>
      {changed.map((what) => {
        const path = pageOfId(what)
        return <li key={what}>{path === null ? <code>{what}</code> : <Go to={path}>{what}</Go>}</li>
      })}
    </ul>
  )
}
