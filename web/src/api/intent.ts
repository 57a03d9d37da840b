import { useState } from 'react'
import type { Writes } from './endpoints.ts'
import { ApiFault, isUnsettled } from './fault.ts'
import { type Intent, intentStore } from './intent-store.ts'
import { currentMode } from './mode.ts'
import { randomKey, write } from './request.ts'

const memory = new Map<string, string>()

/** Storage that may be refused by the browser: then an intent lasts as long as the page. */
const storage = {
  getItem: (name: string) =>
    attempt(() => sessionStorage.getItem(name)) ?? memory.get(name) ?? null,
  setItem: (name: string, value: string) => {
    memory.set(name, value)
    attempt(() => sessionStorage.setItem(name, value))
  },
  removeItem: (name: string) => {
    memory.delete(name)
    attempt(() => sessionStorage.removeItem(name))
  },
}

function attempt<T>(run: () => T): T | null {
  try {
    return run()
  } catch {
    return null
  }
}

const intents = intentStore(storage, randomKey)

export type IntentState<W extends keyof Writes> = {
  readonly run: (args: {
    id?: string
    body: Writes[W]['body']
  }) => Promise<Writes[W]['answer'] | null>
  readonly sending: boolean
  readonly fault: ApiFault | null
  /** The answer was lost: nobody knows yet whether it was done. Only the same body may be sent. */
  readonly unsettled: (Intent & { readonly body: Writes[W]['body'] }) | null
  readonly forget: () => void
}

/**
 * Sends one wish under one Idempotency-Key until it is answered for good. `run` answers null on a
 * fault, which is then in `fault`.
 */
export function useIntent<W extends keyof Writes>(endpoint: W, name: string): IntentState<W> {
  const stored = `${currentMode()}.${name}`
  const [sending, setSending] = useState(false)
  const [fault, setFault] = useState<ApiFault | null>(null)
  const [unsettled, setUnsettled] = useState(() => intents.find(stored))
  const run: IntentState<W>['run'] = async ({ id, body }) => {
    const intent = intents.open(stored, id ?? null, body)
    setSending(true)
    setFault(null)
    try {
      const answer = await write(endpoint, { id, body, key: intent.key })
      intents.settle(stored)
      setUnsettled(null)
      return answer
    } catch (thrown) {
      if (!(thrown instanceof ApiFault)) throw thrown
      if (isUnsettled(thrown)) setUnsettled(intent)
      else {
        intents.settle(stored)
        setUnsettled(null)
      }
      setFault(thrown)
      return null
    } finally {
      setSending(false)
    }
  }
  const forget = () => {
    if (unsettled === null) intents.settle(stored)
    setFault(null)
  }
  return { run, sending, fault, unsettled: unsettled as IntentState<W>['unsettled'], forget }
}
