import type { Mode } from '../api/wire.ts'
import { type LiveEvent, liveEventOf } from './events.ts'

export type LiveState = 'connecting' | 'live' | 'polling'

type Listener = {
  readonly onEvent: (event: LiveEvent) => void
  readonly onState: (state: LiveState) => void
}

/** The kinds of events of which some page shows something. */
const KINDS = ['payment', 'refund', 'checkout_session', 'export']
const POLL_MS = 10_000
const REOPEN_MS = 15_000

/**
 * One stream for the page. The browser reconnects by itself and resumes after the last event it
 * saw; when it has given up, the page polls and opens a new stream until one stays.
 */
export function openStream(mode: Mode, { onEvent, onState }: Listener): () => void {
  let opens = 0
  let source: EventSource | null = null
  let polling: ReturnType<typeof setInterval> | undefined
  let reopening: ReturnType<typeof setTimeout> | undefined

  const resync = () => onEvent({ type: 'resync' })
  const poll = (on: boolean) => {
    clearInterval(polling)
    polling = on ? setInterval(resync, POLL_MS) : undefined
  }
  const receive = (message: MessageEvent<string>) => {
    const event = liveEventOf(message.data)
    if (event !== null) onEvent(event)
  }
  const open = () => {
    const opened = new EventSource(`/v1/stream?mode=${mode}`)
    source = opened
    for (const kind of KINDS) opened.addEventListener(kind, receive)
    opened.onopen = () => {
      poll(false)
      onState('live')
      // What passed while the line was down may not be told again.
      if (opens > 0) resync()
      opens += 1
    }
    opened.onerror = () => {
      if (opened.readyState !== EventSource.CLOSED) return onState('connecting')
      onState('polling')
      if (polling === undefined) poll(true)
      clearTimeout(reopening)
      reopening = setTimeout(() => open(), REOPEN_MS)
    }
  }
  open()
  return () => {
    clearTimeout(reopening)
    poll(false)
    source?.close()
  }
}
