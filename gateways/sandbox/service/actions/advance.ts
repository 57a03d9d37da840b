import type { Queryable } from '../books.ts'
import { type Scenario, scenarioOf } from '../cards.ts'
import { type Change, type Charge, changeOf, type Step } from '../charge.ts'
import type { Company } from '../company.ts'
import { type ChargeUpdate, updateCharge } from '../store/charges.ts'
import { CHARGE_EVENT, failureMessage } from '../wire.ts'
import { announce } from './announce.ts'

/** A token charge has no session to outlive: its late money comes after this long. */
const TOKEN_EXPIRY_MS = 60_000

/**
 * What submitting a card or token makes of a locked charge. A charge that is past it comes back as
 * it is.
 */
export async function submitCard(
  company: Company,
  tx: Queryable,
  charge: Charge,
  scenario: Scenario,
): Promise<Charge> {
  const now_ms = company.clock.now()
  const { first, brand, number, slug } = scenario
  const chosen = {
    ...charge,
    scenario: slug,
    card_brand: brand,
    card_last4: number.slice(-4),
    authenticating: first.do === 'authenticate',
    next_step: 0,
  }
  if (first.do === 'authenticate') {
    if (charge.status !== 'action_required') return charge
    await updateCharge(tx, charge, updateOf(chosen, null), now_ms)
    return chosen
  }
  const due_ms = dueOf(chosen, scenario, now_ms)
  return (await takeStep(company, tx, { ...chosen, due_ms }, first)) ?? charge
}

/** The payer's answer to the 3-D Secure page. */
export async function authenticate(
  company: Company,
  tx: Queryable,
  charge: Charge,
  approved: boolean,
): Promise<Charge> {
  if (!charge.authenticating) return charge
  const step: Step = approved ? { do: 'capture' } : { do: 'fail', failure: 'authentication_failed' }
  const done = { ...charge, authenticating: false, due_ms: null }
  return (await takeStep(company, tx, done, step)) ?? charge
}

/** What a locked charge has due: the end of its session, or the next thing of its scenario. */
export async function takeDueStep(company: Company, tx: Queryable, charge: Charge): Promise<void> {
  const scenario = scenarioOf(charge.scenario ?? '')
  const waits = charge.status === 'action_required'
  const later = waits ? undefined : scenario?.later[charge.next_step]
  const step: Step = later?.step ?? { do: 'expire' }
  const next = { ...charge, authenticating: false, next_step: charge.next_step + (waits ? 0 : 1) }
  const now_ms = company.clock.now()
  const due_ms = waits || scenario === null ? null : dueOf(next, scenario, now_ms)
  const taken = await takeStep(company, tx, { ...next, due_ms }, step)
  if (taken === null)
    await updateCharge(tx, charge, updateOf({ ...charge, due_ms: null }, null), now_ms)
}

export async function cancel(company: Company, tx: Queryable, charge: Charge): Promise<Charge> {
  return (await takeStep(company, tx, { ...charge, due_ms: null }, { do: 'cancel' })) ?? charge
}

/** The books and the event of one step; null when the charge is past it. */
async function takeStep(
  company: Company,
  tx: Queryable,
  charge: Charge,
  step: Step,
): Promise<Charge | null> {
  const change = changeOf(charge, step)
  if (change === null) return null
  const changed = withChange(charge, change)
  await updateCharge(tx, charge, updateOf(changed, change), company.clock.now())
  const type = CHARGE_EVENT[change.status]
  if (type !== null) await announce(company, tx, changed, type)
  return changed
}

const withChange = (charge: Charge, change: Change): Charge => ({
  ...charge,
  status: change.status,
  captured: change.captured ?? charge.captured,
  fee: change.fee ?? charge.fee,
  failure_code: change.failure,
  failure_message: change.failure && failureMessage(change.failure),
})

const updateOf = (charge: Charge, change: Change | null): ChargeUpdate => ({
  status: charge.status,
  captured: change?.captured ?? null,
  fee: change?.fee ?? null,
  failure_code: charge.failure_code,
  failure_message: charge.failure_message,
  card_brand: charge.card_brand,
  card_last4: charge.card_last4,
  scenario: charge.scenario,
  authenticating: charge.authenticating,
  next_step: charge.next_step,
  due_ms: charge.due_ms,
})

function dueOf(charge: Charge, scenario: Scenario, now_ms: number): number | null {
  const next = scenario.later[charge.next_step]
  if (next === undefined) return null
  if (next.after !== 'expiry') return now_ms + next.after
  return charge.expires_ms ?? now_ms + TOKEN_EXPIRY_MS
}
