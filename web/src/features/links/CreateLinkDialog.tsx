import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntent } from '../../api/intent.ts'
import { keyOf } from '../../api/read.ts'
import type { PaymentLink } from '../../api/wire.ts'
import { useLocale } from '../../i18n/language.ts'
import { ConfirmDialog, Dialog } from '../../ui/Dialog.tsx'
import { useMe } from '../../ui/session.tsx'
import { LinkFields } from './LinkFields.tsx'
import { LinkReady } from './LinkReady.tsx'
import { emptyLinkForm, hasAmount, linkBody } from './link-form.ts'

type Props = { readonly onClose: () => void }

/** Asks for money by a URL. Its answer is the URL, ready to send. */
export function CreateLinkDialog({ onClose }: Props) {
  const { t } = useTranslation('links')
  const locale = useLocale()
  const client = useQueryClient()
  const { currency } = useMe().merchant
  const [form, setForm] = useState(() => emptyLinkForm(currency))
  const [tried, setTried] = useState(false)
  const [made, setMade] = useState<PaymentLink | null>(null)
  const { run, sending, fault, unsettled } = useIntent('POST /v1/links', 'new-link')
  const create = async () => {
    setTried(true)
    if (unsettled === null && !hasAmount(form, locale)) return
    const link = await run({ body: unsettled?.body ?? linkBody(form, locale) })
    if (link === null) return
    setMade(link)
    void client.invalidateQueries({ queryKey: keyOf('/v1/links') })
  }
  if (made !== null) {
    return (
      <Dialog opened onClose={onClose} title={t('ready.title')}>
        <LinkReady link={made} onClose={onClose} />
      </Dialog>
    )
  }
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('create.title')}
      onConfirm={() => void create()}
      confirmLabel={unsettled === null ? t('create.confirm') : t('create.again')}
      sending={sending}
      fault={fault}
    >
      {unsettled === null ? (
        <LinkFields
          form={form}
          change={(patch) => setForm({ ...form, ...patch })}
          amountFault={tried && !hasAmount(form, locale)}
        />
      ) : (
        <p role="status">{t('create.unsettled')}</p>
      )}
    </ConfirmDialog>
  )
}
