import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, type Scope, SYSTEM } from '#server/kernel/scope.ts'
import { systemClock } from '#server/platform/clock.ts'
import { announce } from '#server/platform/outbox.ts'
import type { Tx } from '#server/platform/postgres/index.ts'
import { addMerchant, type Books, newId, openBooks } from '#test/books.ts'
import { listAudit, recordAudit, sealEntries, sealPending, verifyChain } from './index.ts'

const ACTOR: Actor = { kind: 'member', id: 'mem_1', name: 'Léa "Root"' }
const ENTRIES = 60

let books: Books
beforeAll(async () => {
  books = await openBooks({ poolSize: 16 })
})
afterAll(() => books.drop())

async function act(tx: Tx, scope: Scope, index: number): Promise<void> {
  await recordAudit(tx, newId, systemClock, scope, {
    actor: ACTOR,
    action: 'refund.requested',
    objectId: `rfd_${index}`,
    reason: `reason ${index}`,
    changes: { amount: { from: null, to: 10n ** 17n + BigInt(index) }, z: 1, a: [1.5, 'ü'] },
    ip: '192.0.2.1',
  })
  const data = { index, nested: { b: 1, a: '\u2028' }, big: 0.1 + index }
  const fact = { type: 'refund.requested', objectId: `rfd_${index}`, objectVersion: 1 }
  await announce(tx, newId, scope, SYSTEM, [{ ...fact, paymentId: null, data }])
}

async function filledScope(): Promise<Scope> {
  const scope: Scope = { merchantId: await addMerchant(books.db), mode: 'test' }
  await books.db.tx(async (tx) => {
    for (let index = 0; index < ENTRIES / 2; index++) await act(tx, scope, index)
  })
  while ((await sealPending(books.db, scope.merchantId, 17)) > 0);
  return scope
}

describe('a sealed chain', () => {
  it('verifies, and says how much it read and what waits', async () => {
    const scope = await filledScope()
    const steps: number[] = []
    const report = await verifyChain(books.db, scope.merchantId, (done) => steps.push(done))
    // The events still wait for their subscribers.
    expect(report).toEqual({ ok: true, entries: ENTRIES, waiting: 30, stalled: 0, bad: [] })
    expect(steps).toEqual([ENTRIES])
    const never = await verifyChain(books.db, newId('merchant'))
    expect(never).toMatchObject({ ok: true, entries: 0 })
  })

  it('takes entries that are sealed already only once', async () => {
    const scope = await filledScope()
    const refs = await books.db.query<{ mode: string; kind: string; entry_id: string }>({
      text: 'select mode, kind, entry_id from outbox where merchant_id = $1',
      values: [scope.merchantId],
    })
    await books.db.tx((tx) => sealEntries(tx, scope.merchantId, [...refs, ...refs]))
    expect(await verifyChain(books.db, scope.merchantId)).toMatchObject({ entries: ENTRIES })
  })

  it('never forks when 50 seal at once, while others add entries', async () => {
    const scope: Scope = { merchantId: await addMerchant(books.db), mode: 'live' }
    await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        await books.db.tx((tx) => act(tx, scope, index))
        await sealPending(books.db, scope.merchantId, 5)
      }),
    )
    while ((await sealPending(books.db, scope.merchantId, 100)) > 0);
    const report = await verifyChain(books.db, scope.merchantId)
    expect(report).toMatchObject({ ok: true, entries: 100, bad: [] })
  })

  it('lists what was done, newest first, and whether it is sealed', async () => {
    const scope = await filledScope()
    await books.db.tx((tx) => act(tx, scope, 99))
    await books.db.tx((tx) =>
      recordAudit(tx, newId, systemClock, { ...scope, mode: null }, { actor: ACTOR, action: 'in' }),
    )
    const list = (more: object) =>
      listAudit(books.db, scope.merchantId, { mode: 'test', limit: 2, ...more })
    const [both, newest] = await list({})
    expect(both).toMatchObject({ action: 'in', sealed: false })
    expect(newest).toMatchObject({
      object: 'audit_entry',
      actor_name: 'Léa "Root"',
      object_id: 'rfd_99',
      changes: { amount: { from: null, to: '100000000000000099' } },
      sealed: false,
    })
    const [next] = await list({ before: newest?.id })
    expect(next).toMatchObject({ action: 'refund.requested', sealed: true })
    expect(await list({ objectId: 'rfd_3' })).toHaveLength(1)
    expect(await list({ action: 'in' })).toHaveLength(1)
    expect(await list({ mode: 'live' })).toMatchObject([{ action: 'in' }])
  })

  it('the application may add to it and change nothing', async () => {
    for (const table of ['audit_entries', 'chain_links', 'events']) {
      for (const verb of ['delete from', 'truncate']) {
        await expect(books.db.query({ text: `${verb} ${table}` })).rejects.toThrow('permission')
      }
      const update = { text: `update ${table} set merchant_id = merchant_id` }
      await expect(books.db.query(update)).rejects.toThrow('permission')
    }
    await expect(books.db.query({ text: 'delete from chain_heads' })).rejects.toThrow('permission')
  })
})

