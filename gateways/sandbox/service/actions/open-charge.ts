import { makeRef, ok, type Queryable, type Result, refuse } from '../books.ts'
import { scenarioOfToken } from '../cards.ts'
import type { Charge } from '../charge.ts'
import type { Company } from '../company.ts'
import type { ChargeRequest, CheckoutRequest } from '../requests.ts'
import type { Account } from '../store/accounts.ts'
import { insertCharge, lockCharge } from '../store/charges.ts'
import { submitCard } from './advance.ts'

/** A charge that waits for its payer on the hosted page. */
export async function openCheckout(
  company: Company,
  tx: Queryable,
  account: Account,
  request: CheckoutRequest,
): Promise<Result<Charge>> {
  const created_ms = company.clock.now()
  const expires_ms = request.expires_at * 1000
  if (expires_ms <= created_ms) {
    return refuse('expiry_past', 'The checkout would have expired already.', '/expires_at')
  }
  const { transaction_id, reference, description, currency, amount, event_url } = request
  const { locale, return_url, cancel_url } = request
  const ref = makeRef('sch', company.random)
  await insertCharge(tx, {
    ...{ account_ref: account.account_ref, ref, origin: 'checkout', transaction_id, reference },
    ...{ description, currency, amount, event_url, locale, return_url, cancel_url },
    pay_token: makeRef('spt', company.random),
    expires_ms,
    created_ms,
  })
  return ok(await reread(tx, account, ref))
}

/** A charge of a stored card: the token stands for it and the payer is not there. */
export async function chargeToken(
  company: Company,
  tx: Queryable,
  account: Account,
  request: ChargeRequest,
): Promise<Result<Charge>> {
  const scenario = scenarioOfToken(request.token)
  if (scenario === null) {
    return refuse('token_unknown', `There is no token "${request.token}".`, '/token')
  }
  const { transaction_id, reference, description, currency, amount, event_url } = request
  const ref = makeRef('sch', company.random)
  await insertCharge(tx, {
    ...{ account_ref: account.account_ref, ref, origin: 'token', transaction_id, reference },
    ...{ description, currency, amount, event_url },
    ...{ locale: 'en', return_url: null, cancel_url: null, expires_ms: null },
    pay_token: scenario.first.do === 'authenticate' ? makeRef('spt', company.random) : null,
    created_ms: company.clock.now(),
  })
  return ok(await submitCard(company, tx, await reread(tx, account, ref), scenario))
}

async function reread(tx: Queryable, account: Account, ref: string): Promise<Charge> {
  const charge = await lockCharge(tx, account.account_ref, ref)
  if (charge === null) throw new Error(`charge ${ref} is not in the books it was written to`)
  return charge
}
