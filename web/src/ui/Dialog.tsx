import { Button, CloseButton } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiFault } from '../api/fault.ts'
import classes from './Dialog.module.css'
import { ProblemAlert } from './faults.tsx'

type DialogProps = {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: string
  readonly children: ReactNode
  readonly size?: 'normal' | 'wide'
  /** While something is under way, neither Escape nor the button closes it. */
  readonly busy?: boolean
  readonly place?: 'middle' | 'right' | 'left'
}

const FIRST_FIELD = ['input', 'select', 'textarea']
  .map((field) => `form ${field}:not([disabled])`)
  .join()

/**
 * The browser's own modal dialog: it keeps the focus inside, gives it back, and makes the rest
 * inert. Its content exists only while it is open, so every opening starts fresh.
 */
export function Dialog(props: DialogProps) {
  const { opened, onClose, title, children, busy = false } = props
  const { t } = useTranslation()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (!opened || element === null) return
    const before = document.activeElement
    element.showModal()
    element.querySelector<HTMLElement>(FIRST_FIELD)?.focus()
    return () => {
      element.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [opened])
  if (!opened) return null
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way.
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-labelledby={id}
      data-place={props.place ?? 'middle'}
      data-size={props.size ?? 'normal'}
      onCancel={(event) => {
        event.preventDefault()
        if (!busy) onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current && !busy) onClose()
      }}
    >
      <div className={classes.inside}>
        <div className={classes.top}>
          <h2 id={id} className={classes.title}>
            {title}
          </h2>
          <CloseButton aria-label={t('close')} onClick={onClose} disabled={busy} />
        </div>
        {children}
      </div>
    </dialog>
  )
}

export function SidePanel(props: Omit<DialogProps, 'place'>) {
  return <Dialog {...props} place="right" />
}

type ConfirmProps = {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: string
  readonly children: ReactNode
  readonly onConfirm: () => void
  readonly confirmLabel: string
  readonly sending: boolean
  readonly fault?: ApiFault | null
  readonly danger?: boolean
  readonly disabled?: boolean
}

/** A question with its consequence, and two answers; Enter in a field gives the second. */
export function ConfirmDialog(props: ConfirmProps) {
  const { opened, onClose, title, children, sending } = props
  const { t } = useTranslation()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!sending && !props.disabled) props.onConfirm()
  }
  return (
    <Dialog opened={opened} onClose={onClose} title={title} busy={sending}>
      <form onSubmit={submit} className={classes.form}>
        {children}
        <ProblemAlert fault={props.fault ?? null} />
        <div className={classes.answers}>
          <Button variant="default" onClick={onClose} disabled={sending}>
            {t('dismiss')}
          </Button>
          <Button
            type="submit"
            loading={sending}
            disabled={props.disabled ?? false}
            {...(props.danger ? { color: 'red' } : {})}
          >
            {props.confirmLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
