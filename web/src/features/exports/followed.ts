import { useSyncExternalStore } from 'react'
import { currentMode } from '../../api/mode.ts'
import { recall, remember } from '../../list/remembered.ts'

/** Exports that were started here and not put away yet; they are followed over reloads. */
const FOLLOWED_MAX = 5

const readers = new Set<() => void>()
const nameOf = (): string => `exports.${currentMode()}`
const read = (): string => recall(nameOf()) ?? ''
const idsIn = (text: string): string[] => text.split(',').filter((id) => id !== '')

function put(ids: readonly string[]): void {
  remember(nameOf(), ids.length === 0 ? null : ids.join(','))
  for (const changed of readers) changed()
}

/** Started on this very page: its file comes by itself when it is ready. */
const awaited = new Set<string>()

export function follow(id: string): void {
  awaited.add(id)
  put([...idsIn(read()).filter((other) => other !== id), id].slice(-FOLLOWED_MAX))
}

/** Whether the file is still to be handed over; true once. */
export const takeAwaited = (id: string): boolean => awaited.delete(id)

export const unfollow = (id: string): void => put(idsIn(read()).filter((other) => other !== id))

const subscribe = (changed: () => void) => {
  readers.add(changed)
  return () => {
    readers.delete(changed)
  }
}

export const useFollowed = (): string[] => idsIn(useSyncExternalStore(subscribe, read))
