import {
  abandoned,
  byToken,
  isDeclined,
  OFTEN,
  type Play,
  paid,
  paidTwice,
  partOf,
  pays,
  type Reason,
  refund,
  toTheEnd,
  visit,
  WHY_REFUND,
} from './acts.ts'
import { cancel, expire, markPaid } from './by-hand.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from './calendar.ts'
import { change, failToSend, hear, lose, startCharge } from './charges.ts'
import type { GatewayName } from './gateways.ts'
import { askRefund, endRefund, refundAtGateway } from './refunds.ts'
import { type Story, wait } from './story.ts'

export type Plot = {
  /** How often, against the others that are possible. */
  readonly share: number
  /** How long ago it must have begun, at least and at most. */
  readonly least_ms?: number
  readonly most_ms?: number
  readonly gateways?: readonly GatewayName[]
  /** The payer is not there: only what the shop's own program asks for. */
  readonly unattended?: true
  readonly expiry_ms?: number
  readonly run: (story: Story, play: Play) => void
}

const TIMED_OUT = 'The gateway could not be reached: connecting took longer than 10 s.'
/** A payment's time, and some. */
const OVER_MS = 90 * MINUTE_MS

export const PLOTS = {
  paid: { share: 6900, run: (story, play) => void paid(story, play) },
  paid_by_token: {
    share: 2600,
    unattended: true,
    gateways: ['sandbox', 'stripe'],
    run: (story, play) => {
      const charge = byToken(story, play)
      const { card, country } = play
      hear(story, charge, { state: 'approved', card, country }, 'answer')
    },
  },
  tried_again: {
    share: 420,
    run: (story, play) => {
      isDeclined(story, visit(story, play), play)
      if (story.dice.chance(20)) isDeclined(story, visit(story, play), play)
      paid(story, play)
    },
  },
  declined: {
    share: 620,
    run: (story, play) => {
      isDeclined(story, visit(story, play), play)
      if (story.dice.chance(25)) isDeclined(story, visit(story, play), play)
    },
  },
  unreachable: {
    share: 12,
    run: (story, play) => {
      wait(story, 15_000, 5 * MINUTE_MS)
      const charge = startCharge(story, play.gateway, play.method)
      wait(story, 10_000)
      failToSend(story, charge, TIMED_OUT)
    },
  },
  abandoned: {
    share: 300,
    least_ms: OVER_MS,
    run: (story, play) => void abandoned(story, play),
  },
  never_began: {
    share: 330,
    least_ms: OVER_MS,
    run: (story) => {
      toTheEnd(story)
      expire(story)
    },
  },
  gave_up: {
    share: 130,
    least_ms: OVER_MS,
    run: (story, play) => {
      const charge = visit(story, play)
      wait(story, 10_000, 2 * MINUTE_MS)
      const message = 'The payer canceled.'
      hear(story, charge, { state: 'rejected', reason: 'customer_canceled', message }, 'event')
      toTheEnd(story)
      expire(story)
    },
  },
  canceled: {
    share: 90,
    run: (story) => {
      wait(story, 2 * MINUTE_MS, 45 * MINUTE_MS)
      const why = ['Ordered by mistake', 'Commande annulée par le client', null]
      cancel(story, story.stage.owner, story.dice.pick(why))
    },
  },
  paid_late: {
    share: 40,
    least_ms: 4 * HOUR_MS,
    run: (story, play) => {
      const charge = abandoned(story, play)
      wait(story, 5 * MINUTE_MS, 20 * HOUR_MS)
      pays(story, charge, play)
    },
  },
  paid_in_part: {
    share: 22,
    run: (story, play) => {
      pays(story, visit(story, play), play, story.dice.pick([50, 60, 60, 80]))
    },
  },
  paid_in_parts: {
    share: 35,
    run: (story, play) => {
      pays(story, visit(story, play), play, 60)
      wait(story, MINUTE_MS, 50 * MINUTE_MS)
      paid(story, play)
    },
  },
  paid_twice: { share: 7, run: (story, play) => void paidTwice(story, play) },
  paid_twice_returned: {
    share: 14,
    least_ms: 6 * HOUR_MS,
    run: (story, play) => {
      const charge = paidTwice(story, play)
      const excess = story.row.captured - story.row.amount
      wait(story, HOUR_MS, 3 * DAY_MS)
      if (excess > 0n) refund(story, charge, excess)
    },
  },
  vouched_for: {
    share: 4,
    least_ms: 6 * HOUR_MS,
    run: (story, play) => {
      abandoned(story, play)
      wait(story, HOUR_MS, 2 * DAY_MS)
      const why = 'Seen on the bank statement of the day'
      markPaid(story, story.stage.owner, 'bank_statement', why)
    },
  },
  vouched_for_and_confirmed: {
    share: 9,
    least_ms: 6 * HOUR_MS,
    run: (story, play) => {
      const charge = abandoned(story, play)
      wait(story, 10 * MINUTE_MS, 5 * HOUR_MS)
      const why = 'Payée au tableau de bord de la passerelle'
      markPaid(story, story.stage.owner, 'gateway_dashboard', why)
      wait(story, 10 * MINUTE_MS, 20 * HOUR_MS)
      pays(story, charge, play)
    },
  },
  refunded: {
    share: 250,
    least_ms: 4 * HOUR_MS,
    run: (story, play) => {
      const charge = paid(story, play)
      wait(story, HOUR_MS, 14 * DAY_MS)
      refund(story, charge, charge.approved)
    },
  },
  partly_refunded: {
    share: 150,
    least_ms: 4 * HOUR_MS,
    run: (story, play) => {
      const charge = paid(story, play)
      wait(story, HOUR_MS, 14 * DAY_MS)
      refund(story, charge, partOf(story, charge))
      if (!story.dice.chance(25)) return
      wait(story, HOUR_MS, 6 * DAY_MS)
      refund(story, charge, partOf(story, charge))
    },
  },
  refund_failed: {
    share: 12,
    least_ms: 4 * HOUR_MS,
    run: (story, play) => {
      const charge = paid(story, play)
      wait(story, HOUR_MS, 9 * DAY_MS)
      const why = story.dice.pick(WHY_REFUND)
      const asked = askRefund(story, charge, charge.approved, why, story.stage.owner)
      wait(story, 4_000, 9_000)
      endRefund(story, asked, 'failed', 'The payer’s bank refused the money.')
    },
  },
  refunding: {
    share: 40,
    least_ms: HOUR_MS,
    most_ms: 3 * DAY_MS,
    gateways: ['stripe', 'paypal'],
    run: (story, play) => {
      const charge = paid(story, play)
      wait(story, 10 * MINUTE_MS, DAY_MS)
      const why = story.dice.pick(WHY_REFUND)
      const { transaction } = askRefund(story, charge, charge.approved, why, story.stage.owner)
      change(story, transaction, { state: 'pending' })
    },
  },
  refunded_at_gateway: {
    share: 16,
    least_ms: 4 * HOUR_MS,
    run: (story, play) => {
      const charge = paid(story, play)
      wait(story, HOUR_MS, 10 * DAY_MS)
      const whole = story.dice.chance(50)
      refundAtGateway(story, charge, whole ? charge.approved : partOf(story, charge))
    },
  },
  answer_lost: {
    share: 25,
    unattended: true,
    gateways: ['sandbox', 'stripe'],
    run: (story, play) => {
      const charge = byToken(story, play)
      wait(story, 24_000)
      lose(story, charge, 'No whole answer within 25 s.')
      wait(story, 3_000, 12_000)
      const { card, country } = play
      hear(story, charge, { state: 'approved', card, country }, 'answer')
    },
  },
  unknown: {
    share: 60,
    most_ms: 20 * HOUR_MS,
    gateways: ['stripe', 'paypal'],
    run: (story, play) => {
      const charge = byToken(story, play)
      wait(story, 24_000)
      lose(story, charge, 'Answer 502: the gateway did not say what became of it.')
    },
  },
  at_the_bank: {
    share: 160,
    least_ms: 5 * MINUTE_MS,
    most_ms: 2 * DAY_MS,
    run: (story, play) => {
      const charge = visit(story, play)
      wait(story, 20_000, 3 * MINUTE_MS)
      const { card, country } = play
      hear(story, charge, { state: 'pending', card, country }, 'event')
    },
  },
  authorized: {
    share: 120,
    least_ms: 5 * MINUTE_MS,
    most_ms: 5 * DAY_MS,
    gateways: ['stripe'],
    run: (story, play) => {
      const charge = visit(story, play)
      wait(story, 20_000, 3 * MINUTE_MS)
      const { card, country } = play
      hear(story, charge, { state: 'pending', authorized: true, card, country }, 'event')
    },
  },
  waits_for_payer: { share: 5000, most_ms: 45 * MINUTE_MS, run: () => undefined },
  waits_for_weeks: {
    share: 110,
    most_ms: 12 * DAY_MS,
    expiry_ms: 14 * DAY_MS,
    run: () => undefined,
  },
} as const satisfies Readonly<Record<string, Plot>>

