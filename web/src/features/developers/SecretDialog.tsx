import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CopyId } from '../../ui/CopyId.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import classes from './ApiKeysPage.module.css'

type Props = { readonly secret: string; readonly onClose: () => void }

/** The only time that a key is seen; it is kept nowhere in the browser. */
export function SecretDialog({ secret, onClose }: Props) {
  const { t } = useTranslation('developers')
  return (
    <Dialog opened onClose={onClose} title={t('secret.title')} busy>
      <p>{t('secret.text')}</p>
      <div className={classes.secret}>
        <CopyId id={secret} label={t('secret.label')} />
      </div>
      <Button onClick={onClose}>{t('secret.done')}</Button>
    </Dialog>
  )
}
