import pg from 'pg'
import { assert } from '../../kernel/assert.ts'

/** Null payload: the connection was lost and is back, so something may have been missed. */
export type OnNotice = (payload: string | null) => void
export type Listen = (channel: string, onNotice: OnNotice) => Promise<() => Promise<void>>
type Listener = { readonly listen: Listen; readonly close: () => Promise<void> }

const CHANNEL = /^[a-z_]{1,60}$/
const RECONNECT_MS = { first: 100, most: 5_000 }

type State = {
  readonly url: string
  readonly onFault: (fault: Error) => void
  readonly heard: Map<string, Set<OnNotice>>
  client: pg.Client | null
  opening: Promise<void> | null
  retry: NodeJS.Timeout | null
  wait_ms: number
  closed: boolean
}

async function open(state: State): Promise<void> {
  const fresh = new pg.Client({ connectionString: state.url, application_name: 'florin listen' })
  const lost = (fault: Error) => {
    if (fresh !== state.client || state.closed) return
    state.client = null
    state.onFault(fault)
    reopen(state)
  }
  fresh.on('error', lost)
  fresh.on('end', () => lost(new Error('the listening connection ended')))
  fresh.on('notification', ({ channel, payload }) => {
    for (const each of state.heard.get(channel) ?? []) each(payload ?? '')
  })
  await fresh.connect()
  for (const channel of state.heard.keys()) await fresh.query(`listen ${channel}`)
  state.client = fresh
  state.wait_ms = RECONNECT_MS.first
  if (state.closed) await fresh.end()
}

function connected(state: State): Promise<void> {
  if (state.client) return Promise.resolve()
  state.opening ??= open(state).finally(() => {
    state.opening = null
  })
  return state.opening
}

function reopen(state: State): void {
  const tellEveryone = () => {
    for (const group of state.heard.values()) for (const each of group) each(null)
  }
  if (state.closed) return
  state.retry = setTimeout(() => {
    state.wait_ms = Math.min(state.wait_ms * 2, RECONNECT_MS.most)
    void connected(state).then(tellEveryone, () => reopen(state))
  }, state.wait_ms)
}

async function forget(state: State, channel: string, onNotice: OnNotice): Promise<void> {
  const group = state.heard.get(channel)
  group?.delete(onNotice)
  if (group?.size !== 0) return
  state.heard.delete(channel)
  await state.client?.query(`unlisten ${channel}`).catch(state.onFault)
}

/** LISTEN on one connection of its own, opened at the first use and again when it breaks. */
export function makeListener(url: string, onFault: (fault: Error) => void): Listener {
  const state: State = {
    url,
    onFault,
    heard: new Map(),
    client: null,
    opening: null,
    retry: null,
    wait_ms: RECONNECT_MS.first,
    closed: false,
  }
  return {
    listen: async (channel, onNotice) => {
      assert(CHANNEL.test(channel), `"${channel}" is not a channel name`)
      const group = state.heard.get(channel) ?? new Set()
      state.heard.set(channel, group.add(onNotice))
      await connected(state)
      // Again for a channel that is heard already does nothing.
      await state.client?.query(`listen ${channel}`)
      return () => forget(state, channel, onNotice)
    },
    close: async () => {
      state.closed = true
      if (state.retry) clearTimeout(state.retry)
      await state.client?.end()
    },
  }
}
