import { formatAmount, isCurrency } from '../../kernel/money.ts'
import type { Check, Finding } from './finding.ts'

/** Amounts inside JSON come as text, so that no digit is lost. */
type Text = string

export type TransactionFacts = {
  readonly id: string
  readonly type: 'charge' | 'refund' | 'chargeback'
  readonly manual: boolean
  readonly approved: Text
  readonly cleared: Text
  readonly fee: Text
}

export type RefundFacts = {
  readonly id: string
  readonly status: string
  readonly source: string
  readonly amount: Text
}

/** Transfers of one source, state and pair of account kinds, added up. */
export type TransferFacts = {
  readonly kind: string
  /** The source's id without what follows its colon: a transaction's or a refund's. */
  readonly source: string
  readonly state: 'posted' | 'held' | 'voided'
  readonly credit: string
  readonly amount: Text
}

/** A payment and everything that should agree with it, read in one snapshot. */
export type PaymentFacts = {
  readonly merchant_id: string
  readonly mode: 'test' | 'live'
  readonly id: string
  readonly currency: string
  readonly version: number
  readonly captured: bigint
  readonly refunded: bigint
  readonly refund_reserved: bigint
  readonly refunded_outside: bigint
  readonly fee: bigint
  readonly credited: bigint | null
  readonly manual_open: bigint
  /** How many of the numbers 1 to `version` have an event, and how many events have others. */
  readonly versions_told: number
  readonly versions_odd: number
  readonly transactions: readonly TransactionFacts[]
  readonly refunds: readonly RefundFacts[]
  readonly transfers: readonly TransferFacts[]
}

type Owner = 'charge' | 'refund'
/** Every kind of source that payments post, and whose id it carries. A new kind needs its line. */
export const SOURCES = {
  capture: 'charge',
  fee: 'charge',
  mark_paid: 'charge',
  recorded: 'charge',
  refund: 'refund',
  refund_late: 'refund',
  refund_reversal: 'refund',
} as const satisfies Record<string, Owner>
type Source = keyof typeof SOURCES

const IN_HAND: readonly string[] = ['mark_paid', 'recorded']
const TAKEN: readonly string[] = ['capture', ...IN_HAND]
const OPEN_REFUND: readonly string[] = ['requested', 'awaiting_approval', 'sending', 'unknown']

const sum = <T>(all: readonly T[], amount: (one: T) => Text): bigint =>
  all.reduce((total, one) => total + BigInt(amount(one)), 0n)
const total = (all: readonly TransferFacts[]): bigint => sum(all, (one) => one.amount)

/** Everything about one payment that does not add up. */
export function judgePayment(facts: PaymentFacts): Finding[] {
  const comparisons = [
    ...facts.transactions.flatMap((one) => (one.type === 'charge' ? ofCharge(facts, one) : [])),
    ...facts.refunds.flatMap((one) => ofRefund(facts, one)),
    ...ofPayment(facts),
  ]
  const differing = comparisons
    .filter(({ expected, found }) => expected !== found)
    .map((one) => findingOf(facts, one))
  return [...differing, ...strangers(facts), ...versions(facts)]
}

type Comparison = {
  readonly check: Check
  readonly object_id: string
  /** "The … is …, and … say …." */
  readonly subject: string
  readonly witness: string
  readonly expected: bigint
  readonly found: bigint
}

function findingOf(facts: PaymentFacts, one: Comparison): Finding {
  const { merchant_id, mode, currency } = facts
  const [expected, found] = [one.expected, one.found].map((amount) =>
    isCurrency(currency)
      ? `${formatAmount(amount, currency)} ${currency}`
      : `${amount} ${currency}`,
  ) as [string, string]
  const sentence = `${one.subject} is ${found}, and ${one.witness} ${expected}.`
  const { check, object_id } = one
  return { check, merchant_id, mode, object_id, sentence, expected, found }
}

/** A4: what a charge took is what was posted for it. */
function ofCharge(facts: PaymentFacts, charge: TransactionFacts): Comparison[] {
  const posted = facts.transfers.filter((one) => one.source === charge.id && one.state === 'posted')
  const kinds: readonly string[] = charge.manual ? IN_HAND : ['capture']
  const taken = total(posted.filter((one) => kinds.includes(one.kind)))
  const fee = total(posted.filter((one) => one.kind === 'fee'))
  const base = { check: 'A4', object_id: charge.id } as const
  const named = `charge ${charge.id} of payment ${facts.id}`
  return [
    {
      ...base,
      subject: `What was posted for ${named}`,
      witness: 'it took',
      expected: BigInt(charge.approved),
      found: taken,
    },
    {
      ...base,
      subject: `The fee posted for ${named}`,
      witness: 'it cost',
      expected: BigInt(charge.fee),
      found: fee,
    },
  ]
}

