import { Agent } from 'undici'
import { takeDueStep } from './actions/advance.ts'
import { deliver } from './actions/deliver.ts'
import { endDueRefund } from './actions/refund.ts'
import type { Company } from './company.ts'
import { dueCharges, dueRefunds, lockCharge } from './store/charges.ts'
import {
  accountsToRelease,
  claimDeliveries,
  type ClaimedDelivery,
  releaseHeld,
} from './store/events.ts'

const POLL_MS = 500
const BATCH = 50
const IN_FLIGHT_MAX = 100
/** Longer than one delivery can take, so that only a dead sender's are sent again. */
const LEASE_MS = 20_000

export type Jobs = {
  readonly start: () => void
  /** No more work is begun; events on their way are cut and sent again by the next process. */
  readonly stop: () => Promise<void>
  /** One pass by hand: everything due now, and its answers. Says how much it did. */
  readonly tick: () => Promise<number>
  readonly nudge: () => void
}

/**
 * What happens by itself: due steps of charges and refunds, and events on their way. All of it is
 * in the books, so a process that is killed goes on where it was.
 */
export function makeJobs(company: Company): Jobs {
  const agent = new Agent({ connect: { timeout: 5_000 }, pipelining: 1 })
  const inFlight = new Set<Promise<unknown>>()
  let timer: NodeJS.Timeout | null = null
  let pass: Promise<void> | null = null
  let running = false
  let again = false

  const launch = (delivery: ClaimedDelivery): void => {
    const sending: Promise<unknown> = deliver(company, delivery, agent)
      .catch((fault: unknown) => warn(company, fault))
      .finally(() => inFlight.delete(sending))
    inFlight.add(sending)
  }
  const send = async (): Promise<number> => {
    const room = Math.min(BATCH, IN_FLIGHT_MAX - inFlight.size)
    if (room === 0) return 0
    const now_ms = company.clock.now()
    const claimed = await claimDeliveries(company.books, now_ms, LEASE_MS, room)
    for (const delivery of claimed) launch(delivery)
    return claimed.length
  }
  const work = async (): Promise<number> => (await settle(company)) + (await send())
  const loop = async (): Promise<void> => {
    do {
      again = false
      const done = await work().catch((fault: unknown) => warn(company, fault))
      if (done >= BATCH) again = true
    } while (again && running)
    if (running) timer = setTimeout(begin, POLL_MS)
  }
  const begin = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    pass = loop().finally(() => {
      pass = null
    })
  }
  return {
    start: () => {
      if (running) return
      running = true
      begin()
    },
    stop: async () => {
      running = false
      if (timer !== null) clearTimeout(timer)
      await pass
      await agent.destroy()
      await Promise.all(inFlight)
    },
    tick: async () => {
      let total = 0
      let done = 0
      do {
        done = await work()
        await Promise.all(inFlight)
        total += done
      } while (done > 0)
      return total
    },
    nudge: () => {
      if (!running) return
      if (pass === null) begin()
      else again = true
    },
  }
}

function warn(company: Company, fault: unknown): number {
  const message = fault instanceof Error ? fault.message : String(fault)
  company.log.warn('sandbox work failed', { fault: message })
  return 0
}

/** Charges and refunds whose next thing is due, and held events that waited long enough. */
async function settle(company: Company): Promise<number> {
  const { books, clock } = company
  const now_ms = clock.now()
  const charges = await dueCharges(books, now_ms, BATCH)
  for (const { account_ref, ref } of charges) {
    await books.tx(async (tx) => {
      const charge = await lockCharge(tx, account_ref, ref)
      const due = charge?.due_ms ?? null
      if (charge !== null && due !== null && due <= now_ms) await takeDueStep(company, tx, charge)
    })
  }
  const refunds = await dueRefunds(books, now_ms, BATCH)
  for (const due of refunds) await books.tx((tx) => endDueRefund(company, tx, due))
  const accounts = await accountsToRelease(books, now_ms)
  for (const account_ref of accounts) await releaseHeld(books, account_ref, 1, now_ms)
  return charges.length + refunds.length
}
