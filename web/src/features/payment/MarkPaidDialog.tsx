import { NativeSelect, Textarea } from '@mantine/core'
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
import { useMarkPaidForm, WAYS } from './mark-paid-form.ts'
import { REASON_CHARS_MAX } from './reason.ts'
import { Unsettled } from './Unsettled.tsx'

type Props = {
  readonly payment: Payment
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Says that money came which no gateway has told of: how that is known, how much, and why. */
export function MarkPaidDialog({ payment, onClose, onDone }: Props) {
  const { t } = useTranslation('payment')
  const locale = useLocale()
  const mode = useMode()
  const form = useMarkPaidForm(payment)
  const amount = formatMoney(form.shown, locale)
  const confirm = async () => {
    if (!(await form.send())) return
    notify(t('markPaid.done', { amount }))
    onDone()
    onClose()
  }
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('markPaid.title')}
      onConfirm={() => void confirm()}
      confirmLabel={
        form.isLocked ? t('unsettled.again') : t(`markPaid.confirm.${mode}`, { amount })
      }
      sending={form.sending}
      fault={form.fault}
      disabled={!form.isReady}
    >
      <p className="florin-muted">{t('markPaid.text')}</p>
      <Unsettled shown={form.isLocked} />
      <Fields form={form} />
      <Effect preview={form.preview} />
    </ConfirmDialog>
  )
}

function Fields({ form }: { readonly form: ReturnType<typeof useMarkPaidForm> }) {
  const { t } = useTranslation('payment')
  const say = useSay()
  const { effect } = form.preview
  return (
    <>
      <NativeSelect
        label={t('markPaid.how')}
        required
        value={form.way ?? ''}
        onChange={(event) => form.setWay(event.currentTarget.value)}
        data={[
          { value: '', label: t('markPaid.choose'), disabled: true },
          ...WAYS.map((one) => ({ value: one, label: t(`markPaid.ways.${one}`) })),
        ]}
        disabled={form.isLocked}
      />
      <AmountField
        label={t('markPaid.amount')}
        amount={form.amount}
        max={effect?.max ?? form.missing}
        whyMax={say('whyMax', effect?.why_max ?? 'due')}
        isLocked={form.isLocked}
      />
      <Textarea
        label={t('markPaid.reason')}
        description={t('markPaid.reasonHint')}
        required
        value={form.reason}
        onChange={(event) => form.setReason(event.currentTarget.value)}
        maxLength={REASON_CHARS_MAX}
        rows={2}
        readOnly={form.isLocked}
      />
    </>
  )
}
