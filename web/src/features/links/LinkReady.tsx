import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PaymentLink } from '../../api/wire.ts'
import { paths } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { copyText } from '../../ui/copy.ts'
import { notify } from '../../ui/notices.tsx'
import { LinkAmount } from './LinkAmount.tsx'
import classes from './links.module.css'

type Props = { readonly link: PaymentLink; readonly onClose: () => void }

/** The URL of a new link, to be sent to the payer. */
export function LinkReady({ link, onClose }: Props) {
  const { t } = useTranslation('links')
  const copy = async () => {
    const done = await copyText(link.url)
    notify(t(done ? 'ready.copied' : 'ready.notCopied'), { tone: done ? 'good' : 'bad' })
  }
  return (
    <div className={classes.ready}>
      <p>
        <LinkAmount link={link} />
        {link.reference === null ? null : ` · ${link.reference}`}
      </p>
      <code className={classes.url}>{link.url}</code>
      <div className={classes.ways}>
        <Button data-autofocus onClick={() => void copy()}>
          {t('ready.copy')}
        </Button>
        <Button component="a" variant="default" href={link.url} target="_blank" rel="noreferrer">
          {t('ready.open')}
        </Button>
        <Go to={paths.link(link.id)} onClick={onClose}>
          {t('ready.details')}
        </Go>
      </div>
    </div>
  )
}
