import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keyOf, read } from '../../api/read.ts'
import type { Payment } from '../../api/wire.ts'
import { useLocale } from '../../i18n/language.ts'
import { useSay } from '../../i18n/say.ts'
import { useLive } from '../../live/live.tsx'
import { useRouteId } from '../../ui/address.tsx'
import { formatMoney } from '../../ui/amount.ts'
import { CopyId, shortId } from '../../ui/CopyId.tsx'
import { copyText } from '../../ui/copy.ts'
import { ErrorState } from '../../ui/faults.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { notify } from '../../ui/notices.tsx'
import { Page } from '../../ui/Page.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { useMe } from '../../ui/session.tsx'
import { Actions } from './Actions.tsx'
import { Banners } from './Banners.tsx'
import { CancelDialog } from './CancelDialog.tsx'
import { Cards } from './Cards.tsx'
import { type ActionName, actionState } from './facts.ts'
import { MarkPaidDialog } from './MarkPaidDialog.tsx'
import classes from './PaymentPage.module.css'
import { RefundDialog } from './RefundDialog.tsx'
import { Sections } from './Sections.tsx'
import { Ticks } from './Ticks.tsx'
import { useSync } from './use-sync.ts'

export function PaymentPage() {
  const { t } = useTranslation('payment')
  const id = useRouteId()
  const payment = useQuery(read('/v1/payments/{id}', { id }))
  const refresh = useRefresh(id)
  useLive((event) => {
    if (event.type === 'resync' || (event.type === 'payment' && event.payment_id === id)) refresh()
  })
  if (payment.data) return <Loaded payment={payment.data} onChanged={refresh} />
  return (
    <Page title={t('title', { id: shortId(id) })}>
      {payment.error ? (
        <ErrorState fault={payment.error} onRetry={() => void payment.refetch()} />
      ) : (
        <SkeletonRows columns={2} />
      )}
    </Page>
  )
}

/** Everything this page shows of the payment, asked anew. */
function useRefresh(id: string): () => void {
  const client = useQueryClient()
  return () => {
    for (const address of ADDRESSES) {
      void client.invalidateQueries({ queryKey: keyOf(address, id) })
    }
  }
}

const ADDRESSES = [
  '/v1/payments/{id}',
  '/v1/payments/{id}/timeline',
  '/v1/payments/{id}/transfers',
] as const

type LoadedProps = { readonly payment: Payment; readonly onChanged: () => void }

function Loaded({ payment, onChanged }: LoadedProps) {
  const { t } = useTranslation('payment')
  const locale = useLocale()
  const say = useSay()
  const [dialog, setDialog] = useState<ActionName | null>(null)
  const sync = useSync(payment.id, onChanged)
  const act = (action: ActionName) => (action === 'sync' ? void sync.run() : setDialog(action))
  useActionKeys(payment, act)
  const amount = formatMoney(payment.amount, locale)
  const props = { payment, onClose: () => setDialog(null), onDone: onChanged }
  return (
    <Page
      title={t('windowTitle', { amount, reference: payment.reference ?? shortId(payment.id) })}
      heading={
        <>
          <span className="florin-number">{amount}</span>
          <StatusBadge kind="payment" status={payment.status} flags={payment.flags} />
        </>
      }
      subtitle={
        <>
          <p className={classes.next}>
            <strong>{t('nextStep')}</strong> {say('nextStep', payment.next_step)}
          </p>
          <CopyId id={payment.id} />
        </>
      }
      actions={<Actions payment={payment} onAct={act} syncing={sync.syncing} />}
    >
      <div className={classes.blocks}>
        <Ticks payment={payment} />
        <Banners payment={payment} onAct={act} />
        <Cards payment={payment} />
        <Sections payment={payment} onChanged={onChanged} />
      </div>
      {dialog === 'refund' ? <RefundDialog {...props} /> : null}
      {dialog === 'mark_paid' ? <MarkPaidDialog {...props} /> : null}
      {dialog === 'cancel' ? <CancelDialog {...props} /> : null}
    </Page>
  )
}

/** A key whose action is not allowed says why, as its button does. */
function useActionKeys(payment: Payment, act: (action: ActionName) => void): void {
  const { t } = useTranslation('payment')
  const say = useSay()
  const { permissions } = useMe()
  const run = (action: ActionName) => () => {
    const { allowed, why_not } = actionState(payment, action, permissions)
    if (allowed) act(action)
    else notify(`${t(`actions.${action}`)}: ${say('whyNot', why_not ?? 'not_now')}`)
  }
  useKeys({
    u: { label: t('actions.refund'), run: run('refund') },
    m: { label: t('actions.mark_paid'), run: run('mark_paid') },
    s: { label: t('actions.sync'), run: run('sync') },
    c: {
      label: t('copyId'),
      run: () =>
        void copyText(payment.id).then((done) => notify(t(done ? 'idCopied' : 'idNotCopied'))),
    },
  })
}
