import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AssertionFault } from '#server/kernel/assert.ts'
import type { Scope } from '#server/kernel/scope.ts'
import { addMerchant, type Books, newId, openBooks } from '#test/books.ts'
import {
  type AccountKind,
  type AccountRef,
  advanceCheckpoints,
  auditLedger,
  balances,
  CHART,
  closeAccount,
  entriesOf,
  post,
  settle,
  type TransferInput,
} from './index.ts'

// The model: what the ledger should do, one transfer after the other, with nothing but a map.

type Account = { posted: bigint; out: bigint; in: bigint; closed: boolean; guarded: boolean }
type Known = { input: TransferInput; state: 'posted' | 'pending' | 'post' | 'void' }
type Model = { accounts: Map<string, Account>; known: Map<string, Known> }

const keyOf = (ref: AccountRef, currency: string) => `${ref.kind}/${ref.owner}/${currency}`
const sourceOf = (of: { source_kind: string; source_id: string; leg: number }) =>
  `${of.source_kind}/${of.source_id}/${of.leg}`

/** Counted on the credit side, whatever the kind. */
function accountOf(model: Model, ref: AccountRef, currency: string): Account {
  const key = keyOf(ref, currency)
  const account = model.accounts.get(key) ?? {
    posted: 0n,
    out: 0n,
    in: 0n,
    closed: false,
    guarded: !CHART[ref.kind].mayOverdraw,
  }
  model.accounts.set(key, account)
  return account
}

function move(model: Model, input: TransferInput, sign: bigint): void {
  const debit = accountOf(model, input.debit, input.currency)
  const credit = accountOf(model, input.credit, input.currency)
  const amount = sign * input.amount
  if (input.pending) debit.out += amount
  if (input.pending) credit.in += amount
  if (!input.pending) debit.posted -= amount
  if (!input.pending) credit.posted += amount
}

function tryOne(model: Model, input: TransferInput): string {
  if (model.known.has(sourceOf(input))) return 'already'
  const debit = accountOf(model, input.debit, input.currency)
  const credit = accountOf(model, input.credit, input.currency)
  if (debit.closed || credit.closed) return 'account_closed'
  if (debit.guarded && debit.posted - debit.out < input.amount) return 'overdraft'
  move(model, input, 1n)
  model.known.set(sourceOf(input), { input, state: input.pending ? 'pending' : 'posted' })
  return 'posted'
}

function modelPost(model: Model, inputs: readonly TransferInput[]): string[] {
  const answers = new Map<TransferInput, string>()
  for (const group of new Set(inputs.map((input) => input.group))) {
    const members = inputs.filter((input) => input.group === group)
    const before = new Set(model.known.keys())
    const given = members.map((input) => tryOne(model, input))
    const failed = given.findIndex((answer) => !['posted', 'already'].includes(answer))
    for (const [at, input] of members.entries()) {
      const answer = given[at] ?? ''
      const stays = failed === -1 || before.has(sourceOf(input)) || at === failed
      answers.set(input, stays ? answer : 'group_refused')
      if (stays || answer !== 'posted') continue
      move(model, input, -1n)
      model.known.delete(sourceOf(input))
    }
  }
  return inputs.map((input) => answers.get(input) ?? '')
}

function modelSettle(model: Model, source: string, outcome: 'post' | 'void'): string {
  const known = model.known.get(source)
  if (known === undefined || known.state === 'posted') return 'pending_not_found'
  if (known.state !== 'pending') return known.state === outcome ? 'already' : 'settled_otherwise'
  move(model, known.input, -1n)
  if (outcome === 'post') move(model, { ...known.input, pending: false }, 1n)
  known.state = outcome
  return 'settled'
}

// What happens: few accounts, few sources, small amounts, so that everything meets everything.

const KINDS: readonly AccountKind[] = ['gateway_clearing', 'customer_wallet', 'receivable', 'sales']
const REFS = KINDS.flatMap((kind): AccountRef[] =>
  CHART[kind].live ? ['cus_1', 'cus_2'].map((owner) => ({ kind, owner })) : [{ kind, owner: '' }],
)
const SOURCES = 40

const refs = fc.shuffledSubarray(REFS, { minLength: 2, maxLength: 2 })
/** The contents follow from the source, so that the same source is the same fact. */
const catalogue = fc.array(
  fc.record({
    ends: refs,
    amount: fc.bigInt({ min: 1n, max: 40n }),
    currency: fc.constantFrom('EUR', 'EUR', 'JPY'),
    pending: fc.boolean(),
  }),
  { minLength: SOURCES, maxLength: SOURCES },
)
const source = fc.nat({ max: SOURCES - 1 })
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('post' as const),
      batch: fc.array(fc.record({ source, group: fc.nat({ max: 3 }) }), {
        minLength: 1,
        maxLength: 8,
      }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      batch: fc.array(
        fc.record({ source, outcome: fc.constantFrom('post' as const, 'void' as const) }),
        { minLength: 1, maxLength: 4 },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('alter' as const), source }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('checkpoint' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('close' as const), ref: fc.constantFrom(...REFS) }),
  },
)

