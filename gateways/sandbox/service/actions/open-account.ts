import { createHash } from 'node:crypto'
import { type Mode, makeRef, type Queryable, type Random } from '../books.ts'
import { insertAccount } from '../store/accounts.ts'

/** Told once: the company keeps only a digest of the API key. */
export type SandboxAccount = {
  readonly account_ref: string
  readonly api_key: string
  readonly webhook_secret: string
}

export async function createSandboxAccount(
  books: Queryable,
  wish: {
    readonly mode: Mode
    readonly random: Random
    readonly now_ms: number
    /** Taken off each charge, in hundredths of a percent. */
    readonly fee_basis_points?: number
  },
): Promise<SandboxAccount> {
  const { mode, random, now_ms, fee_basis_points = 0 } = wish
  const account_ref = makeRef('sac', random)
  const api_key = makeRef(`sandbox_${mode}`, random)
  const webhook_secret = makeRef('whsec', random) + makeRef('', random)
  await insertAccount(books, {
    account_ref,
    mode,
    api_key_sha256: createHash('sha256').update(api_key).digest(),
    webhook_secret,
    fee_basis_points,
    created_ms: now_ms,
  })
  return { account_ref, api_key, webhook_secret }
}
