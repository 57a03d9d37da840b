import { assert } from '#server/kernel/assert.ts'
import { type AccountRef, post, type TransferInput } from '#server/ledger/index.ts'
import { creditLegs } from '#server/money/payments/index.ts'
import {
  changeTransaction,
  type TransactionRow,
  transactionsOf,
} from '#server/money/transactions/index.ts'
import type { Work } from './work.ts'

const SUSPENSE: AccountRef = { kind: 'suspense', owner: '' }

/**
 * Posts what a charge has newly captured. Money that a person has already vouched for clears
 * suspense; only the rest is credited, so that a hand and a gateway never credit the same money
 * twice.
 */
export async function applyCapture(
  work: Work,
  charge: TransactionRow,
  to: { grown: bigint; total: bigint; fee: bigint },
): Promise<void> {
  const { row } = work
  const purpose = work.deps.purposes[row.purpose]
  assert(purpose, `no purpose module for ${row.purpose}`)
  const byHand = row.manual_open > 0n ? await vouchedAfter(work, charge) : []
  const open = byHand.reduce((sum, one) => sum + one.approved - one.cleared, 0n)
  const cleared = open < to.grown ? open : to.grown
  const credited = to.grown - cleared
  const clearing: AccountRef = { kind: 'gateway_clearing', owner: charge.gateway_account_id ?? '' }
  const credits = cleared > 0n ? [{ account: SUSPENSE, amount: cleared }] : []
  if (credited > 0n) credits.push(...creditLegs(purpose, row, credited))
  const base = { currency: row.currency, payment_id: row.id, group: 0 }
  const transfers: TransferInput[] = credits.map((leg, index) => ({
    ...base,
    id: work.deps.newId('transfer'),
    debit: clearing,
    credit: leg.account,
    amount: leg.amount,
    source_kind: 'capture',
    source_id: `${charge.id}:${to.total}`,
    leg: index,
  }))
  const fee = to.fee - charge.fee
  if (fee > 0n) {
    transfers.push({
      ...base,
      id: work.deps.newId('transfer'),
      debit: { kind: 'gateway_fees', owner: charge.gateway_account_id ?? '' },
      credit: clearing,
      amount: fee,
      source_kind: 'fee',
      source_id: `${charge.id}:${to.fee}`,
      leg: 0,
    })
  }
  const answers = await post(work.tx, work.scope, transfers)
  assert(
    answers.every((answer) => answer.outcome === 'posted'),
    `capture of ${charge.id} was posted before`,
  )
  if (cleared > 0n) await clearByHand(work, byHand, cleared)
  work.row = {
    ...row,
    captured: row.captured + credited,
    credited: purpose.takesExcess ? (row.credited ?? 0n) + credited : row.credited,
    manual_open: row.manual_open - cleared,
    fee: row.fee + fee,
  }
  if (cleared > 0n) work.changes.push({ type: 'payment.manual_confirmed' })
  if (row.captured <= row.amount && work.row.captured > row.amount) {
    work.changes.push({ type: 'payment.overpaid' })
  }
}

/**
 * What a person has vouched for since this charge was started, oldest first. A charge started later
 * was for the rest of the money, so it cannot be what the person saw.
 */
async function vouchedAfter(work: Work, charge: TransactionRow): Promise<TransactionRow[]> {
  const all = await transactionsOf(work.tx, work.scope, [work.row.id])
  return all.filter((one) => one.type === 'charge' && one.manual && one.id > charge.id)
}

/** Which by-hand charges the gateway has now confirmed, and by how much. */
async function clearByHand(
  work: Work,
  byHand: readonly TransactionRow[],
  cleared: bigint,
): Promise<void> {
  let left = cleared
  for (const one of byHand) {
    const open = one.approved - one.cleared
    const part = open < left ? open : left
    if (part === 0n) continue
    await changeTransaction(work.tx, work.scope, one, { ...one, cleared: one.cleared + part })
    left -= part
  }
  assert(left === 0n, `payment ${work.row.id} has less open by hand than was cleared`)
}