type Entry = { ends: AccountRef[]; amount: bigint; currency: string; pending: boolean }
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never
type Run = { books: Books; scope: Scope; model: Model; entries: readonly Entry[] }

function inputOf(run: Run, at: number, group: number): TransferInput {
  const { ends, amount, currency, pending } = run.entries[at] as Entry
  const [debit, credit] = ends as [AccountRef, AccountRef]
  const id = newId('transfer')
  const named = { source_kind: 'oracle', source_id: `s${at >> 1}`, leg: at & 1 }
  return { id, group, debit, credit, amount, currency, ...named, payment_id: null, pending }
}

async function takeStep(run: Run, taken: Step): Promise<void> {
  const { books, scope, model } = run
  if (taken.do === 'post') {
    const batch = taken.batch.toSorted((a, b) => a.group - b.group)
    const inputs = batch.map((one) => inputOf(run, one.source, one.group))
    const answers = await books.db.tx((tx) => post(tx, scope, inputs))
    const said = answers.map((answer) => answer.code ?? answer.outcome)
    expect(said).toEqual(modelPost(model, inputs))
  } else if (taken.do === 'settle') {
    const wishes = taken.batch.map((one) => {
      const { source_kind, source_id, leg, id } = inputOf(run, one.source, 0)
      return { id, source_kind, source_id, leg, outcome: one.outcome }
    })
    const answers = await books.db.tx((tx) => settle(tx, scope, wishes))
    const expected = wishes.map((wish) => modelSettle(model, sourceOf(wish), wish.outcome))
    expect(answers.map((answer) => answer.code ?? answer.outcome)).toEqual(expected)
  } else if (taken.do === 'alter') {
    const input = inputOf(run, taken.source, 0)
    if (!model.known.has(sourceOf(input))) return
    const other = { ...input, amount: input.amount + 1n }
    await expect(books.db.tx((tx) => post(tx, scope, [other]))).rejects.toThrow(AssertionFault)
  } else if (taken.do === 'checkpoint') {
    await advanceCheckpoints(books.db)
  } else if (CHART[taken.ref.kind].live) {
    const ref = { ...taken.ref, currency: 'EUR' }
    const exists = model.accounts.has(keyOf(ref, 'EUR'))
    const account = accountOf(model, ref, 'EUR')
    const empty = account.posted === 0n && account.out === 0n && account.in === 0n
    if (empty && exists) account.closed = true
    if (!exists) model.accounts.delete(keyOf(ref, 'EUR'))
    const answer = await books.db.tx((tx) => closeAccount(tx, scope, ref))
    expect(answer).toBe(exists ? (empty ? 'closed' : 'not_empty') : 'not_found')
  }
}

async function compareBalances(run: Run): Promise<void> {
  for (const currency of ['EUR', 'JPY']) {
    const wanted = REFS.map((ref) => ({ ...ref, currency }))
    const found = await balances(run.books.db, run.scope, wanted)
    for (const [at, ref] of wanted.entries()) {
      const account = accountOf(run.model, ref, currency)
      const credit = CHART[ref.kind].normal === 'credit'
      const posted = credit ? account.posted : -account.posted
      const held = credit ? account.out : account.in
      expect(found[at], keyOf(ref, currency)).toEqual({ posted, held, available: posted - held })
      const lines = await entriesOf(run.books.db, run.scope, { ...ref, limit: 500 })
      expect(lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(posted)
      expect(lines[0]?.balance_after ?? 0n).toBe(posted)
    }
  }
}

let books: Books
beforeAll(async () => {
  books = await openBooks()
})
afterAll(() => books.drop())

it('does what a model of a hundred lines does, whatever happens in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(
      catalogue,
      fc.array(step, { minLength: 1, maxLength: 25 }),
      async (entries, steps) => {
        const scope: Scope = { merchantId: await addMerchant(books.db), mode: 'test' }
        const model: Model = { accounts: new Map(), known: new Map() }
        const run = { books, scope, model, entries }
        for (const taken of steps) await takeStep(run, taken)
        await compareBalances(run)
      },
    ),
    { numRuns: 150 },
  )
  expect(await auditLedger(books.db)).toEqual([])
})
