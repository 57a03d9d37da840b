import { useEffect, useRef, useSyncExternalStore } from 'react'

export type KeyAction = { readonly label: string; readonly run: () => void }
/** Keys by what is pressed: one sign (`u`, `?`) or `g` and a letter (`g p`). */
export type KeyMap = Readonly<Record<string, KeyAction>>

const STORED = 'florin.keys'
const SEQUENCE_MS = 1_000

/** Where keys work: on one page, or everywhere; a page's own come first. */
type Reach = 'page' | 'everywhere'
type Entry = { readonly map: { readonly current: KeyMap }; readonly reach: Reach }

const entries = new Set<Entry>()
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

/** Adds keys while the component is mounted; the newest map is used. A page's own key wins. */
export function useKeys(map: KeyMap, reach: Reach = 'page'): void {
  const newest = useRef(map)
  useEffect(() => {
    newest.current = map
  })
  useEffect(() => {
    const entry = { map: newest, reach }
    entries.add(entry)
    return () => {
      entries.delete(entry)
    }
  }, [reach])
}

/** What the keys do on this page, for the list behind `?`. */
export const keysInUse = (): [string, string][] => {
  const labels = new Map<string, string>()
  for (const map of mapsByReach()) {
    for (const [key, { label }] of Object.entries(map)) {
      if (!labels.has(key)) labels.set(key, label)
    }
  }
  return [...labels]
}

/** Those of the page before those of everywhere, later ones first. */
function mapsByReach(): KeyMap[] {
  const all = [...entries].reverse()
  const within = (reach: Reach) => all.filter((entry) => entry.reach === reach)
  return [...within('page'), ...within('everywhere')].map(({ map }) => map.current)
}

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
  mapsByReach().find((map) => map[key] !== undefined)?.[key]

/** The frame calls this once; every page adds its keys with `useKeys`. */
export function useKeyboard(): void {
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
