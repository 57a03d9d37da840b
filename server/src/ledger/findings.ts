import { formatAmount, isCurrency } from '../kernel/money.ts'
import type { AccountKind, Counters } from './accounts.ts'

/** A1 transfers are whole; A2 counters are their sums; A3 nothing guarded is overdrawn. */
export type LedgerCheck = 'A1' | 'A2' | 'A3'

export type LedgerFinding = {
  readonly check: LedgerCheck
  readonly merchant_id: string
  readonly mode: 'test' | 'live'
  /** The account or transfer that differs. */
  readonly object_id: string
  /** For a person: what differs. */
  readonly sentence: string
  readonly expected: string
  readonly found: string
}

export type LedgerProgress = {
  readonly check: LedgerCheck
  readonly done: number
}

type Place = { readonly merchant_id: string; readonly mode: 'test' | 'live' }

export type AccountRow = Place &
  Counters & {
    readonly id: string
    readonly kind: AccountKind
    readonly owner: string
    readonly currency: string
    readonly may_overdraw: boolean
  }

const COUNTERS = ['debits_posted', 'credits_posted', 'debits_pending', 'credits_pending'] as const

const inCurrency = (amount: bigint, currency: string): string =>
  isCurrency(currency) ? `${formatAmount(amount, currency)} ${currency}` : `${amount} ${currency}`

const nameOf = (account: AccountRow): string =>
  `${account.kind}${account.owner === '' ? '' : ` of ${account.owner}`} (${account.id})`

/** What an account says of itself, against what its transfers add up to. */
export function judgeAccount(
  account: AccountRow,
  sums: Counters,
  says: 'counter' | 'checkpoint',
): LedgerFinding[] {
  const { merchant_id, mode, id, currency } = account
  const place = { merchant_id, mode, object_id: id }
  const differing = COUNTERS.filter((counter) => account[counter] !== sums[counter])
  const findings = differing.map((counter): LedgerFinding => {
    const expected = inCurrency(sums[counter], currency)
    const found = inCurrency(account[counter], currency)
    const what = counter.replace('_', ' ')
    const sentence = `The ${says} of ${nameOf(account)} says ${found} ${what}, and its transfers \
add up to ${expected}.`
    return { check: 'A2', ...place, sentence, expected, found }
  })
  const room = sums.credits_posted - sums.debits_posted - sums.debits_pending
  if (!account.may_overdraw && room < 0n) {
    const found = inCurrency(room, currency)
    const sentence = `By its transfers ${nameOf(account)} has ${found}: it may not go below zero.`
    findings.push({ check: 'A3', ...place, sentence, expected: 'zero or more', found })
  }
  return findings
}

export type BrokenTransfer = Place & {
  readonly id: string
  readonly broken:
    | 'debit_account'
    | 'credit_account'
    | 'amount'
    | 'same_account'
    | 'pending'
    | 'settlement'
}

const BROKEN: Readonly<Record<BrokenTransfer['broken'], readonly [string, string]>> = {
  debit_account: ['debits', 'an account of its merchant, mode and currency'],
  credit_account: ['credits', 'an account of its merchant, mode and currency'],
  amount: ['moves', 'an amount above zero'],
  same_account: ['moves money between', 'two accounts'],
  pending: ['settles', 'a pending transfer'],
  settlement: ['settles', 'the same accounts, amount and source as its pending transfer'],
}

export function judgeTransfer({ merchant_id, mode, id, broken }: BrokenTransfer): LedgerFinding {
  const [verb, expected] = BROKEN[broken]
  const sentence = `It is not true of the transfer ${id} that it ${verb} ${expected}.`
  return {
    check: 'A1',
    merchant_id,
    mode,
    object_id: id,
    sentence,
    expected,
    found: 'something else',
  }
}
