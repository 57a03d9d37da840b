import { Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Payment } from '../../api/wire.ts'
import { useLocale } from '../../i18n/language.ts'
import { useSay } from '../../i18n/say.ts'
import { formatMoney } from '../../ui/amount.ts'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { notify } from '../../ui/notices.tsx'
import { useMode } from '../../ui/session.tsx'
import { AmountField } from './AmountField.tsx'
import { Effect } from './Effect.tsx'
import { REASON_CHARS_MAX } from './reason.ts'
import { useRefundForm } from './refund-form.ts'
import { Unsettled } from './Unsettled.tsx'

type Props = {
  readonly payment: Payment
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Gives money back: how much and why, and what that does. */
export function RefundDialog({ payment, onClose, onDone }: Props) {
  const { t } = useTranslation('payment')
  const say = useSay()
  const locale = useLocale()
  const mode = useMode()
  const form = useRefundForm(payment)
  const { isLocked, preview } = form
  const amount = formatMoney(form.shown, locale)
  const confirm = async () => {
    const refund = await form.send()
    if (refund === null) return
    notify(t('refund.done', { amount, status: say('refundStatus', refund.status) }))
    onDone()
    onClose()
  }
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('refund.title')}
      onConfirm={() => void confirm()}
      confirmLabel={isLocked ? t('unsettled.again') : t(`refund.confirm.${mode}`, { amount })}
      sending={form.sending}
      fault={form.fault}
      disabled={!form.isReady}
    >
      <Unsettled shown={isLocked} />
      <AmountField
        label={t('refund.amount')}
        amount={form.amount}
        max={preview.effect?.max ?? payment.refundable_amount}
        whyMax={say('whyMax', preview.effect?.why_max)}
        isLocked={isLocked}
      />
      <Textarea
        label={t('refund.reason')}
        description={t('refund.reasonHint')}
        required
        value={form.reason}
        onChange={(event) => form.setReason(event.currentTarget.value)}
        maxLength={REASON_CHARS_MAX}
        rows={2}
        readOnly={isLocked}
      />
      <Effect preview={preview} />
    </ConfirmDialog>
  )
}
