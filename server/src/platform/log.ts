import type { Clock } from './clock.ts'

/**
 * One JSON object a line on standard error. Callers pass fields by name; request and event bodies,
 * headers and secrets are never passed.
 */
export type Log = {
  readonly info: (message: string, fields?: LogFields) => void
  readonly warn: (message: string, fields?: LogFields) => void
  readonly error: (message: string, fields?: LogFields) => void
}
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

export type LogLevel = 'info' | 'warn' | 'error' | 'silent'
const RANK: Record<LogLevel, number> = { info: 0, warn: 1, error: 2, silent: 3 }

export function makeLog(clock: Clock, level: LogLevel): Log {
  const at = (own: 'info' | 'warn' | 'error') => (message: string, fields?: LogFields) => {
    if (RANK[own] < RANK[level]) return
    const line = { time: new Date(clock.now()).toISOString(), level: own, message, ...fields }
    process.stderr.write(`${JSON.stringify(line)}\n`)
  }
  return { info: at('info'), warn: at('warn'), error: at('error') }
}

/** What a caught value says, without its stack. */
export const messageOf = (fault: unknown): string =>
  fault instanceof Error ? fault.message : String(fault)
