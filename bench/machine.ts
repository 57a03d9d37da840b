import { readdirSync, readFileSync } from 'node:fs'
import { arch, cpus, loadavg, platform, totalmem } from 'node:os'

/** Linux counts processor time in hundredths of a second for programs (time(7), USER_HZ). */
const TICK_US = 10_000

export const machine = () => ({
  cores: cpus().length,
  model: cpus()[0]?.model.trim() ?? 'unknown',
  memory_mb: Math.round(totalmem() / 1_048_576),
  system: `${platform()} ${arch()}`,
  node: process.versions.node,
})

export const load = (): number => loadavg()[0] ?? 0

type Stat = { readonly parent: number; readonly own_us: number; readonly gone_us: number }

/** Null when there is no such process, or no /proc to ask. */
function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command name may hold spaces and brackets, so count from its closing bracket (proc(5)).
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map((field) => Number.parseInt(field, 10))
    const ticks = (from: number) => ((fields[from] ?? 0) + (fields[from + 1] ?? 0)) * TICK_US
    return { parent: fields[1] ?? 0, own_us: ticks(11), gone_us: ticks(13) }
  } catch {
    return null
  }
}

export const parentOf = (pid: number): number | null => statOf(pid)?.parent ?? null

/** Processor time of one process with all its threads; null where it cannot be known. */
export const cpuOf = (pid: number): number | null => statOf(pid)?.own_us ?? null

/** Processor time of a process and its children, those that have ended too. */
export function familyCpuOf(pid: number): number | null {
  const stat = statOf(pid)
  if (stat === null) return null
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const all = pids.map((name) => statOf(Number.parseInt(name, 10)))
  const alive = all.filter((each) => each?.parent === pid)
  return alive.reduce((sum, each) => sum + (each?.own_us ?? 0), stat.own_us + stat.gone_us)
}

/** The most memory a process ever held. */
export function peakMemoryOf(pid: number): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const kb = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]
    return kb ? Math.round(Number.parseInt(kb, 10) / 1024) : null
  } catch {
    return null
  }
}
