import { toMinor } from '../../currencies.ts'
import { makeRef, ok, type Queryable, type Result, refuse } from '../books.ts'
import { minorOf } from '../charge.ts'
import type { Company } from '../company.ts'
import { closeDispute, findCharge, insertDispute, lockCharge } from '../store/charges.ts'
import type { Dispute } from '../wire.ts'
import { announce } from './announce.ts'

/** The payer contests a charge at their bank: all of what was captured, or a part. */
export async function openDispute(
  company: Company,
  tx: Queryable,
  account_ref: string,
  wish: { readonly charge_ref: string; readonly amount: string | null },
): Promise<Result<Dispute>> {
  const charge = await lockCharge(tx, account_ref, wish.charge_ref)
  if (charge === null) return refuse('not_found', `There is no charge ${wish.charge_ref}.`)
  const { currency, captured } = charge
  const amount = wish.amount ?? captured
  const minor = toMinor(amount, currency)
  if (minor === null || minor === 0n || minor > minorOf(captured, currency)) {
    return refuse('amount_invalid', 'A dispute is of at most what was captured.', '/amount')
  }
  const dispute: Dispute = {
    ref: makeRef('sdp', company.random),
    charge_ref: charge.ref,
    currency,
    amount,
    reason: 'fraudulent',
    status: 'needs_response',
    created_ms: company.clock.now(),
  }
  await insertDispute(tx, account_ref, dispute)
  await announce(company, tx, charge, 'dispute.created', { dispute })
  return ok(dispute)
}

export async function endDispute(
  company: Company,
  tx: Queryable,
  account_ref: string,
  end: { readonly dispute_ref: string; readonly outcome: 'won' | 'lost' },
): Promise<Result<Dispute>> {
  const { dispute_ref, outcome } = end
  const dispute = await closeDispute(tx, account_ref, dispute_ref, outcome, company.clock.now())
  if (dispute === null) return refuse('not_found', `There is no open dispute ${dispute_ref}.`)
  const charge = await findCharge(tx, account_ref, dispute.charge_ref)
  if (charge !== null) await announce(company, tx, charge, `dispute.${outcome}`, { dispute })
  return ok(dispute)
}
