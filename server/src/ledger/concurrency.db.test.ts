import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Scope } from '#server/kernel/scope.ts'
import type { Tx } from '#server/platform/postgres/index.ts'
import {
  addMerchant,
  type Books,
  clearing,
  newId,
  openBooks,
  transfer,
  walletOf,
} from '#test/books.ts'
import {
  type AccountRef,
  advanceCheckpoints,
  auditLedger,
  balances,
  post,
  settle,
  type TransferInput,
} from './index.ts'

const CONNECTIONS = 16

let books: Books
let scope: Scope
beforeAll(async () => {
  books = await openBooks({ poolSize: CONNECTIONS })
  scope = books.scope
})
afterAll(async () => {
  expect(await auditLedger(books.db)).toEqual([])
  await books.drop()
})

/** One statement, its own transaction, tried once: a deadlock is not hidden by a second try. */
const once = (): Tx => ({ tx: true, query: books.db.query })
const freshScope = async (): Promise<Scope> => ({
  merchantId: await addMerchant(books.db),
  mode: 'test',
})
const balanceOf = async (of: Scope, ref: AccountRef) => {
  const [balance] = await balances(books.db, of, [{ ...ref, currency: 'EUR' }])
  return balance
}
const many = <T>(count: number, run: (at: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => run(at)))

it('moves money round rings of 20 accounts on 16 connections without a deadlock', async () => {
  const own = await freshScope()
  const at = (index: number): AccountRef => ({ kind: 'receivable', owner: `cus_${index % 20}` })
  const ring = (start: number, step: number): TransferInput[] =>
    Array.from({ length: 20 }, (_, index) =>
      transfer({
        debit: at(start + index * step),
        credit: at(start + (index + 1) * step),
        amount: BigInt(1 + index),
      }),
    )
  await many(200, (call) => post(once(), own, ring(call * 7, call % 2 ? 1 : 19)))
  const all = await Promise.all(Array.from({ length: 20 }, (_, index) => balanceOf(own, at(index))))
  expect(all.reduce((sum, balance) => sum + (balance?.posted ?? 0n), 0n)).toBe(0n)
  const [row] = await books.db.query<{ n: bigint }>({
    text: 'select count(*) as n from ledger_transfers where merchant_id = $1',
    values: [own.merchantId],
  })
  expect(row?.n).toBe(4000n)
})

it('lets 200 spends of a whole balance succeed exactly once', async () => {
  const wallet = walletOf('cus_spent')
  await post(once(), scope, [transfer({ credit: wallet, amount: 5000n })])
  const answers = await many(200, () =>
    post(once(), scope, [transfer({ debit: wallet, credit: clearing, amount: 5000n })]),
  )
  const outcomes = answers.flat().map((answer) => answer.code ?? answer.outcome)
  expect(outcomes.filter((outcome) => outcome === 'posted')).toHaveLength(1)
  expect(outcomes.filter((outcome) => outcome === 'overdraft')).toHaveLength(199)
  expect(await balanceOf(scope, wallet)).toEqual({ posted: 0n, held: 0n, available: 0n })
})

it('lets 500 of 1,000 spends of one succeed on a balance of 500, held or posted', async () => {
  const wallet = walletOf('cus_nibbled')
  await post(once(), scope, [transfer({ credit: wallet, amount: 500n })])
  const answers = await many(250, (call) => {
    const spends = Array.from({ length: 4 }, (_, group) =>
      transfer({ debit: wallet, credit: clearing, amount: 1n, group, pending: call % 2 === 0 }),
    )
    return post(once(), scope, spends)
  })
  const posted = answers.flat().filter((answer) => answer.outcome === 'posted')
  expect(posted).toHaveLength(500)
  const left = await balanceOf(scope, wallet)
  expect(left?.available).toBe(0n)
  expect((left?.posted ?? 0n) - (left?.held ?? 0n)).toBe(0n)
})

it.each([
  ['a wallet', walletOf('cus_once')],
  ['hot accounts only', { kind: 'sales', owner: '' } satisfies AccountRef],
])('posts 100 identical sets in parallel once, on %s', async (_, credit) => {
  const own = await freshScope()
  const source_id = newId('transaction')
  const answers = await many(100, () =>
    post(once(), own, [
      transfer({ credit, source_id, leg: 0 }),
      transfer({
        credit: clearing,
        debit: { kind: 'gateway_fees', owner: 'gwa_1' },
        source_id,
        leg: 1,
      }),
    ]),
  )
  expect(answers.flat().filter((answer) => answer.outcome === 'posted')).toHaveLength(2)
  expect(answers.flat().filter((answer) => answer.outcome === 'already')).toHaveLength(198)
  expect(new Set(answers.map(([first]) => first?.transfer_id)).size).toBe(1)
  expect((await balanceOf(own, credit))?.posted).toBe(100n)
})

