import type { Books, Clock, Queryable, Random } from './books.ts'
import type { Charge } from './charge.ts'

export type SandboxLog = {
  readonly warn: (message: string, fields: Readonly<Record<string, string | number>>) => void
}

/** What every action of the company needs, wired once by `sandboxService`. */
export type Company = {
  readonly books: Books
  readonly clock: Clock
  readonly random: Random
  /** The origin and prefix that payers reach, without a slash at the end. */
  readonly pages: () => string
  /** How long an answer is remembered under its key. */
  readonly key_window_ms: number
  readonly wait: (delay_ms: number) => Promise<void>
  /** Where to connect for an event address. */
  readonly eventTarget: (event_url: string) => string
  /** Something may be due: called after a commit. */
  readonly nudge: () => void
  readonly log: SandboxLog
}

/** Where the payer of a waiting charge goes; a token charge has only the 3-D Secure page. */
export function payerUrl(company: Company, charge: Charge): string | null {
  if (charge.pay_token === null) return null
  const page = `${company.pages()}/pay/${charge.pay_token}`
  return charge.origin === 'token' ? `${page}/3ds` : page
}

/** One effect, in one transaction; what it makes due starts at once. */
export async function effect<T>(company: Company, work: (tx: Queryable) => Promise<T>): Promise<T> {
  const result = await company.books.tx(work)
  company.nudge()
  return result
}
