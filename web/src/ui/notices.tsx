import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './notices.module.css'

type Notice = {
  readonly id: number
  readonly text: string
  readonly tone: 'good' | 'bad'
  /** Told to screen readers only: the eye already saw it happen. */
  readonly quiet: boolean
}
type Options = { readonly tone?: 'good' | 'bad'; readonly quiet?: boolean }

const SHOWN_MS = 6_000
const NOTICES_MAX = 3

let made = 0
let notices: readonly Notice[] = []
const readers = new Set<() => void>()

function put(next: readonly Notice[]): void {
  notices = next
  for (const changed of readers) changed()
}

const dismiss = (id: number): void => put(notices.filter((notice) => notice.id !== id))

/** Says what was done, in a corner and to screen readers; a bad one stays until it is closed. */
export function notify(text: string, { tone = 'good', quiet = false }: Options = {}): void {
  made += 1
  const id = made
  put([...notices, { id, text, tone, quiet }].slice(-NOTICES_MAX))
  if (tone === 'good') setTimeout(() => dismiss(id), SHOWN_MS)
}

const subscribe = (changed: () => void) => {
  readers.add(changed)
  return () => {
    readers.delete(changed)
  }
}

export function Notices() {
  const { t } = useTranslation()
  const shown = useSyncExternalStore(subscribe, () => notices)
  return (
    <div className={classes.corner} role="status" aria-live="polite">
      {shown.map(({ id, text, tone, quiet }) => (
        <div key={id} className={quiet ? 'florin-hidden' : classes.notice} data-tone={tone}>
          <span>{text}</span>
          {quiet ? null : (
            <button type="button" onClick={() => dismiss(id)} className={classes.close}>
              {t('close')}
            </button>
          )}
        </div>
      ))}
    </div>
  )
}
