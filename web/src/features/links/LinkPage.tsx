import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntent } from '../../api/intent.ts'
import type { PaymentLink } from '../../api/wire.ts'
import { RowPage } from '../../list/RowPage.tsx'
import { paths } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { Card } from '../../ui/Card.tsx'
import { CopyId, shortId } from '../../ui/CopyId.tsx'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { notify } from '../../ui/notices.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { useCan } from '../../ui/session.tsx'
import { Day, Time } from '../../ui/Time.tsx'
import { LinkAmount } from './LinkAmount.tsx'

export function LinkPage() {
  const { t } = useTranslation('links')
  return (
    <RowPage
      template="/v1/links/{id}"
      title={(id) => t('page', { id })}
      heading={(row) => (
        <>
          {row.reference ?? t('facts')} <LinkAmount link={row} />
          <StatusBadge kind="link" status={row.status} />
        </>
      )}
      actions={(row, refetch) => <CancelLink link={row} onDone={refetch} />}
    >
      {(row) => (
        <Card title={t('facts')}>
          <LinkFacts row={row} />
        </Card>
      )}
    </RowPage>
  )
}

function LinkFacts({ row }: { readonly row: PaymentLink }) {
  const { t } = useTranslation('links')
  const { payment_id, customer_id } = row
  return (
    <Facts
      rows={[
        [t('columns.id'), <CopyId key="id" id={row.id} />],
        [t('columns.url'), <CopyId key="url" id={row.url} label={t('copyUrl')} />],
        [t('columns.amount'), <LinkAmount key="amount" link={row} />],
        [t('columns.reference'), row.reference ?? '–'],
        row.description === null ? null : [t('columns.description'), row.description],
        [t('columns.payer'), [row.payer_name, row.payer_email].filter(Boolean).join(' · ') || '–'],
        customer_id === null
          ? null
          : [
              t('customer'),
              <Go key="customer" to={paths.customer(customer_id)}>
                {shortId(customer_id)}
              </Go>,
            ],
        payment_id === null
          ? null
          : [
              t('columns.payment_id'),
              <Go key="payment" to={paths.payment(payment_id)}>
                {shortId(payment_id)}
              </Go>,
            ],
        [t('reusable'), t(row.reusable ? 'reusableYes' : 'reusableNo')],
        [t('columns.due_on'), <Day key="due" on={row.due_on} />],
        [t('columns.expires_at'), <Time key="expires" at={row.expires_at} />],
        [t('columns.created_at'), <Time key="created" at={row.created_at} />],
      ]}
    />
  )
}

type CancelProps = { readonly link: PaymentLink; readonly onDone: () => void }

/** Only an open link can be cancelled; money that is on its way is still taken into account. */
function CancelLink({ link, onDone }: CancelProps) {
  const { t } = useTranslation('links')
  const mayCancel = useCan('create_payment_link')
  const [asking, setAsking] = useState(false)
  const { run, sending, fault } = useIntent('POST /v1/links/{id}/cancel', `cancel-link.${link.id}`)
  if (!mayCancel || (link.status !== 'open' && link.status !== 'partially_paid')) return null
  const confirm = async () => {
    if ((await run({ id: link.id, body: {} })) === null) return
    setAsking(false)
    notify(t('cancel.done'))
    onDone()
  }
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('cancel.open')}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('cancel.title')}
        onConfirm={() => void confirm()}
        confirmLabel={t('cancel.open')}
        sending={sending}
        fault={fault}
        danger
      >
        <p>{t('cancel.text')}</p>
      </ConfirmDialog>
    </>
  )
}
