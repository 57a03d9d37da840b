import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { ok, type Result, refuse } from './books.ts'

/**
 * What this company is told to do wrong, per account. Each switch acts for the next `times` events
 * or answers it applies to, or always.
 */

/** Where an answer switch acts. */
export type Point = 'checkout' | 'charge' | 'refund' | 'page' | 'look_up'
const POINTS = ['checkout', 'charge', 'refund', 'page', 'look_up'] as const satisfies Point[]

const times = Type.Union([Type.Literal('always'), Type.Integer({ minimum: 1, maximum: 1_000_000 })])
const delay_ms = Type.Integer({ minimum: 1, maximum: 600_000 })
const on = Type.Optional(Type.Array(Type.Enum([...POINTS]), { minItems: 1 }))
const make = <T extends Parameters<typeof Type.Object>[0]>(settings: T) =>
  Type.Object({ times, ...settings }, { additionalProperties: false })

const SWITCH = {
  /** Each event is sent this many times in all. */
  duplicate_events: make({ copies: Type.Integer({ minimum: 2, maximum: 100 }) }),
  delay_events: make({ delay_ms }),
  /** Events are held until there are this many, or for 10 s, and then sent last first. */
  reorder_events: make({ group: Type.Integer({ minimum: 2, maximum: 50 }) }),
  lose_events: make({}),
  /** The first attempt of each delivery is damaged on the way; the retries are whole. */
  corrupt_events: make({ part: Type.Enum(['signature', 'body']) }),
  /** The books have it, the answer is 500. Never for a repeat under the same key. */
  error_after_charge: make({ on }),
  /** The books have it, the line is cut without a byte of an answer. */
  cut_after_charge: make({ on }),
  /** Answers 500 and does nothing. */
  error_before_charge: make({ on }),
  rate_limit: make({
    on,
    retry_after_s: Type.Optional(Type.Integer({ minimum: 0, maximum: 3600 })),
  }),
  slow_answers: make({ on, delay_ms }),
  /** A byte at a time, so that the answer takes this long. */
  drip_answers: make({ on, total_ms: delay_ms }),
  /** Half of the answer, then the line is cut. */
  truncate_answers: make({ on }),
  /** 200, with a body that is none of ours. */
  garble_answers: make({ on }),
  /** Answers say another amount, currency, account or mode than the books. */
  misreport: make({ on, field: Type.Enum(['amount', 'currency', 'account', 'mode']) }),
} as const

export type SwitchName = keyof typeof SWITCH
export type Switches = { readonly [Name in SwitchName]?: Static<(typeof SWITCH)[Name]> }
/** Null switches one off; a switch not named stays as it is. */
export type SwitchesInput = { readonly [Name in SwitchName]?: Switches[Name] | null }

const isName = (name: string): name is SwitchName => Object.hasOwn(SWITCH, name)

export const EVENT_SWITCHES = [
  'duplicate_events',
  'delay_events',
  'reorder_events',
  'lose_events',
  'corrupt_events',
] as const satisfies SwitchName[]

/** Used up when an effect commits. */
export const AFTER_SWITCHES = [
  'error_after_charge',
  'cut_after_charge',
] as const satisfies SwitchName[]

/** Used up by every request, before it is looked at. */
export const ANSWER_SWITCHES = [
  'error_before_charge',
  'rate_limit',
  'slow_answers',
  'drip_answers',
  'truncate_answers',
  'garble_answers',
  'misreport',
] as const satisfies SwitchName[]

/** Points an answer switch acts at when it names none: those where money moves. */
const MONEY_POINTS: readonly Point[] = ['charge', 'refund', 'page']
const EVERY_POINT: readonly Point[] = POINTS
const AFTER: readonly string[] = AFTER_SWITCHES
const EVENT: readonly string[] = EVENT_SWITCHES

export type StoredSwitch = {
  readonly name: SwitchName
  readonly remaining: number | null
  readonly settings: Readonly<Record<string, unknown>>
}

export function readSwitches(input: unknown): Result<SwitchesInput> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return refuse('switches_invalid', 'Write an object of switches by name.')
  }
  for (const [name, value] of Object.entries(input)) {
    if (!isName(name)) {
      const known = Object.keys(SWITCH).join(', ')
      return refuse('switches_invalid', `There is no switch "${name}"; there are ${known}.`)
    }
    if (value !== null && !Value.Check(SWITCH[name], value)) {
      const [error] = Value.Errors(SWITCH[name], value)
      const pointer = `/${name}${error?.instancePath ?? ''}`
      return refuse('switches_invalid', `${pointer} ${error?.message ?? ''}`, pointer)
    }
  }
  return ok(input)
}

/** As rows: what is on, with every point it acts at. */
export function storedOf(input: SwitchesInput): { on: StoredSwitch[]; off: SwitchName[] } {
  const on: StoredSwitch[] = []
  const off: SwitchName[] = []
  for (const [name, value] of Object.entries(input)) {
    if (!isName(name)) continue
    if (value === null) {
      off.push(name)
      continue
    }
    const { times: count, ...settings } = value
    const points = AFTER.includes(name) ? MONEY_POINTS : EVERY_POINT
    const remaining = count === 'always' ? null : count
    on.push({
      name,
      remaining,
      settings: EVENT.includes(name) ? settings : { on: points, ...settings },
    })
  }
  return { on, off }
}

export function switchesOf(stored: readonly StoredSwitch[]): Switches {
  const entries = stored.map(({ name, remaining, settings }) => [
    name,
    { times: remaining ?? 'always', ...settings },
  ])
  return Object.fromEntries(entries)
}

/** The switches that act now, by name. */
export type Acting = Switches
export const actingOf = (used: readonly Omit<StoredSwitch, 'remaining'>[]): Acting =>
  switchesOf(used.map((one) => ({ ...one, remaining: null })))

/** One copy of an event on its way to the receiver. */
export type PlannedDelivery = {
  readonly state: 'scheduled' | 'held' | 'lost'
  readonly due_ms: number
  readonly corrupt: 'signature' | 'body' | null
}

/** How long a held event waits for the others of its group. */
const HOLD_MS = 10_000

export function planDeliveries(acting: Acting, now_ms: number): PlannedDelivery[] {
  const corrupt = acting.corrupt_events?.part ?? null
  if (acting.lose_events) return [{ state: 'lost', due_ms: now_ms, corrupt }]
  const copies = acting.duplicate_events?.copies ?? 1
  const delivery: PlannedDelivery = acting.reorder_events
    ? { state: 'held', due_ms: now_ms + HOLD_MS, corrupt }
    : { state: 'scheduled', due_ms: now_ms + (acting.delay_events?.delay_ms ?? 0), corrupt }
  return Array.from({ length: copies }, () => delivery)
}