/** A4 and A6: a refund that succeeded is posted, one on its way held, a failed one neither. */
function ofRefund(facts: PaymentFacts, refund: RefundFacts): Comparison[] {
  const mine = facts.transfers.filter((one) => one.source === refund.id)
  const posted = mine.filter((one) => one.state === 'posted')
  const reversed = total(posted.filter((one) => one.kind === 'refund_reversal'))
  const out = total(posted.filter((one) => one.kind !== 'refund_reversal'))
  const held = total(mine.filter((one) => one.state === 'held'))
  const amount = BigInt(refund.amount)
  const named = `refund ${refund.id} of payment ${facts.id}`
  const witness = `its status is ${refund.status}: it should be`
  return [
    {
      check: 'A4',
      object_id: refund.id,
      subject: `What was posted for ${named}`,
      witness,
      expected: refund.status === 'succeeded' ? amount : 0n,
      found: out - reversed,
    },
    {
      check: 'A6',
      object_id: refund.id,
      subject: `What is held for ${named}`,
      witness,
      expected: OPEN_REFUND.includes(refund.status) ? amount : 0n,
      found: held,
    },
  ]
}

/** A5: each sum that a payment carries, by its transactions or refunds, and by its transfers. */
function ofPayment(facts: PaymentFacts): Comparison[] {
  const posted = facts.transfers.filter((one) => one.state === 'posted')
  const taken = posted.filter((one) => TAKEN.includes(one.kind))
  const clearing = taken.filter((one) => one.kind === 'capture' && one.credit === 'suspense')
  const fees = posted.filter((one) => one.kind === 'fee')
  const marked = posted.filter((one) => one.kind === 'mark_paid')
  const wallet = taken.filter((one) => one.credit === 'customer_wallet')
  const charges = facts.transactions.filter((one) => one.type === 'charge')
  const kept = facts.refunds.filter((one) => one.status !== 'failed')
  const [outside, ours] = [
    kept.filter((one) => one.source === 'gateway'),
    kept.filter((one) => one.source !== 'gateway'),
  ]
  const done = facts.refunds.filter((one) => one.status === 'succeeded')
  const refunds = (all: readonly RefundFacts[]) => sum(all, (one) => one.amount)
  const approved = sum(charges, (one) => one.approved) - sum(charges, (one) => one.cleared)
  const says = (what: string, found: bigint, witness: string, expected: bigint): Comparison => {
    const subject = `The ${what} amount of payment ${facts.id}`
    return { check: 'A5', object_id: facts.id, subject, witness, expected, found }
  }
  return [
    says('captured', facts.captured, 'its charges took', approved),
    says('captured', facts.captured, 'its transfers say', total(taken) - total(clearing)),
    says('manual', facts.manual_open, 'suspense has', total(marked) - total(clearing)),
    says('fee', facts.fee, 'its transfers say', total(fees)),
    says('refunded', facts.refunded, 'its refunds say', refunds(done)),
    says('reserved', facts.refund_reserved, 'its refunds say', refunds(ours)),
    says('refunded-outside', facts.refunded_outside, 'its refunds say', refunds(outside)),
    says('credited', facts.credited ?? 0n, 'its transfers say', total(wallet)),
  ]
}

/** A4, the other way round: transfers that nothing of this payment asked for. */
function strangers(facts: PaymentFacts): Finding[] {
  const ids: Readonly<Record<Owner, ReadonlySet<string>>> = {
    charge: new Set(facts.transactions.map((one) => one.id)),
    refund: new Set(facts.refunds.map((one) => one.id)),
  }
  return facts.transfers.flatMap((one): Finding[] => {
    const owner: Owner | undefined = SOURCES[one.kind as Source]
    if (owner !== undefined && ids[owner].has(one.source)) return []
    const expected = owner === undefined ? 'a kind that the audit knows' : `a ${owner} of it`
    const found = `${one.kind} ${one.source}`
    const sentence = `Payment ${facts.id} has transfers for ${found}, which is not ${expected}.`
    const { merchant_id, mode } = facts
    return [{ check: 'A4', merchant_id, mode, object_id: one.source, sentence, expected, found }]
  })
}

/** A8: the events of a payment tell every version of it, once each or more, and no other. */
function versions(facts: PaymentFacts): Finding[] {
  if (facts.versions_told === facts.version && facts.versions_odd === 0) return []
  const { merchant_id, mode, id } = facts
  const odd = facts.versions_odd === 0 ? '' : ` and ${facts.versions_odd} that never were`
  const found = `${facts.versions_told} of them${odd}`
  const expected = `all ${facts.version}`
  const sentence = `Payment ${id} is at version ${facts.version}; its events tell ${found}.`
  return [{ check: 'A8', merchant_id, mode, object_id: id, sentence, expected, found }]
}
