import { endDispute, openDispute } from './actions/dispute.ts'
import { refundCharge } from './actions/refund.ts'
import { makeRef, ok, type Result, refuse } from './books.ts'
import { type Company, effect } from './company.ts'
import { deleteSwitches, putSwitch, readSwitchRows } from './store/accounts.ts'
import { findCharge } from './store/charges.ts'
import {
  hasEvent,
  insertDeliveries,
  listEventRows,
  releaseHeld,
  type SandboxEvent,
} from './store/events.ts'
import { type BooksSummary, readSummary, readTruth, type Truth } from './store/reading.ts'
import { readSwitches, type Switches, storedOf, switchesOf } from './switches.ts'
import { type WireDispute, type WireRefund, wireDispute, wireRefund } from './wire.ts'

const EVENTS_MAX = 200

/** What testers and Florin's Test tools do at this company, each for one of its accounts. */
export type Switchboard = {
  readonly getSwitches: (account_ref: string) => Promise<Switches>
  /** Sets those named and leaves the others; null switches one off. */
  readonly setSwitches: (account_ref: string, input: unknown) => Promise<Result<Switches>>
  /** All off; held events go out. */
  readonly resetSwitches: (account_ref: string) => Promise<void>
  readonly listEvents: (
    account_ref: string,
    filter?: { readonly charge_ref?: string; readonly limit?: number },
  ) => Promise<SandboxEvent[]>
  /** The same event once more, at once. False if there is no such event. */
  readonly resendEvent: (account_ref: string, event_id: string) => Promise<boolean>
  readonly booksSummary: (account_ref: string) => Promise<BooksSummary>
  readonly truth: (account_ref: string) => Promise<Truth>
  readonly createDispute: (
    account_ref: string,
    charge_ref: string,
    amount?: string,
  ) => Promise<Result<WireDispute>>
  readonly closeDispute: (
    account_ref: string,
    dispute_ref: string,
    outcome: 'won' | 'lost',
  ) => Promise<Result<WireDispute>>
  /** A refund that Florin did not ask for; a decimal amount of the charge's currency. */
  readonly refundAtDashboard: (
    account_ref: string,
    charge_ref: string,
    amount: string,
  ) => Promise<Result<WireRefund>>
}

export const makeSwitchboard = (company: Company): Switchboard => ({
  getSwitches: async (account_ref) => switchesOf(await readSwitchRows(company.books, account_ref)),
  setSwitches: async (account_ref, input) => {
    const read = readSwitches(input)
    if (!read.ok) return read
    const { on, off } = storedOf(read.value)
    return company.books.tx(async (tx) => {
      for (const one of on) await putSwitch(tx, account_ref, one)
      if (off.length > 0) await deleteSwitches(tx, account_ref, off)
      return ok(switchesOf(await readSwitchRows(tx, account_ref)))
    })
  },
  resetSwitches: (account_ref) =>
    effect(company, async (tx) => {
      await deleteSwitches(tx, account_ref, null)
      await releaseHeld(tx, account_ref, 1, company.clock.now())
    }),
  listEvents: (account_ref, { charge_ref = null, limit = 50 } = {}) =>
    listEventRows(company.books, account_ref, { charge_ref, limit: Math.min(limit, EVENTS_MAX) }),
  resendEvent: (account_ref, event_id) =>
    effect(company, async (tx) => {
      if (!(await hasEvent(tx, account_ref, event_id))) return false
      const id = makeRef('sdl', company.random)
      const now_ms = company.clock.now()
      const delivery = { id, state: 'scheduled', due_ms: now_ms, corrupt: null } as const
      await insertDeliveries(tx, account_ref, event_id, [delivery])
      return true
    }),
  booksSummary: (account_ref) => readSummary(company.books, account_ref),
  truth: (account_ref) => readTruth(company.books, account_ref),
  createDispute: (account_ref, charge_ref, amount) =>
    effect(company, async (tx) => {
      const wish = { charge_ref, amount: amount ?? null }
      const opened = await openDispute(company, tx, account_ref, wish)
      return opened.ok ? ok(wireDispute(opened.value)) : opened
    }),
  closeDispute: (account_ref, dispute_ref, outcome) =>
    effect(company, async (tx) => {
      const ended = await endDispute(company, tx, account_ref, { dispute_ref, outcome })
      return ended.ok ? ok(wireDispute(ended.value)) : ended
    }),
  refundAtDashboard: (account_ref, charge_ref, amount) =>
    refundAtDashboard(company, account_ref, charge_ref, amount),
})

function refundAtDashboard(
  company: Company,
  account_ref: string,
  charge_ref: string,
  amount: string,
): Promise<Result<WireRefund>> {
  return effect(company, async (tx) => {
    const charge = await findCharge(tx, account_ref, charge_ref)
    if (charge === null) return refuse('not_found', `There is no charge ${charge_ref}.`)
    const refunded = await refundCharge(company, tx, account_ref, {
      charge_ref,
      transaction_id: null,
      amount,
      currency: charge.currency,
      reason: 'Refunded at the dashboard.',
    })
    return refunded.ok ? ok(wireRefund(refunded.value.refund)) : refunded
  })
}
