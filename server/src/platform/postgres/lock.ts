import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { StartFault } from '../start-fault.ts'
import { processStart } from './process-table.ts'

type Holder = { readonly pid: number; readonly started: string }

/** How long a start that took over a dead holder's lock waits before it trusts its own. */
const SETTLE_MS = 50
/** A Florin that was told to stop a moment ago is given this long to end. */
const PATIENCE_MS = 3_000
const STEP_MS = 100

const parse = (text: string): Holder | null => {
  try {
    const { pid, started } = JSON.parse(text) as Partial<Holder>
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : null
  } catch {
    return null
  }
}

const lives = (holder: Holder): boolean => processStart(holder.pid) === holder.started

async function linked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file)
    return true
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw fault
  }
}

/** Moves a dead holder's lock away; puts it back when it was somebody else's fresh one. */
async function clear(file: string, judged: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`
  try {
    await rename(file, aside)
  } catch {
    return
  }
  if ((await readFile(aside, 'utf8')) !== judged) await linked(aside, file)
  await rm(aside, { force: true })
}

/**
 * One Florin per directory: the file holds the process id and its start time, so a lock left by a
 * killed process is recognised even when its number was given to another one.
 */
export async function lockDirectory(
  directory: string,
  shownAs: string,
  patience_ms = PATIENCE_MS,
): Promise<() => void> {
  const file = join(directory, 'florin.lock')
  const self: Holder = { pid: process.pid, started: processStart(process.pid) ?? '' }
  // Unlike any other's, even one that this same process writes.
  const mine = JSON.stringify({ ...self, token: randomUUID() })
  const draft = `${file}.${randomUUID()}`
  let holder: Holder | null = null
  await writeFile(draft, mine, { flag: 'wx', mode: 0o600 })
  try {
    for (let waited_ms = 0; waited_ms <= patience_ms; waited_ms += STEP_MS) {
      if (await linked(draft, file)) {
        if (waited_ms > 0) await pause(SETTLE_MS)
        if ((await readFile(file, 'utf8').catch(() => '')) === mine) return () => unlock(file, mine)
      }
      const found = await readFile(file, 'utf8').catch(() => null)
      holder = parse(found ?? '')
      if (found !== null && !(holder && lives(holder))) await clear(file, found)
      else await pause(STEP_MS)
    }
  } finally {
    await rm(draft, { force: true })
  }
  throw new StartFault(
    `Florin is already running on ${shownAs} (process ${holder?.pid ?? 'unknown'}): ` +
      'stop it first, or set FLORIN_DATA to another folder and PORT to another port.',
  )
}

function unlock(file: string, mine: string): void {
  try {
    if (readFileSync(file, 'utf8') === mine) rmSync(file)
  } catch {
    // Already gone: nothing is locked.
  }
}
