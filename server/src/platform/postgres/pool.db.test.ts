import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, emptyDatabase } from '#test/database.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import {
  assertOutsideTransaction,
  type Database,
  insideTransaction,
  openDatabase,
  sqlState,
  violates,
} from './index.ts'

let db: Database
let drop: () => Promise<void>

beforeAll(async () => {
  const clone = await emptyDatabase()
  drop = clone.drop
  db = openDatabase({ url: clone.url, poolSize: 4, role: null })
  await db.query({ text: 'create table account (id int primary key, amount bigint not null)' })
  await db.query({ text: 'insert into account values (1, 10), (2, 10)' })
})
afterAll(async () => {
  await db.close()
  await drop()
})

const amountOf = async (id: number) =>
  (
    await db.query<{ amount: bigint }>({
      text: 'select amount from account where id = $1',
      values: [id],
    })
  )[0]?.amount

describe('values', () => {
  it('gives amounts as bigint, numerics and days as text, moments as Date', async () => {
    const [row] = await db.query({
      text: `select $1::int8 as whole, $2::int8[] as wholes, 1.10::numeric as exact,
                    array[2.50]::numeric[] as exacts, date '2026-02-03' as day,
                    timestamptz '2026-02-03 04:05:06+01' as moment, $3::jsonb as document`,
      values: [9007199254740993n, [1n, -2n], JSON.stringify({ a: [1] })],
    })
    expect(row).toEqual({
      whole: 9007199254740993n,
      wholes: [1n, -2n],
      exact: '1.10',
      exacts: ['2.50'],
      day: '2026-02-03',
      moment: new Date('2026-02-03T03:05:06Z'),
      document: { a: [1] },
    })
  })
})

describe('sessions', () => {
  it('run as florin_app with UTC and every limit', async () => {
    const clone = await cloneDatabase()
    const app = openDatabase({ url: clone.url, poolSize: 1 })
    const [row] = await app.query({
      text: `select current_user::text as role, current_setting('timezone') as zone,
                    current_setting('statement_timeout') as statement,
                    current_setting('lock_timeout') as lock,
                    current_setting('idle_in_transaction_session_timeout') as idle`,
    })
    expect(row).toEqual({
      role: 'florin_app',
      zone: 'UTC',
      statement: '10s',
      lock: '5s',
      idle: '15s',
    })
    await app.close()
    await clone.drop()
  })

  it('keep the options that the address asks for', async () => {
    const empty = await emptyDatabase()
    const url = new URL(empty.url)
    url.searchParams.set('options', '-c work_mem=7MB')
    const own = openDatabase({ url: url.href, poolSize: 1, role: null })
    const [row] = await own.query({
      text: `select current_setting('work_mem') as memory, current_setting('timezone') as zone`,
    })
    expect(row).toEqual({ memory: '7MB', zone: 'UTC' })
    await own.close()
    await empty.drop()
  })
})

