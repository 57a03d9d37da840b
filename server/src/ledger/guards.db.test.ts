import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AssertionFault } from '#server/kernel/assert.ts'
import { isId } from '#server/kernel/ids.ts'
import { sqlState } from '#server/platform/postgres/index.ts'
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
  advanceCheckpoints,
  auditLedger,
  balances,
  CHART,
  closeAccount,
  halt,
  isHalted,
  post,
  release,
} from './index.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
  await books.db.tx((tx) => post(tx, books.scope, [transfer(), transfer({ pending: true })]))
})
afterAll(() => books.drop())

const refusalOf = (run: Promise<unknown>): Promise<string | null> =>
  run.then(
    () => 'accepted',
    (fault: unknown) => sqlState(fault),
  )
const asApplication = (text: string) => refusalOf(books.db.tx((tx) => tx.query({ text })))
const asOwner = (text: string) => refusalOf(books.owner.query({ text }))

const PERMISSION_DENIED = '42501'
const KEY: Readonly<Record<string, string>> = {
  ledger_chart: 'kind',
  ledger_accounts: 'merchant_id',
  ledger_transfers: 'merchant_id',
  ledger_checkpoints: 'merchant_id',
  ledger_fences: 'merchant_id',
  ledger_halts: 'merchant_id',
}
const TABLES = Object.keys(KEY)

describe('the application may not write the ledger', () => {
  const writes = TABLES.flatMap((table) => [
    `insert into ${table} (${KEY[table]}) values ('x')`,
    `update ${table} set ${KEY[table]} = ${KEY[table]}`,
    `delete from ${table}`,
    `truncate ${table} cascade`,
    `select * from ${table} for update`,
    `lock table ${table} in share row exclusive mode`,
    `alter table ${table} disable trigger all`,
    `drop table ${table} cascade`,
    `create index on ${table} ((1))`,
    `create rule quiet as on insert to ${table} do instead nothing`,
  ])
  const tricks = [
    'update ledger_accounts set credits_posted = credits_posted + 1',
    'update ledger_transfers set amount = 1',
    `merge into ledger_accounts a using (select 1) s on true when matched then
      update set credits_posted = 1000`,
    `with gone as (delete from ledger_transfers returning 1) select * from gone`,
    'alter table ledger_accounts drop constraint no_overdraft',
    'drop index posted_once',
    'alter sequence ledger_transfers_seq_seq restart',
    `select setval('ledger_transfers_seq_seq', 1)`,
    `select nextval('ledger_transfers_seq_seq')`,
    `select typeid('lac')`,
    `select ledger_open('m', 'test', '{sales}', '{x}', '{EUR}')`,
    `select ledger_decide('{1}', '{a}', '{b}', '{1}', '{f}', '{k}', '{s}', '{0}', '{x}', '{}', '{}',
      '{}')`,
    `create or replace function ledger_close(text, text, text, text, text) returns text
      language sql as 'select null'`,
    'alter function ledger_close owner to florin_app',
    'alter table ledger_transfers owner to florin_app',
    `copy ledger_transfers (amount) from stdin`,
    'create table public.mine (a int)',
    'create function public.mine() returns int language sql as $$ select 1 $$',
  ]
  it.each([...writes, ...tricks])('%s', async (text) => {
    const before = await books.owner.query({ text: 'select * from ledger_accounts order by id' })
    expect(await asApplication(text)).toBe(PERMISSION_DENIED)
    expect(await books.owner.query({ text: 'select * from ledger_accounts order by id' })).toEqual(
      before,
    )
  })

  it.each(TABLES)('and holds no other privilege on %s', async (table) => {
    const [row] = await books.owner.query({
      text: `select array(select privilege_type::text from information_schema.table_privileges
        where grantee in ('florin_app', 'PUBLIC') and table_name = $1) as held`,
      values: [table],
    })
    expect(row).toEqual({ held: ['SELECT'] })
  })

  it('is not fooled by tables of its own with the same names', async () => {
    const posted = await books.db.tx(async (tx) => {
      await tx.query({ text: 'create temp table ledger_accounts (like public.ledger_accounts)' })
      await tx.query({ text: 'create temp table ledger_transfers (like public.ledger_transfers)' })
      return post(tx, books.scope, [transfer({ credit: walletOf('cus_real') })])
    })
    expect(posted[0]?.outcome).toBe('posted')
    const ref = { ...walletOf('cus_real'), currency: 'EUR' }
    const [balance] = await books.owner.query<{ credits_posted: bigint }>({
      text: 'select credits_posted from public.ledger_accounts where owner = $1',
      values: [ref.owner],
    })
    expect(balance?.credits_posted).toBe(100n)
  })
})

