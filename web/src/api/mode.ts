import type { Mode } from './wire.ts'

const KEY = 'florin.mode'

const isMode = (text: unknown): text is Mode => text === 'test' || text === 'live'

let current: Mode = remembered()

function remembered(): Mode {
  try {
    const stored = globalThis.localStorage?.getItem(KEY)
    return isMode(stored) ? stored : 'test'
  } catch {
    return 'test'
  }
}

/** The mode every request is made in. The address decides it; this is what the address said. */
export const currentMode = (): Mode => current

export function enterMode(asked: unknown): Mode {
  if (!isMode(asked)) return current
  current = asked
  try {
    globalThis.localStorage?.setItem(KEY, asked)
  } catch {
    // Storage may be refused; the address still holds the mode.
  }
  return current
}
