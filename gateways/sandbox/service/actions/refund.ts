import { toMinor } from '../../currencies.ts'
import { makeRef, ok, type Queryable, type Result, refuse } from '../books.ts'
import { scenarioOf } from '../cards.ts'
import { type Charge, refundable } from '../charge.ts'
import type { Company } from '../company.ts'
import { endRefund, findCharge, insertRefund, lockCharge } from '../store/charges.ts'
import type { Refund } from '../wire.ts'
import { announce } from './announce.ts'

/** How long a refund that is not immediate takes. */
const PENDING_MS = 5_000

export type RefundWish = {
  readonly charge_ref: string
  /** The caller's reference; null for a refund made at our own dashboard. */
  readonly transaction_id: string | null
  readonly amount: string
  readonly currency: string
  readonly reason: string
}

/** Gives money of a locked charge back, never more than was taken. */
export async function refundCharge(
  company: Company,
  tx: Queryable,
  account_ref: string,
  wish: RefundWish,
): Promise<Result<{ charge: Charge; refund: Refund }>> {
  const charge = await lockCharge(tx, account_ref, wish.charge_ref)
  if (charge === null) return refuse('not_found', `There is no charge ${wish.charge_ref}.`)
  if (wish.currency !== charge.currency) {
    return refuse('refund_refused', `The charge was in ${charge.currency}.`, '/currency')
  }
  const minor = toMinor(wish.amount, charge.currency)
  if (minor === null || minor === 0n || minor > refundable(charge)) {
    return refuse('refund_refused', 'The refund is more than is left of the charge.', '/amount')
  }
  const now_ms = company.clock.now()
  const immediate = (scenarioOf(charge.scenario ?? '')?.refunds ?? 'succeed') === 'succeed'
  const refund: Refund = {
    ref: makeRef('sre', company.random),
    charge_ref: charge.ref,
    transaction_id: wish.transaction_id,
    currency: charge.currency,
    amount: wish.amount,
    reason: wish.reason,
    status: immediate ? 'succeeded' : 'pending',
    message: null,
    created_ms: now_ms,
  }
  await insertRefund(tx, account_ref, refund, immediate ? null : now_ms + PENDING_MS)
  const after = (await findCharge(tx, account_ref, charge.ref)) ?? charge
  if (immediate) await announce(company, tx, after, 'refund.succeeded', { refund })
  return ok({ charge: after, refund })
}

/** Ends a pending refund as the charge's card says. */
export async function endDueRefund(
  company: Company,
  tx: Queryable,
  due: { readonly account_ref: string; readonly charge_ref: string; readonly ref: string },
): Promise<void> {
  const charge = await lockCharge(tx, due.account_ref, due.charge_ref)
  if (charge === null) return
  const fails = scenarioOf(charge.scenario ?? '')?.refunds === 'fail'
  const end = fails
    ? { status: 'failed' as const, message: 'The payer’s bank refused the money.' }
    : { status: 'succeeded' as const, message: null }
  const refund = await endRefund(tx, due.account_ref, due.ref, end, company.clock.now())
  if (refund === null) return
  const after = (await findCharge(tx, due.account_ref, due.charge_ref)) ?? charge
  await announce(company, tx, after, `refund.${end.status}`, { refund })
}
