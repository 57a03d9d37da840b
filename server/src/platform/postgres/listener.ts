import pg from 'pg'
import { assert } from '../../kernel/assert.ts'

/** Null payload: the connection was lost and is back, so something may have been missed. */
export type OnNotice = (payload: string | null) => void
export type Listen = (channel: string, onNotice: OnNotice) => Promise<() => Promise<void>>
type Listener = { readonly listen: Listen; readonly close: () => Promise<void> }

const CHANNEL = /^[a-z_]{1,60}$/
const RECONNECT_MS = { first: 100, most: 5_000 }

/** LISTEN on one connection of its own, opened at the first use and opened again when it breaks. */
export function makeListener(url: string, onFault: (fault: Error) => void): Listener {
  const heard = new Map<string, Set<OnNotice>>()
  let client: pg.Client | null = null
  let opening: Promise<void> | null = null
  let retry: NodeJS.Timeout | null = null
  let wait_ms = RECONNECT_MS.first
  let closed = false

  const lost = (from: pg.Client, fault: Error) => {
    if (from !== client || closed) return
    client = null
    onFault(fault)
    again()
  }
  const again = () => {
    retry = setTimeout(() => {
      wait_ms = Math.min(wait_ms * 2, RECONNECT_MS.most)
      void connected().then(tellEveryone, again)
    }, wait_ms)
  }
  const tellEveryone = () => {
    for (const group of heard.values()) for (const each of group) each(null)
  }
  const open = async () => {
    const fresh = new pg.Client({ connectionString: url, application_name: 'florin listen' })
    fresh.on('error', (fault) => lost(fresh, fault))
    fresh.on('end', () => lost(fresh, new Error('the listening connection ended')))
    fresh.on('notification', ({ channel, payload }) => {
      for (const each of heard.get(channel) ?? []) each(payload ?? '')
    })
    await fresh.connect()
    for (const channel of heard.keys()) await fresh.query(`listen ${channel}`)
    client = fresh
    wait_ms = RECONNECT_MS.first
  }
  const connected = (): Promise<void> => {
    if (client) return Promise.resolve()
    opening ??= open().finally(() => {
      opening = null
    })
    return opening
  }
  const forget = async (channel: string, onNotice: OnNotice) => {
    const group = heard.get(channel)
    group?.delete(onNotice)
    if (group?.size !== 0) return
    heard.delete(channel)
    await client?.query(`unlisten ${channel}`).catch(onFault)
  }

  return {
    listen: async (channel, onNotice) => {
      assert(CHANNEL.test(channel), `"${channel}" is not a channel name`)
      await connected()
      const known = heard.get(channel)
      heard.set(channel, (known ?? new Set()).add(onNotice))
      if (!known) await client?.query(`listen ${channel}`)
      return () => forget(channel, onNotice)
    },
    close: async () => {
      closed = true
      if (retry) clearTimeout(retry)
      await client?.end()
    },
  }
}