describe('the tables refuse what the function would never write', () => {
  const copyOf = (columns: string) => `insert into ledger_transfers (merchant_id, mode, id,
      debit_account_id, credit_account_id, amount, currency, state, pending_id, source_kind,
      source_id, leg)
    select ${columns} from ledger_transfers t join ledger_accounts d on d.id = t.debit_account_id
    limit 1`
  const row = (change: Partial<Record<string, string>>) =>
    copyOf(
      Object.values({
        merchant: 't.merchant_id',
        mode: 't.mode',
        id: `'${newId('transfer')}'`,
        debit: 't.debit_account_id',
        credit: 't.credit_account_id',
        amount: 't.amount',
        currency: 't.currency',
        state: `'posted'`,
        pending: 'null',
        kind: 't.source_kind',
        source: `'${newId('transaction')}'`,
        leg: 't.leg',
        ...change,
      }).join(', '),
    )
  it.each([
    ['another currency than the accounts', { currency: `'USD'` }],
    ['another mode', { mode: `'live'` }],
    ['another merchant', { merchant: `'${newId('merchant')}'` }],
    ['an account that does not exist', { credit: `'${newId('ledgerAccount')}'` }],
    ['an amount of zero', { amount: '0' }],
    ['a negative amount', { amount: '-5' }],
    ['one account on both sides', { credit: 't.debit_account_id' }],
    ['the same source again', { source: 't.source_id' }],
    ['a settlement of nothing', { state: `'post'` }],
    ['a settlement of an unknown hold', { state: `'post'`, pending: `'${newId('transfer')}'` }],
    ['a posted transfer that settles', { pending: 't.id' }],
    ['an id of another kind', { id: `'${newId('payment')}'` }],
    ['no source', { source: `''` }],
  ])('%s', async (_, change) => {
    expect(await asOwner(row({}))).toBe('accepted')
    expect(await asOwner(row(change))).toMatch(/^23/)
  })

  it.each([
    `update ledger_accounts set debits_pending = credits_posted - debits_posted + 1
      where not may_overdraw`,
    'update ledger_accounts set debits_pending = -1',
    `update ledger_accounts set credits_posted = 1 where kind = 'gateway_clearing'`,
    `update ledger_accounts set may_overdraw = true where kind = 'customer_wallet'`,
    `update ledger_chart set may_overdraw = false where kind = 'sales'`,
    `update ledger_accounts set currency = 'USD'`,
  ])('%s', async (text) => {
    expect(await asOwner(text)).toMatch(/^23/)
  })
})

describe('a bug is loud and changes nothing', () => {
  const balance = async () =>
    (await balances(books.db, books.scope, [{ ...walletOf('cus_1'), currency: 'EUR' }]))[0]
  const first = transfer()
  it.each([
    ['another amount for the same source', { ...first, amount: 99n }],
    ['another account for the same source', { ...first, credit: walletOf('cus_2') }],
    ['a hold for a posted source', { ...first, pending: true }],
    ['a used id for another source', { ...first, source_id: newId('transaction') }],
    ['a negative amount', transfer({ amount: -1n })],
    ['one account on both sides', transfer({ debit: walletOf('cus_1') })],
    ['an unknown kind', transfer({ credit: { kind: 'gold' as 'sales', owner: '' } })],
  ])('%s', async (_, wrong) => {
    await books.db.tx((tx) => post(tx, books.scope, [first]))
    const before = await balance()
    const run = books.db.tx((tx) => post(tx, books.scope, [transfer(), { ...wrong, group: 1 }]))
    await expect(run).rejects.toThrow(AssertionFault)
    expect(await balance()).toEqual(before)
  })

  it('refuses a group in two places', async () => {
    const groups = [0, 1, 0].map((group) => transfer({ group }))
    await expect(books.db.tx((tx) => post(tx, books.scope, groups))).rejects.toThrow(AssertionFault)
  })
})