// One way to tamper each; $1 is the merchant, n a place in the chain, m another one.
type Tampering = {
  readonly name: string
  readonly why: RegExp
  readonly sql: (n: number, m: number) => string[]
}
const nth = (kind: 'audit' | 'event', n: number) =>
  `(select entry_id from chain_links where merchant_id = $1 and kind = '${kind}'
    order by seq offset ${n % 30} limit 1)`
const audited = (n: number) => `id = ${nth('audit', n)}`
const announced = (n: number) => `id = ${nth('event', n)}`
const place = (n: number) => 1 + (n % ENTRIES)
const linked = (n: number) => `merchant_id = $1 and seq = ${place(n)}`
const EDITED = /^the entry was changed$/
const DELETED = /^the entry was deleted$/
const UNSEALED = /^the entry was never sealed, nor does it wait to be$/
const UNFOLLOWING = /^it does not follow the link before it$/

const ENTRY_COLUMNS = ['actor_name', 'action', 'object_id', 'reason', 'request_id', 'ip']
const TAMPERINGS: readonly Tampering[] = [
  ...ENTRY_COLUMNS.map((column) => ({
    name: `edit ${column}`,
    why: EDITED,
    sql: (n: number) => [`update audit_entries set ${column} = 'x' where ${audited(n)}`],
  })),
  {
    name: 'edit the time',
    why: EDITED,
    sql: (n) => [`update audit_entries set at_us = at_us + 1 where ${audited(n)}`],
  },
  {
    name: 'edit what changed',
    why: EDITED,
    sql: (n) => [
      `update audit_entries set changes = jsonb_set(changes, '{amount,to}', '1')
        where ${audited(n)}`,
    ],
  },
  {
    name: 'edit the last digit of a number that JavaScript would round',
    why: EDITED,
    sql: (n) => [
      `update events set data = jsonb_set(data, '{big}',
        to_jsonb((data ->> 'big')::numeric + 0.00000000000000000001)) where ${announced(n)}`,
    ],
  },
  {
    name: 'move an event by 1 µs',
    why: EDITED,
    sql: (n) => [
      `update events set created_at = created_at + interval '1 us' where ${announced(n)}`,
    ],
  },
  {
    name: 'delete an entry',
    why: DELETED,
    sql: (n) => [`delete from audit_entries where ${audited(n)}`],
  },
  {
    name: 'delete an event',
    why: DELETED,
    sql: (n) => [`delete from events where ${announced(n)}`],
  },
  {
    name: 'insert an entry',
    why: UNSEALED,
    sql: (n) => [
      `insert into audit_entries select merchant_id, '${newId('auditEntry')}', mode, at_us,
        actor_kind, actor_id, actor_name, action from audit_entries where ${audited(n)}`,
    ],
  },
  {
    name: 'insert an event',
    why: UNSEALED,
    sql: (n) => [
      `insert into events select merchant_id, mode, '${newId('event')}', type, object_id,
        object_version, payment_id, actor_kind, actor_id, actor_name, data
        from events where ${announced(n)}`,
    ],
  },
  {
    name: 'swap what two entries say',
    why: EDITED,
    sql: (n, m) => [
      `update audit_entries a set object_id = b.object_id, changes = b.changes
        from audit_entries b, (select ${nth('audit', n)} as x,
          ${nth('audit', n + 1 + (m % 28))} as y) two
        where (a.id = x and b.id = y) or (a.id = y and b.id = x)`,
    ],
  },
  {
    name: 'swap two links',
    why: UNFOLLOWING,
    sql: (n, m) => [
      `update chain_links set seq = -1 where ${linked(n)}`,
      `update chain_links set seq = ${place(n)} where ${linked(n + 1 + (m % 58))}`,
      `update chain_links set seq = ${place(n + 1 + (m % 58))}
        where merchant_id = $1 and seq = -1`,
    ],
  },
  {
    name: 'delete a link and close the gap',
    why: /^it does not follow|^the head names another last link$/,
    sql: (n) => [
      `delete from chain_links where ${linked(n)}`,
      `update chain_links set seq = -seq where merchant_id = $1 and seq > ${place(n)}`,
      'update chain_links set seq = -seq - 1 where merchant_id = $1 and seq < 0',
      'update chain_heads set seq = seq - 1 where merchant_id = $1',
    ],
  },
  {
    name: 'delete a link',
    why: /^link \d+ is missing$|^the chain ends at/,
    sql: (n) => [`delete from chain_links where ${linked(n)}`],
  },
  {
    name: 'cut the tail',
    why: /^the chain ends at \d+ and once ended at 60$/,
    sql: (n) => [`delete from chain_links where merchant_id = $1 and seq > ${n % ENTRIES}`],
  },
  {
    name: 'cut the tail and move the head',
    why: UNSEALED,
    sql: (n) => [
      `delete from chain_links where merchant_id = $1 and seq > ${1 + (n % 59)}`,
      `update chain_heads h set seq = l.seq, sha256 = l.sha256 from chain_links l
        where h.merchant_id = $1 and l.merchant_id = $1 and l.seq = ${1 + (n % 59)}`,
      'delete from outbox where merchant_id = $1',
    ],
  },
  {
    name: 'delete the head',
    why: /^the head of the chain is gone$/,
    sql: () => ['delete from chain_heads where merchant_id = $1'],
  },
  ...['entry_sha256', 'sha256'].map((column) => ({
    name: `edit ${column}`,
    why: /^the link was changed$/,
    sql: (n: number) => [`update chain_links set ${column} = sha256('x') where ${linked(n)}`],
  })),
  {
    name: 'put a link after the end',
    why: UNFOLLOWING,
    sql: (n) => [
      `insert into chain_links select merchant_id, ${ENTRIES + 1}, 'audit', '', 'aud_x',
        entry_sha256, sha256('y'), sha256('z') from chain_links where ${linked(n)}`,
    ],
  },
]

