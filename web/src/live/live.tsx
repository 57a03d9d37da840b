import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import type { Mode } from '../api/wire.ts'
import type { LiveEvent } from './events.ts'
import { type LiveState, openStream } from './stream.ts'

type Listener = (event: LiveEvent) => void

const Listeners = createContext<Set<Listener> | null>(null)
const State = createContext<LiveState>('connecting')

/** Opens the page's one stream; pages listen with `useLive`. */
export function LiveProvider({ mode, children }: { mode: Mode; children: ReactNode }) {
  const [listeners] = useState(() => new Set<Listener>())
  const [state, setState] = useState<LiveState>('connecting')
  useEffect(
    () =>
      openStream(mode, {
        onEvent: (event) => {
          for (const listener of listeners) listener(event)
        },
        onState: setState,
      }),
    [mode, listeners],
  )
  return (
    <Listeners value={listeners}>
      <State value={state}>{children}</State>
    </Listeners>
  )
}

/** Calls back on every live event while mounted; the newest callback is used. */
export function useLive(onEvent: Listener): void {
  const listeners = useContext(Listeners)
  const newest = useRef(onEvent)
  useEffect(() => {
    newest.current = onEvent
  })
  useEffect(() => {
    if (listeners === null) return
    const listener: Listener = (event) => newest.current(event)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }, [listeners])
}

export const useLiveState = (): LiveState => useContext(State)