describe('transactions', () => {
  it('roll back on a throw', async () => {
    const run = db.tx(async (tx) => {
      await tx.query({ text: 'update account set amount = 0 where id = 1' })
      throw new Error('no')
    })
    await expect(run).rejects.toThrow('no')
    expect(await amountOf(1)).toBe(10n)
  })

  it('commit a returned refusal with tx and roll it back with txResult', async () => {
    const refuseAfter = (to: number) => async (tx: { query: Database['query'] }) => {
      await tx.query({ text: 'update account set amount = $1 where id = 1', values: [to] })
      return refuse('too_late') as Result<number, 'too_late'>
    }
    expect(await db.txResult(refuseAfter(11))).toEqual({ ok: false, refusal: { code: 'too_late' } })
    expect(await amountOf(1)).toBe(10n)
    expect((await db.tx(refuseAfter(12))).ok).toBe(false)
    expect(await amountOf(1)).toBe(12n)
    expect(await db.txResult(async () => ok(7))).toEqual({ ok: true, value: 7 })
  })

  it('are tried again after a deadlock, so both opposite transfers happen', async () => {
    let tries = 0
    const transfer = (from: number, to: number) =>
      db.tx(async (tx) => {
        tries += 1
        await tx.query({
          text: 'update account set amount = amount - 1 where id = $1',
          values: [from],
        })
        await pause(tries < 3 ? 100 : 0)
        await tx.query({
          text: 'update account set amount = amount + 1 where id = $1',
          values: [to],
        })
      })
    const before = [await amountOf(1), await amountOf(2)]
    await Promise.all([transfer(1, 2), transfer(2, 1)])
    expect([await amountOf(1), await amountOf(2)]).toEqual(before)
    expect(tries).toBeGreaterThan(2)
  })

  it('give up after five more tries and try nothing else again', async () => {
    let tries = 0
    const failing = (state: string) =>
      db.tx(async (tx) => {
        tries += 1
        const text = `do $$ begin raise exception 'x' using errcode = '${state}'; end $$`
        await tx.query({ text })
      })
    const fault = await failing('40001').catch((caught: unknown) => caught)
    expect([sqlState(fault), tries]).toEqual(['40001', 6])
    tries = 0
    await expect(failing('23514')).rejects.toThrow()
    expect(tries).toBe(1)
  })

  it('know that they are open, and refuse a second connection meanwhile', async () => {
    expect(insideTransaction()).toBe(false)
    let later: Promise<boolean> | null = null
    await db.tx(async (tx) => {
      expect(insideTransaction()).toBe(true)
      expect(() => assertOutsideTransaction('call a gateway')).toThrow('call a gateway')
      await expect(db.query({ text: 'select 1' })).rejects.toThrow('pass tx down')
      await expect(db.tx(async () => 1)).rejects.toThrow('pass tx down')
      later = new Promise((resolve) => setTimeout(() => resolve(insideTransaction()), 50))
      await tx.query({ text: 'select 1' })
    })
    expect(await later).toBe(false)
    expect(() => assertOutsideTransaction('call a gateway')).not.toThrow()
  })

  it('survive a connection that is cut under them', async () => {
    const cut = db.tx(async (tx) => {
      await tx.query({ text: 'update account set amount = 99 where id = 2' })
      await tx.query({ text: 'select pg_terminate_backend(pg_backend_pid())' })
    })
    await expect(cut).rejects.toThrow()
    expect(await amountOf(2)).not.toBe(99n)
    expect(db.stats().waiting).toBe(0)
  })
})

it('names the constraint that a statement broke', async () => {
  const insert = db.query({ text: 'insert into account values (1, 1)' })
  const fault = await insert.catch((caught: unknown) => caught)
  expect(violates(fault)).toBe(true)
  expect(violates(fault, 'account_pkey')).toBe(true)
  expect(violates(fault, 'other')).toBe(false)
  expect(violates(new Error('no'))).toBe(false)
})

describe('copyOut', () => {
  it('streams rows and gives its connection back', async () => {
    for (let run = 0; run < 5; run += 1) {
      const rows = await db.copyOut('copy (select generate_series(1, 3)) to stdout')
      expect(await text(rows)).toBe('1\n2\n3\n')
    }
  })

  it('ends the statement when it is destroyed half way', async () => {
    for (let run = 0; run < 5; run += 1) {
      const rows = await db.copyOut('copy (select generate_series(1, 100000000)) to stdout')
      await new Promise((resolve) => rows.once('data', resolve))
      rows.destroy()
    }
    const running = async () =>
      await db.query({
        text: `select 1 from pg_stat_activity where query like 'copy (%100000000%'`,
      })
    await expect.poll(async () => (await running()).length, { timeout: 5_000 }).toBe(0)
  })

  it('reports a statement that fails', async () => {
    await expect(
      db.copyOut('copy (select 1/0) to stdout').then((rows) => text(rows)),
    ).rejects.toThrow('division by zero')
  })
})

describe('listen', () => {
  it('hears notices, and null after its connection was cut and came back', async () => {
    const heard: (string | null)[] = []
    const stop = await db.listen('payments', (payload) => heard.push(payload))
    await db.query({ text: `notify payments, 'one'` })
    await expect.poll(() => heard).toEqual(['one'])
    await db.query({
      text: `select pg_terminate_backend(pid) from pg_stat_activity
              where application_name = 'florin listen' and datname = current_database()`,
    })
    await expect.poll(() => heard, { timeout: 5_000 }).toEqual(['one', null])
    await db.query({ text: `notify payments, 'two'` })
    await expect.poll(() => heard).toEqual(['one', null, 'two'])
    await stop()
    await db.query({ text: `notify payments, 'three'` })
    await pause(50)
    expect(heard).toEqual(['one', null, 'two'])
  })
})