describe('what somebody with the whole database does to it', () => {
  class Undo extends Error {}

  it('is named, 300 times of 300', async () => {
    const scope = await filledScope()
    const attempt = async (tampering: Tampering, n: number, m: number) => {
      const run = books.owner.tx(async (tx) => {
        await tx.query({ text: 'set local session_replication_role = replica' })
        for (const text of tampering.sql(n, m)) {
          const values = text.includes('$1') ? [scope.merchantId] : []
          await tx.query({ text, values })
        }
        const report = await verifyChain(tx, scope.merchantId)
        expect(report.ok, `${tampering.name} ${n} ${m}`).toBe(false)
        expect(report.first_bad?.why, tampering.name).toMatch(tampering.why)
        throw new Undo()
      })
      await expect(run).rejects.toThrow(Undo)
    }
    const runs = fc.sample(
      fc.tuple(fc.constantFrom(...TAMPERINGS), fc.nat({ max: 999 }), fc.nat({ max: 999 })),
      300 - TAMPERINGS.length,
    )
    for (const [at, tampering] of TAMPERINGS.entries()) await attempt(tampering, at * 7, at)
    for (const [tampering, n, m] of runs) await attempt(tampering, n, m)
    expect(await verifyChain(books.db, scope.merchantId)).toMatchObject({ ok: true })
  })

  it('and the entry is named', async () => {
    const scope = await filledScope()
    const [third] = await books.owner.query<{ seq: bigint; entry_id: string }>({
      text: `update audit_entries a set reason = 'another' from chain_links l
        where a.merchant_id = $1 and l.merchant_id = $1 and l.entry_id = a.id and l.seq = 3
        returning l.seq, l.entry_id`,
      values: [scope.merchantId],
    })
    expect((await verifyChain(books.db, scope.merchantId)).first_bad).toEqual({
      seq: 3,
      kind: 'audit',
      entry_id: third?.entry_id,
      why: 'the entry was changed',
    })
  })

  it('an entry that goes before it is sealed leaves a mark in the chain', async () => {
    const scope = await filledScope()
    await books.db.tx((tx) => act(tx, scope, 1))
    await books.owner.query({
      text: `delete from audit_entries where merchant_id = $1 and id = (
        select max(id) from audit_entries where merchant_id = $1)`,
      values: [scope.merchantId],
    })
    await sealPending(books.db, scope.merchantId, 100)
    const { first_bad } = await verifyChain(books.db, scope.merchantId)
    expect(first_bad).toMatchObject({ seq: 61, kind: 'audit', why: 'the entry was deleted' })
  })
})
