import { useTranslation } from 'react-i18next'
import { copyText } from '../ui/copy.ts'
import { notify } from '../ui/notices.tsx'
import classes from './Chips.module.css'
import { writeColumns } from './column-choice.ts'
import type { ListView } from './use-list-view.ts'

/** Copies an address that shows another person exactly this, their own columns notwithstanding. */
export function CopyLink({ view }: { readonly view: ListView }) {
  const { t } = useTranslation('list')
  const copy = async () => {
    const address = new URL(location.href)
    address.searchParams.set('columns', writeColumns(view.columns))
    const done = await copyText(address.href)
    notify(done ? t('chips.linkCopied') : t('chips.linkNotCopied'))
  }
  return (
    <button type="button" className={classes.clear} onClick={() => void copy()}>
      {t('chips.copyLink')}
    </button>
  )
}