it('knows the same chart of accounts as the code', async () => {
  const rows = await books.db.query<{ kind: string }>({
    text: `select kind, normal_side as normal, may_overdraw as "mayOverdraw", live
      from ledger_chart`,
  })
  expect(Object.fromEntries(rows.map(({ kind, ...line }) => [kind, line]))).toEqual(CHART)
})

it('makes ids in the database that the code reads as its own', async () => {
  const rows = await books.owner.query<{ id: string }>({
    text: `select typeid('lac') as id from generate_series(1, 500)`,
  })
  expect(rows.every(({ id }) => isId('ledgerAccount', id))).toBe(true)
  expect(new Set(rows.map(({ id }) => id)).size).toBe(500)
})

it('closes an empty account and refuses transfers on it, one code each', async () => {
  const scope = { merchantId: await addMerchant(books.db), mode: 'live' as const }
  const wallet = walletOf('cus_gone')
  const ref = { ...wallet, currency: 'EUR' }
  const close = () => books.db.tx((tx) => closeAccount(tx, scope, ref))
  expect(await close()).toBe('not_found')
  await books.db.tx((tx) => post(tx, scope, [transfer({ credit: wallet })]))
  expect(await close()).toBe('not_empty')
  await books.db.tx((tx) => post(tx, scope, [transfer({ debit: wallet, credit: clearing })]))
  expect(await close()).toBe('closed')
  const answers = await books.db.tx((tx) =>
    post(tx, scope, [
      transfer({ credit: wallet }),
      transfer({ credit: walletOf('cus_2') }),
      transfer({ credit: walletOf('cus_2'), group: 1 }),
    ]),
  )
  expect(answers.map((answer) => answer.code ?? answer.outcome)).toEqual([
    'account_closed',
    'group_refused',
    'posted',
  ])
})

it('keeps the first reason of a halt until somebody releases it with a note', async () => {
  const { db, scope } = books
  expect(await isHalted(db, scope)).toBeNull()
  await halt(db, scope, 'A2: a wallet differs')
  await halt(db, scope, 'A2: again')
  expect(await isHalted(db, scope)).toBe('A2: a wallet differs')
  expect(await isHalted(db, { ...scope, mode: 'live' })).toBeNull()
  await expect(release(db, scope, '')).rejects.toThrow()
  await release(db, scope, 'Restored from the backup of this morning')
  expect(await isHalted(db, scope)).toBeNull()
})

describe('the audit names what differs', () => {
  const tamper = async (text: string) => {
    const own = await openBooks()
    try {
      await own.db.tx((tx) =>
        post(tx, own.scope, [
          transfer({ credit: walletOf('cus_1') }),
          transfer({ credit: walletOf('cus_2'), pending: true }),
        ]),
      )
      expect(await auditLedger(own.db)).toEqual([])
      while ((await advanceCheckpoints(own.db)) === 0) await pause(25)
      await own.owner.tx(async (tx) => {
        await tx.query({ text: 'set local session_replication_role = replica' })
        await tx.query({ text })
      })
      return (await auditLedger(own.db)).map(({ check, sentence }) => `${check} ${sentence}`)
    } finally {
      await own.drop()
    }
  }
  it.each([
    [
      `update ledger_accounts set credits_posted = 101 where owner = 'cus_1'`,
      /^A2 The counter of customer_wallet of cus_1 .* 1.01 EUR credits posted, .* to 1.00 EUR/,
    ],
    [
      `update ledger_checkpoints set debits_posted = debits_posted + 7`,
      /^A2 The checkpoint of gateway_clearing of gwa_1 /,
    ],
    [`delete from ledger_transfers where state = 'posted'`, /^A2 The counter of customer_wallet/],
    [`update ledger_transfers set amount = 3 where state = 'pending'`, /^A2 .* credits pending/],
    [`update ledger_transfers set currency = 'USD'`, /^A1 .* debits an account of its/],
    [
      `update ledger_transfers set debit_account_id = credit_account_id,
        credit_account_id = debit_account_id`,
      /^A3|^A2/,
    ],
  ])('%s', async (text, sentence) => {
    const findings = await tamper(text)
    expect(
      findings.some((finding) => sentence.test(finding)),
      findings.join('\n'),
    ).toBe(true)
  })
})
