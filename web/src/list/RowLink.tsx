import { IconCopy } from '@tabler/icons-react'
import type { MouseEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Path } from '../paths.ts'
import { Go, useGo } from '../ui/address.tsx'
import { copyText } from '../ui/copy.ts'
import { notify } from '../ui/notices.tsx'
import classes from './DataTable.module.css'

/** Opens a row beside the list instead of on its own page. */
export type OpenRow = (id: string) => void

type LinkProps = {
  readonly to: Path | null
  readonly name: string
  readonly onClick: (event: MouseEvent) => void
  readonly children: ReactNode
}

/** The one link of a row or card. Its name is what it shows, then what it opens. */
export function RowLink({ to, name, onClick, children }: LinkProps) {
  if (to === null) return <>{children}</>
  return (
    <Go to={to} className={classes.link} data-row={name} onClick={onClick}>
      {children}
      <span className="florin-hidden"> {name}</span>
    </Go>
  )
}

const CONTROLS = 'a, button, input, select, summary'

/**
 * A click anywhere on a row opens it, unless it was on a control or ended a selection of text. The
 * row's own link takes care of itself, except where rows open beside the list.
 */
export function useOpenRow(to: Path | null, id: string, onOpen: OpenRow | undefined) {
  const go = useGo()
  return (event: MouseEvent) => {
    if (to === null || event.defaultPrevented) return
    const control = event.target instanceof Element ? event.target.closest(CONTROLS) : null
    const aside = event.metaKey || event.ctrlKey || event.shiftKey
    if (control !== null) {
      if (!control.hasAttribute('data-row') || onOpen === undefined || aside) return
      event.preventDefault()
      onOpen(id)
    } else if (String(getSelection()) === '') {
      if (aside) window.open(to, '_blank', 'noopener')
      else if (onOpen === undefined) void go(to)
      else onOpen(id)
    }
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
