import { DAY_MS, MINUTE_MS, momentsOf, outageOf, type Span } from './calendar.ts'
import type { Dice } from './dice.ts'
import { type Customer, customersOf } from './people.ts'
import { type Cue, plotOf, ROLL_CALL } from './plots.ts'

/** When one story begins, and what must happen in it, if that was decided before. */
export type Scene = { readonly at_ms: number; readonly cue: Cue | null }

export type Script = {
  readonly span: Span
  readonly dice: Dice
  readonly customers: readonly Customer[]
  readonly scenes: readonly Scene[]
  readonly isDown: (at_ms: number) => boolean
}

/** Of a hundred payments, how many customers there are. */
const CUSTOMERS_PERCENT = 6

/** Who there is and when what begins: a function of the seed and the span alone. */
export function writeScript(span: Span, payments: number, timeZone: string, dice: Dice): Script {
  const called = ROLL_CALL.slice(0, payments).map((cue, at): Scene => {
    const { least_ms = 0, most_ms = Number.POSITIVE_INFINITY } = plotOf(cue.plot)
    const most = Math.min(most_ms, span.days * DAY_MS)
    const age_ms = dice.of(`roll call ${at}`).between(Math.min(least_ms + MINUTE_MS, most), most)
    return { at_ms: span.until_ms - age_ms, cue }
  })
  const rest = payments - called.length
  const moments = momentsOf(span, rest, timeZone, dice.of('moments'))
  const scenes = [...called, ...moments.map((at_ms): Scene => ({ at_ms, cue: null }))]
  const count = Math.max(3, Math.round((payments * CUSTOMERS_PERCENT) / 100))
  return {
    span,
    dice,
    customers: customersOf(span, count, dice.of('customers')),
    scenes: scenes.sort((a, b) => a.at_ms - b.at_ms),
    isDown: outageOf(span, timeZone),
  }
}
