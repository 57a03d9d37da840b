import type { MerchantId } from '#server/kernel/ids.ts'
import type { Scope } from '#server/kernel/scope.ts'
import type { AccountRef, TransferInput } from '#server/ledger/index.ts'
import { idMaker, type NewId, systemClock, systemRandom } from '#server/platform/clock.ts'
import { type Database, openDatabase, type Queryable } from '#server/platform/postgres/index.ts'
import { openClone } from './database.ts'

export const newId: NewId = idMaker(systemClock, systemRandom)

export async function addMerchant(q: Queryable): Promise<MerchantId> {
  const id = newId('merchant')
  await q.query({
    text: `insert into merchants (merchant_id, name, time_zone, currency, locale)
      values ($1, 'Books', 'Europe/Paris', 'EUR', 'en')`,
    values: [id],
  })
  return id
}

export type Books = {
  readonly db: Database
  /** Signs in as the owner of the tables: what an intruder on the server could do. */
  readonly owner: Database
  readonly scope: Scope
  readonly drop: () => Promise<void>
}

/** A database of the test's own with one merchant in it. */
export async function openBooks(options: { readonly poolSize?: number } = {}): Promise<Books> {
  const clone = await openClone(options)
  const owner = openDatabase({ url: clone.url, poolSize: 2, role: null })
  const drop = async () => {
    await owner.close()
    await clone.drop()
  }
  const scope: Scope = { merchantId: await addMerchant(clone.db), mode: 'test' }
  return { db: clone.db, owner, scope, drop }
}

export const clearing: AccountRef = { kind: 'gateway_clearing', owner: 'gwa_1' }
export const walletOf = (owner: string): AccountRef => ({ kind: 'customer_wallet', owner })

/** A transfer of 1.00 EUR from the gateway to a wallet, but for what is said. */
export const transfer = (given: Partial<TransferInput> = {}): TransferInput => ({
  id: newId('transfer'),
  group: 0,
  debit: clearing,
  credit: walletOf('cus_1'),
  amount: 100n,
  currency: 'EUR',
  source_kind: 'capture',
  source_id: newId('transaction'),
  leg: 0,
  payment_id: null,
  ...given,
})
