import { useSyncExternalStore } from 'react'
import { useLocale } from '../i18n/language.ts'
import { formatDay, formatExact, formatRelative, formatTime } from './moment.ts'
import { useTimeZone } from './session.tsx'
import classes from './Time.module.css'

const TICK_MS = 30_000

/** One timer for every time on the page. */
const clock = {
  ticks: 0,
  readers: new Set<() => void>(),
  timer: undefined as ReturnType<typeof setInterval> | undefined,
}

function subscribe(reader: () => void): () => void {
  clock.readers.add(reader)
  clock.timer ??= setInterval(() => {
    clock.ticks += 1
    for (const changed of clock.readers) changed()
  }, TICK_MS)
  return () => {
    clock.readers.delete(reader)
    if (clock.readers.size > 0) return
    clearInterval(clock.timer)
    clock.timer = undefined
  }
}

const snapshot = (): number => clock.ticks

type Props = {
  readonly at: string | null | undefined
  readonly relative?: boolean
  /** With seconds, where the order within a minute matters. */
  readonly exact?: boolean
}

/** An absolute time in the merchant's zone, and beside it how long ago when within a week. */
export function Time({ at, relative = true, exact = false }: Props) {
  const locale = useLocale()
  const zone = useTimeZone()
  useSyncExternalStore(subscribe, snapshot)
  if (!at) return <span className="florin-muted">–</span>
  const ago = relative ? formatRelative(at, locale, Date.now()) : null
  const format = exact ? formatExact : formatTime
  return (
    <time dateTime={at} title={format(at, locale, 'UTC')} className={classes.time}>
      <span className={classes.absolute}>{format(at, locale, zone)}</span>
      {ago === null ? null : <span className={classes.ago}>{ago}</span>}
    </time>
  )
}

/** A calendar day such as a due date, which has no zone. */
export function Day({ on }: { readonly on: string | null | undefined }) {
  const locale = useLocale()
  if (!on) return <span className="florin-muted">–</span>
  return <time dateTime={on}>{formatDay(on, locale)}</time>
}
