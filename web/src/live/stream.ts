import type { Mode } from '../api/wire.ts'
import { type Message, messageCutter } from './sse.ts'

export type LiveEvent =
  | {
      readonly type: 'payment'
      readonly id: string
      readonly payment_id: string
      readonly change: string
    }
  | { readonly type: 'export'; readonly id: string }
  /** Something may have been missed, or the stream is down and it is time to look. */
  | { readonly type: 'resync' }

export type LiveState = 'connecting' | 'live' | 'polling'

type Listener = { onEvent: (event: LiveEvent) => void; onState: (state: LiveState) => void }

const SILENCE_MAX_MS = 50_000
const RETRY_FIRST_MS = 1_000
const RETRY_MAX_MS = 30_000
const POLL_MS = 10_000
const FAILURES_BEFORE_POLLING = 2

/**
 * One connection for the page. It resumes after the last event it saw; a stream silent for longer
 * than two heartbeats is taken as dead; after two failures the page polls until the stream is back.
 */
export function openStream(mode: Mode, { onEvent, onState }: Listener): () => void {
  const ended = new AbortController()
  let lastId: string | null = null
  let failures = 0
  let polling: ReturnType<typeof setInterval> | undefined

  const poll = (on: boolean) => {
    if (on && polling === undefined)
      polling = setInterval(() => onEvent({ type: 'resync' }), POLL_MS)
    if (!on && polling !== undefined) {
      clearInterval(polling)
      polling = undefined
    }
  }
  const connected = () => {
    if (failures > 0 && lastId === null) onEvent({ type: 'resync' })
    failures = 0
    poll(false)
    onState('live')
  }
  const receive = (message: Message) => {
    if (message.id !== null) lastId = message.id
    const event = eventOf(message)
    if (event !== null) onEvent(event)
  }
  const run = async () => {
    while (!ended.signal.aborted) {
      await listen(mode, lastId, ended.signal, connected, receive)
      if (ended.signal.aborted) break
      failures += 1
      poll(failures >= FAILURES_BEFORE_POLLING)
      onState(failures >= FAILURES_BEFORE_POLLING ? 'polling' : 'connecting')
      await pause(Math.min(RETRY_FIRST_MS * 2 ** (failures - 1), RETRY_MAX_MS), ended.signal)
    }
    poll(false)
  }
  void run()
  return () => ended.abort()
}

/** Ends, without throwing, when the stream ends, breaks or falls silent. */
async function listen(
  mode: Mode,
  lastId: string | null,
  ended: AbortSignal,
  connected: () => void,
  receive: (message: Message) => void,
): Promise<void> {
  const silence = new AbortController()
  let watchdog = setTimeout(() => silence.abort(), SILENCE_MAX_MS)
  const heard = () => {
    clearTimeout(watchdog)
    watchdog = setTimeout(() => silence.abort(), SILENCE_MAX_MS)
  }
  try {
    const response = await fetch(`/v1/stream?mode=${mode}`, {
      headers: { Accept: 'text/event-stream', ...(lastId ? { 'Last-Event-ID': lastId } : {}) },
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.any([ended, silence.signal]),
    })
    if (!response.ok || response.body === null) return
    connected()
    const cut = messageCutter()
    const text = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (let part = await text.read(); !part.done; part = await text.read()) {
      heard()
      for (const message of cut(part.value)) receive(message)
    }
  } catch {
    // A broken line is what the caller's loop is for.
  } finally {
    clearTimeout(watchdog)
  }
}

function eventOf(message: Message): LiveEvent | null {
  let data: Record<string, unknown>
  try {
    data = JSON.parse(message.data)
  } catch {
    return null
  }
  const text = (name: string) => (typeof data[name] === 'string' ? data[name] : '')
  if (message.type === 'payment') {
    return { type: 'payment', id: text('id'), payment_id: text('payment_id'), change: text('type') }
  }
  if (message.type === 'export') return { type: 'export', id: text('export_id') || text('id') }
  return message.type === 'resync' ? { type: 'resync' } : null
}

const pause = (ms: number, ended: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    ended.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
