import type { Clock, NewId, Random } from './clock.ts'
import type { Log } from './log.ts'
import type { Database } from './postgres/index.ts'

/** What most actions need; main makes it once. */
export type Deps = {
  readonly db: Database
  readonly clock: Clock
  readonly random: Random
  readonly newId: NewId
  readonly log: Log
}
