import { useEffect, useRef, useSyncExternalStore } from 'react'

export type KeyAction = { readonly label: string; readonly run: () => void }
/** Keys by what is pressed: one sign (`u`, `?`) or `g` and a letter (`g p`). */
export type KeyMap = Readonly<Record<string, KeyAction>>

const STORED = 'florin.keys'
const SEQUENCE_MS = 1_000

const maps = new Set<{ readonly current: KeyMap }>()
const readers = new Set<() => void>()
let pressed = { key: '', at_ms: 0 }

const changed = () => {
  for (const reader of readers) reader()
}

/** Single keys can be turned off (WCAG 2.1.4): speech input and tremor type letters unmeant. */
export const keysAreOn = (): boolean => {
  try {
    return localStorage.getItem(STORED) !== 'off'
  } catch {
    return true
  }
}

export function turnKeys(on: boolean): void {
  try {
    localStorage.setItem(STORED, on ? 'on' : 'off')
  } catch {
    // Then the choice cannot be kept.
  }
  changed()
}

const subscribe = (reader: () => void) => {
  readers.add(reader)
  return () => {
    readers.delete(reader)
  }
}

export const useKeysAreOn = (): boolean => useSyncExternalStore(subscribe, keysAreOn)

/** Adds keys while the component is mounted; the newest map is used, a later one wins. */
export function useKeys(map: KeyMap): void {
  const newest = useRef(map)
  useEffect(() => {
    newest.current = map
  })
  useEffect(() => {
    maps.add(newest)
    return () => {
      maps.delete(newest)
    }
  }, [])
}

/** What the keys do on this page, for the list behind `?`. */
export const keysInUse = (): [string, string][] =>
  [...maps].flatMap((map) => Object.entries(map.current).map(([key, { label }]) => [key, label]))

const TYPING = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]'

const isMeantForPage = (event: KeyboardEvent): boolean =>
  !event.defaultPrevented &&
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  !event.isComposing &&
  !(event.target instanceof Element && event.target.closest(`${TYPING}, [role="menu"]`)) &&
  document.querySelector('dialog[open]') === null

function onKeyDown(event: KeyboardEvent): void {
  if (!isMeantForPage(event) || !keysAreOn()) return
  const sequence =
    event.timeStamp - pressed.at_ms < SEQUENCE_MS ? `${pressed.key} ${event.key}` : event.key
  pressed = { key: event.key, at_ms: event.timeStamp }
  const action = findAction(sequence) ?? findAction(event.key)
  if (action === undefined) return
  event.preventDefault()
  pressed = { key: '', at_ms: 0 }
  action.run()
}

const findAction = (key: string): KeyAction | undefined =>
  [...maps].reverse().find((map) => map.current[key] !== undefined)?.current[key]

/** The frame calls this once; every page adds its keys with `useKeys`. */
export function useKeyboard(): void {
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
