import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntent } from '../../api/intent.ts'
import { write } from '../../api/request.ts'
import type { Payment } from '../../api/wire.ts'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { notify } from '../../ui/notices.tsx'
import { useMode } from '../../ui/session.tsx'
import { Effect } from './Effect.tsx'
import { REASON_CHARS_MAX } from './reason.ts'
import { shownFault, Unsettled } from './Unsettled.tsx'
import { usePreview } from './use-preview.ts'

type Props = {
  readonly payment: Payment
  readonly onClose: () => void
  readonly onDone: () => void
}

const ENDPOINT = 'POST /v1/payments/{id}/cancel'

/** Stops collecting. Money that comes all the same is still taken into account. */
export function CancelDialog({ payment, onClose, onDone }: Props) {
  const { t } = useTranslation('payment')
  const mode = useMode()
  const { id } = payment
  const intent = useIntent(ENDPOINT, `cancel.${id}`)
  const locked = intent.unsettled
  const [reason, setReason] = useState(locked?.body.reason ?? '')
  const preview = usePreview(`cancel.${id}`, locked ? null : {}, (_body, key) =>
    write(ENDPOINT, { id, key, body: { dry_run: true } }),
  )
  const confirm = async () => {
    const text = reason.trim()
    const body = locked?.body ?? (text === '' ? {} : { reason: text })
    if ((await intent.run({ id, body })) === null) return
    notify(t('cancel.done'))
    onDone()
    onClose()
  }
  return (
    <ConfirmDialog
      opened
      danger
      onClose={onClose}
      title={t('cancel.title')}
      onConfirm={() => void confirm()}
      confirmLabel={locked ? t('unsettled.again') : t(`cancel.confirm.${mode}`)}
      sending={intent.sending}
      fault={shownFault(intent.fault)}
    >
      <p>{t('cancel.text')}</p>
      <Unsettled shown={locked !== null} />
      <TextInput
        label={t('cancel.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={REASON_CHARS_MAX}
        readOnly={locked !== null}
      />
      <Effect preview={preview} />
    </ConfirmDialog>
  )
}
