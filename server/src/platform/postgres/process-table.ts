import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * A text that no other process, now or after a restart of the machine, will have for this pid;
 * null when no such process lives (a zombie does not).
 */
export function processStart(pid: number): string | null {
  if (process.platform !== 'linux') {
    const started = spawnSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8' }).stdout
    return started?.trim() || null
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command name may hold spaces and brackets, so count from its closing bracket (proc(5)).
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (state === 'Z' || state === 'X') return null
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot}:${rest[18]}`
  } catch {
    return null
  }
}

/** Whether the process works in this directory, as every PostgreSQL process does in its cluster. */
export function worksIn(pid: number, directory: string): boolean {
  if (process.platform !== 'linux') {
    const command = spawnSync('ps', ['-o', 'command=', '-p', `${pid}`], { encoding: 'utf8' }).stdout
    return command?.includes(directory) ?? false
  }
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === directory && processStart(pid) !== null
  } catch {
    return false
  }
}

/** Every process that works in this directory (only Linux can tell; elsewhere none is found). */
export function processesIn(directory: string): number[] {
  if (process.platform !== 'linux') return []
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map((name) => Number.parseInt(name, 10)).filter((pid) => worksIn(pid, directory))
}

/** Whether the system still has this number, be it a zombie or another user's process. */
export function isKnown(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM'
  }
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It ended meanwhile, which is what every signal sent here is for.
  }
}

/** Looks every 20 ms; says whether it became true in time. */
export async function becomes(condition: () => boolean, limit_ms: number): Promise<boolean> {
  for (let waited_ms = 0; waited_ms < limit_ms; waited_ms += 20) {
    if (condition()) return true
    await pause(20)
  }
  return condition()
}
