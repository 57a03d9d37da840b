import { IconCopy } from '@tabler/icons-react'
import type { MouseEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Path } from '../paths.ts'
import { Go, useGo } from '../ui/address.tsx'
import { copyText } from '../ui/copy.ts'
import { notify } from '../ui/notices.tsx'
import classes from './DataTable.module.css'

type LinkProps = {
  readonly to: Path | null
  readonly name: string
  readonly children: ReactNode
}

/** The one link of a row or card. Its name starts with what it shows and ends with what it opens. */
export function RowLink({ to, name, children }: LinkProps) {
  if (to === null) return <>{children}</>
  return (
    <Go to={to} className={classes.link} data-row={name}>
      {children}
      <span className="florin-hidden"> {name}</span>
    </Go>
  )
}

const CONTROLS = 'a, button, input, select, summary'

/** A click anywhere on a row opens it, unless it was on a control or ended a selection of text. */
export function useOpenRow(to: Path | null): (event: MouseEvent) => void {
  const go = useGo()
  return (event) => {
    if (to === null || event.defaultPrevented) return
    if (event.target instanceof Element && event.target.closest(CONTROLS)) return
    if (String(getSelection()) !== '') return
    if (event.metaKey || event.ctrlKey) window.open(to, '_blank', 'noopener')
    else go(to)
  }
}

type CopyProps = {
  readonly text: string
  readonly label: string
  readonly children: ReactNode
}

/** A cell with a button that copies its whole text. */
export function CopyCell({ text, label, children }: CopyProps) {
  const { t } = useTranslation('list')
  const copy = async () => {
    const done = await copyText(text)
    notify(done ? t('table.copied', { text }) : t('table.notCopied'))
  }
  return (
    <span className={classes.copyable}>
      {children}
      <button
        type="button"
        className={classes.copy}
        aria-label={t('table.copy', { column: label, text })}
        onClick={() => void copy()}
        data-copy={text}
      >
        <IconCopy size={14} aria-hidden />
      </button>
    </span>
  )
}
