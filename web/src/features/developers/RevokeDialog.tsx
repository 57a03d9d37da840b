import { useTranslation } from 'react-i18next'
import { useIntent } from '../../api/intent.ts'
import type { ApiKey } from '../../api/wire.ts'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { notify } from '../../ui/notices.tsx'

type Props = {
  readonly apiKey: ApiKey
  readonly onClose: () => void
  readonly onDone: () => void
}

export function RevokeDialog({ apiKey, onClose, onDone }: Props) {
  const { t } = useTranslation('developers')
  const { id, name } = apiKey
  const { run, sending, fault } = useIntent('POST /v1/api_keys/{id}/revoke', `revoke.${id}`)
  const confirm = async () => {
    if ((await run({ id, body: {} })) === null) return
    notify(t('revoked'))
    onDone()
    onClose()
  }
  return (
    <ConfirmDialog
      opened
      danger
      onClose={onClose}
      title={t('revokeTitle')}
      onConfirm={() => void confirm()}
      confirmLabel={t('revokeOf', { name })}
      sending={sending}
      fault={fault}
    >
      <p>{t('revokeText', { name })}</p>
    </ConfirmDialog>
  )
}