export type PlotName = keyof typeof PLOTS
const ALL: Readonly<Record<PlotName, Plot>> = PLOTS
const names = Object.keys(PLOTS) as PlotName[]

export const plotOf = (name: PlotName): Plot => ALL[name]

/** Plots that can have begun so long ago, at this gateway, for a payer or without one. */
export const plotsFor = (
  age_ms: number,
  gateway: GatewayName,
  attended: boolean,
): (readonly [number, PlotName])[] =>
  names.flatMap((name) => {
    const { share, least_ms = 0, most_ms = age_ms, gateways, unattended } = plotOf(name)
    const fits = age_ms >= least_ms && age_ms <= most_ms && (gateways?.includes(gateway) ?? true)
    return fits && !(unattended && attended) ? [[share, name] as const] : []
  })

/** One story of each kind is always told, and one decline for each reason there is. */
export type Cue = { readonly plot: PlotName; readonly decline?: Reason }
export const ROLL_CALL: readonly Cue[] = [
  ...names.map((plot) => ({ plot })),
  ...OFTEN.map(([, decline]) => ({ plot: 'declined', decline }) as const),
]

export function playCue(story: Story, play: Play, { plot, decline }: Cue): void {
  if (decline === undefined) plotOf(plot).run(story, play)
  else isDeclined(story, visit(story, play), play, decline)
}
