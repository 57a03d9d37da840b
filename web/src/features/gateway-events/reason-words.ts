import { hasWords, type Say } from '../../i18n/say.ts'

/** Why an event was parked, or, when it was refused, what was wrong with it. */
export const reasonWords = (say: Say, reason: string | null): string =>
  say(reason !== null && hasWords('verdict', reason) ? 'verdict' : 'parkedReason', reason)
