import type { Queryable } from '../books.ts'
import { type CardProblem, readCardNumber, scenarioOf } from '../cards.ts'
import type { Charge } from '../charge.ts'
import { type Company, effect } from '../company.ts'
import { takeSwitches } from '../store/accounts.ts'
import { lockChargeOfPage } from '../store/charges.ts'
import { type Acting, AFTER_SWITCHES, actingOf } from '../switches.ts'
import { authenticate, cancel, submitCard, takeDueStep } from './advance.ts'

/** What the payer did on a page, and what the page says next. */
export type PayerAct =
  | { readonly act: 'pay'; readonly card_number: string }
  | { readonly act: 'authenticate'; readonly approved: boolean }
  | { readonly act: 'cancel' }

export type PageAnswer =
  | { readonly kind: 'no_such_page' }
  | { readonly kind: 'correct_card'; readonly charge: Charge; readonly problem: CardProblem }
  | {
      readonly kind: 'go_on'
      readonly charge: Charge
      readonly answer_delay_ms: number
      /** What the switches do to an answer that follows a charge. */
      readonly acting: Acting
    }

/**
 * The hosted page is submitted. However often and by however many at once, the row lock lets one of
 * them change the charge; the others are answered with what it came to.
 */
export async function payOnPage(
  company: Company,
  token: string,
  act: PayerAct,
): Promise<PageAnswer> {
  return effect(company, async (tx) => {
    const found = await lockChargeOfPage(tx, token)
    if (found === null) return { kind: 'no_such_page' }
    const charge = await expireIfDue(company, tx, found)
    const only3ds = charge.origin === 'token' && act.act !== 'authenticate'
    if (charge.status !== 'action_required' || only3ds) return goOn(charge)
    const scenario = act.act === 'pay' ? readCardNumber(act.card_number) : null
    if (typeof scenario === 'string') return { kind: 'correct_card', charge, problem: scenario }
    const after = scenario
      ? await submitCard(company, tx, charge, scenario)
      : act.act === 'authenticate'
        ? await authenticate(company, tx, charge, act.approved)
        : await cancel(company, tx, charge)
    if (after.status === 'action_required') return goOn(after)
    const used = await takeSwitches(tx, charge.account_ref, AFTER_SWITCHES, 'page')
    const delay = scenarioOf(after.scenario ?? '')?.answer_delay_ms ?? 0
    return goOn(after, act.act === 'pay' ? delay : 0, actingOf(used))
  })
}

const goOn = (charge: Charge, answer_delay_ms = 0, acting: Acting = {}): PageAnswer => ({
  kind: 'go_on',
  charge,
  answer_delay_ms,
  acting,
})

/** A session that ended before its timer ran is ended now, not paid. */
async function expireIfDue(company: Company, tx: Queryable, charge: Charge): Promise<Charge> {
  const { status, expires_ms } = charge
  const over = expires_ms !== null && expires_ms <= company.clock.now()
  if (status !== 'action_required' || !over) return charge
  await takeDueStep(company, tx, charge)
  return { ...charge, status: 'expired' }
}
