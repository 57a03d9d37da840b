import { Agent } from 'undici'
import { takeDueStep } from './actions/advance.ts'
import { deliver } from './actions/deliver.ts'
import { endDueRefund } from './actions/refund.ts'
import type { Company } from './company.ts'
import { dueCharges, dueRefunds, lockCharge } from './store/charges.ts'
import { accountsToRelease, claimDeliveries, releaseHeld } from './store/events.ts'

const POLL_MS = 500
const BATCH = 50
const IN_FLIGHT_MAX = 100
/** Longer than one delivery can take, so that only a dead sender's are sent again. */
const LEASE_MS = 20_000

export type Jobs = {
  readonly start: () => void
  /** No more work is begun; events on their way are cut, and sent again by the next process. */
  readonly stop: () => Promise<void>
  /** One pass by hand: everything due now, and its answers. Says how much it did. */
  readonly tick: () => Promise<number>
  /** There may be events to send. */
  readonly nudge: () => void
}

/**
 * What happens by itself: due steps of charges and refunds, and events on their way. All of it is
 * in the books, so a process that is killed goes on where it was.
 */
export function makeJobs(company: Company): Jobs {
  const sender = makeSender(company)
  let timer: NodeJS.Timeout | null = null
  let sending: Promise<void> | null = null
  let running = false
  let again = false

  const send = async (): Promise<void> => {
    do {
      again = false
      const sent = await guarded(company, sender.send)
      again ||= sent === BATCH
    } while (again && running)
  }
  const nudge = (): void => {
    if (!running) return
    again = true
    sending ??= send().finally(() => {
      sending = null
    })
  }
  const poll = async (): Promise<void> => {
    await settle(company)
    nudge()
    if (!running) return
    timer = setTimeout(() => {
      polling = poll()
    }, POLL_MS)
  }
  let polling = Promise.resolve()
  return {
    nudge,
    start: () => {
      if (running) return
      running = true
      polling = poll()
    },
    stop: async () => {
      running = false
      await polling
      if (timer !== null) clearTimeout(timer)
      await sending
      await sender.close()
    },
    tick: async () => {
      let total = 0
      let done = 0
      do {
        done = (await settle(company)) + (await sender.send())
        await sender.idle()
        total += done
      } while (done > 0)
      return total
    },
  }
}

/** Events on their way: at most so many at once, and a slow receiver delays no other's. */
function makeSender(company: Company) {
  const agent = new Agent({ connect: { timeout: 5_000 }, pipelining: 1 })
  const inFlight = new Set<Promise<unknown>>()
  return {
    /** Starts due deliveries and says how many; their answers come later. */
    send: async (): Promise<number> => {
      const room = Math.min(BATCH, IN_FLIGHT_MAX - inFlight.size)
      if (room === 0) return 0
      const claimed = await claimDeliveries(company.books, company.clock.now(), LEASE_MS, room)
      for (const delivery of claimed) {
        const one = guarded(company, () => deliver(company, delivery, agent))
        inFlight.add(one)
        void one.then(() => inFlight.delete(one))
      }
      return claimed.length
    },
    idle: (): Promise<unknown> => Promise.all(inFlight),
    close: async (): Promise<void> => {
      await agent.destroy()
      await Promise.all(inFlight)
    },
  }
}

/** A fault is written down and the rest goes on; what it was about is still due. */
async function guarded<T>(company: Company, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (fault) {
    const message = fault instanceof Error ? fault.message : String(fault)
    company.log.warn('sandbox work failed', { fault: message })
    return null
  }
}

/** Charges and refunds whose next thing is due, and held events that waited long enough. */
async function settle(company: Company): Promise<number> {
  const { books, clock } = company
  const now_ms = clock.now()
  const due = await guarded(company, async () => ({
    charges: await dueCharges(books, now_ms, BATCH),
    refunds: await dueRefunds(books, now_ms, BATCH),
    accounts: await accountsToRelease(books, now_ms),
  }))
  if (due === null) return 0
  let settled = 0
  const one = async (work: () => Promise<void>): Promise<void> => {
    const done = await guarded(company, async () => {
      await work()
      return true
    })
    if (done) settled += 1
  }
  for (const charge of due.charges) await one(() => settleCharge(company, charge, now_ms))
  for (const refund of due.refunds) {
    await one(() => books.tx((tx) => endDueRefund(company, tx, refund)))
  }
  for (const account_ref of due.accounts) {
    await one(() => releaseHeld(books, account_ref, 1, now_ms))
  }
  return settled
}

const settleCharge = (
  company: Company,
  { account_ref, ref }: { readonly account_ref: string; readonly ref: string },
  now_ms: number,
): Promise<void> =>
  company.books.tx(async (tx) => {
    const charge = await lockCharge(tx, account_ref, ref)
    const due_ms = charge?.due_ms ?? null
    if (charge !== null && due_ms !== null && due_ms <= now_ms) {
      await takeDueStep(company, tx, charge)
    }
  })
