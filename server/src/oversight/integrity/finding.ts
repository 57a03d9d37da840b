import type { LedgerCheck } from '#server/ledger/index.ts'

/**
 * A1 transfers are whole · A2 counters are sums of transfers · A3 nothing guarded is overdrawn ·
 * A4 every capture and refund has exactly its transfers, and the other way round · A5 the sums on a
 * payment are those of its transactions, refunds and transfers · A6 what is held is what is on its
 * way out · A8 every version of a payment has its event · A11 the audit chain verifies.
 */
export type Check = LedgerCheck | 'A4' | 'A5' | 'A6' | 'A8' | 'A11'

export type Finding = {
  readonly check: Check
  readonly merchant_id: string
  /** '' for what belongs to both modes. */
  readonly mode: 'test' | 'live' | ''
  /** The account, transfer, transaction, refund, payment or entry that differs. */
  readonly object_id: string
  /** For a person: what differs. */
  readonly sentence: string
  readonly expected: string
  readonly found: string
}

export type Progress = { readonly check: Check; readonly done: number }

/** While one of these is broken, money that leaves might be money that is not there. */
const HALTING: readonly Check[] = ['A1', 'A2', 'A3', 'A4', 'A5', 'A6']
export const halts = (finding: Finding): boolean => HALTING.includes(finding.check)
