import { makeRef, type Queryable } from '../books.ts'
import type { Charge } from '../charge.ts'
import { type Company, payerUrl } from '../company.ts'
import { takeSwitches } from '../store/accounts.ts'
import { relatedTo } from '../store/charges.ts'
import { insertDeliveries, insertEvent, releaseHeld } from '../store/events.ts'
import { actingOf, EVENT_SWITCHES, planDeliveries } from '../switches.ts'
import { type Dispute, type Refund, wireCharge, wireDispute, wireRefund } from '../wire.ts'

export type About = { readonly refund?: Refund; readonly dispute?: Dispute }

/**
 * Writes the event of what has just been written to the charge, in the same transaction, with a
 * snapshot of the charge as it stands, and plans its deliveries as the switches say.
 */
export async function announce(
  company: Company,
  tx: Queryable,
  charge: Charge,
  type: string,
  { refund, dispute }: About = {},
): Promise<void> {
  const { account_ref } = charge
  const now_ms = company.clock.now()
  const id = makeRef('sev', company.random)
  const object = wireCharge(charge, await relatedTo(tx, charge), payerUrl(company, charge))
  const data = {
    object,
    ...(refund && { refund: wireRefund(refund) }),
    ...(dispute && { dispute: wireDispute(dispute) }),
  }
  const event = { id, object: 'event', type, account: account_ref, mode: charge.mode }
  const body = JSON.stringify({ ...event, created_ms: now_ms, data })
  const { event_url, ref: charge_ref } = charge
  const row = { account_ref, id, type, charge_ref, event_url, body, created_ms: now_ms }
  await insertEvent(tx, row)
  const acting = actingOf(await takeSwitches(tx, account_ref, EVENT_SWITCHES, null))
  const planned = planDeliveries(acting, now_ms)
  const named = planned.map((one) => ({ ...one, id: makeRef('sdl', company.random) }))
  await insertDeliveries(tx, account_ref, id, named)
  if (acting.reorder_events) {
    await releaseHeld(tx, account_ref, acting.reorder_events.group, now_ms)
  }
}