it('settles a hold once, whoever comes first with post or void', async () => {
  const own = await freshScope()
  const wallet = walletOf('cus_held')
  await post(once(), own, [transfer({ credit: wallet, amount: 100n })])
  const hold = transfer({ debit: wallet, credit: clearing, amount: 60n, pending: true })
  await post(once(), own, [hold])
  const { source_kind, source_id, leg } = hold
  const answers = await many(60, (call) =>
    settle(once(), own, [
      {
        id: newId('transfer'),
        source_kind,
        source_id,
        leg,
        outcome: call % 2 === 0 ? 'post' : 'void',
      },
    ]),
  )
  const said = answers.flat().map((answer) => answer.code ?? answer.outcome)
  expect(said.filter((word) => word === 'settled')).toHaveLength(1)
  expect(said.filter((word) => word === 'already')).toHaveLength(29)
  expect(said.filter((word) => word === 'settled_otherwise')).toHaveLength(30)
  const left = await balanceOf(own, wallet)
  expect([40n, 100n]).toContain(left?.posted)
  expect(left?.held).toBe(0n)
})

it('opens the same accounts once when many name them first', async () => {
  const own = await freshScope()
  await many(64, (call) =>
    post(once(), own, [
      transfer({ credit: walletOf('cus_a') }),
      transfer({ credit: walletOf('cus_b'), currency: call % 2 ? 'EUR' : 'JPY', group: 1 }),
    ]),
  )
  const rows = await books.db.query({
    text: 'select kind, owner, currency from ledger_accounts where merchant_id = $1',
    values: [own.merchantId],
  })
  expect(rows).toHaveLength(5)
})

/** Moves checkpoints until the sums of sales fit; transactions of other tests may delay it. */
async function checkpointed(of: Scope, fits: (sums: bigint[]) => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    await advanceCheckpoints(books.db)
    const rows = await books.db.query<{ credits_posted: bigint }>({
      text: `select k.credits_posted from ledger_checkpoints k join ledger_accounts a
        on a.merchant_id = k.merchant_id and a.mode = k.mode and a.id = k.account_id
        where a.merchant_id = $1 and a.kind = 'sales'`,
      values: [of.merchantId],
    })
    if (await fits(rows.map((row) => row.credits_posted))) return
    await pause(25)
  }
  throw new Error('the checkpoints never moved')
}

it('counts a transfer that commits late, after a checkpoint went past its place', async () => {
  const own = await freshScope()
  const sale = () => transfer({ credit: { kind: 'sales', owner: '' }, amount: 1n })
  let commit: () => void = () => undefined
  const told = new Promise<void>((resolve) => {
    commit = resolve
  })
  let begun: () => void = () => undefined
  const started = new Promise<void>((resolve) => {
    begun = resolve
  })
  await post(once(), own, [sale()])
  const late = books.db.tx(async (tx) => {
    await post(tx, own, [sale()])
    begun()
    await told
  })
  await started
  await post(once(), own, [sale()])
  for (let round = 0; round < 4; round++) await advanceCheckpoints(books.db)
  expect((await balanceOf(own, { kind: 'sales', owner: '' }))?.posted).toBe(2n)
  commit()
  await late
  await checkpointed(own, async (sums) => {
    expect((await balanceOf(own, { kind: 'sales', owner: '' }))?.posted).toBe(3n)
    return sums.includes(3n)
  })
})

it('keeps hot balances equal to their transfers while checkpoints move under load', async () => {
  const own = await freshScope()
  let posting = true
  const checkpoints = (async () => {
    while (posting) await advanceCheckpoints(books.db)
  })()
  await many(400, () => post(once(), own, [transfer({ credit: { kind: 'sales', owner: '' } })]))
  posting = false
  await checkpoints
  await advanceCheckpoints(books.db)
  expect((await balanceOf(own, { kind: 'sales', owner: '' }))?.posted).toBe(40_000n)
  expect((await balanceOf(own, clearing))?.posted).toBe(40_000n)
})

it('starts its fence again after a restore into a server that counts anew', async () => {
  const own = await freshScope()
  await post(once(), own, [transfer({ credit: { kind: 'sales', owner: '' } })])
  await advanceCheckpoints(books.db)
  await books.owner.query({
    text: `update ledger_fences set xact = '4000000000000' where merchant_id = $1`,
    values: [own.merchantId],
  })
  await checkpointed(own, async (sums) => sums.length === 1)
})
