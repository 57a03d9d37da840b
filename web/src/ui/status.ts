export type Tone = 'green' | 'blue' | 'amber' | 'red' | 'purple' | 'violet' | 'grey'
export type Look = { readonly shape: string; readonly tone: Tone }
export type StatusKind = 'payment' | 'transaction' | 'refund' | 'link' | 'gatewayEvent' | 'export'

const waiting: Look = { shape: '○', tone: 'grey' }
const underWay: Look = { shape: '◔', tone: 'blue' }
const half: Look = { shape: '◐', tone: 'amber' }
const good: Look = { shape: '●', tone: 'green' }
const bad: Look = { shape: '✕', tone: 'red' }
const off: Look = { shape: '✕', tone: 'grey' }
const late: Look = { shape: '◷', tone: 'grey' }
const unsure: Look = { shape: '?', tone: 'amber' }

/** Colour and shape of every status: the two never say it alone, the word stands beside them. */
export const LOOKS: Readonly<Record<StatusKind, Readonly<Record<string, Look>>>> = {
  payment: {
    open: waiting,
    processing: underWay,
    authorized: { shape: '◑', tone: 'blue' },
    partially_paid: half,
    succeeded: good,
    failed: bad,
    canceled: off,
    expired: late,
  },
  transaction: { processing: underWay, approved: good, rejected: bad },
  refund: {
    requested: waiting,
    awaiting_approval: { shape: '◇', tone: 'violet' },
    sending: underWay,
    unknown: unsure,
    succeeded: { shape: '↩\ufe0e', tone: 'purple' },
    failed: bad,
  },
  link: { open: waiting, partially_paid: half, paid: good, expired: late, canceled: off },
  gatewayEvent: {
    waiting,
    applied: good,
    duplicate: { shape: '=', tone: 'grey' },
    parked: { shape: '!', tone: 'amber' },
    refused: bad,
  },
  export: { waiting, running: underWay, done: good, failed: bad, canceled: off },
}

/** Facts beside the status, in the order they are shown. */
export const FLAG_LOOKS: Readonly<Record<string, Look>> = {
  disputed: { shape: '!', tone: 'red' },
  overpaid: { shape: '+', tone: 'amber' },
  partial: half,
  refunded: { shape: '↩\ufe0e', tone: 'purple' },
  partly_refunded: { shape: '↩\ufe0e', tone: 'purple' },
  manual: { shape: '✎', tone: 'violet' },
  late: { shape: '◷', tone: 'amber' },
  uncredited: { shape: '!', tone: 'amber' },
}

const UNKNOWN: Look = { shape: '·', tone: 'grey' }

export const lookOf = (kind: StatusKind, status: string): Look => LOOKS[kind][status] ?? UNKNOWN

/** The flags worth a badge, in a fixed order; `partial` says nothing that its status does not. */
export function flagsToShow(flags: readonly string[], status: string): [string, Look][] {
  return Object.entries(FLAG_LOOKS).filter(
    ([flag]) => flags.includes(flag) && !(flag === 'partial' && status === 'partially_paid'),
  )
}
