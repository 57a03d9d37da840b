import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FAILURE_REASONS, PAYMENT_FLAGS, PAYMENT_STATUSES } from '#contract/payments.ts'
import { createSandboxAccount } from '#gateways/sandbox/index.ts'
import { makeId } from '#server/kernel/ids.ts'
import { flagsOf, type PaymentRow, salePurpose } from '#server/money/payments/index.ts'
import { topUpPurpose } from '#server/money/wallets/index.ts'
import { auditAll } from '#server/oversight/integrity/index.ts'
import { idMaker, systemClock, systemRandom } from '#server/platform/clock.ts'
import type { Database } from '#server/platform/postgres/index.ts'
import { makeSecrets } from '#server/platform/secrets.ts'
import { verifyChain } from '#server/records/audit/index.ts'
import { insertAccount, sealCredentials } from '#server/records/gateway-accounts/index.ts'
import { insertMerchant } from '#server/records/merchants/index.ts'
import { insertMember } from '#server/records/team/index.ts'
import { openClone } from '#test/database.ts'
import { makeDice } from './dice.ts'
import { isHalfDone, type Seeding, seedDemo } from './seed.ts'

const UNTIL_MS = Date.UTC(2026, 10, 20, 16, 30)
const PAYMENTS = 500
const ids = makeDice('the merchant of this test').random
const MERCHANT = makeId('merchant', UNTIL_MS, ids.bytes(10))
const [SHOP, MEMBER, ACCOUNT] = [
  makeId('shop', UNTIL_MS, ids.bytes(10)),
  makeId('member', UNTIL_MS, ids.bytes(10)),
  makeId('gatewayAccount', UNTIL_MS, ids.bytes(10)),
] as const
const scope = { merchantId: MERCHANT, mode: 'test' } as const

type Demo = { readonly db: Database; readonly drop: () => Promise<void>; readonly seeding: Seeding }

/** The same merchant each time, as a first run leaves it. */
async function openMerchant(): Promise<Demo> {
  const { db, drop } = await openClone()
  const secrets = makeSecrets('a secret of the test, long enough to be one', systemRandom)
  const random = makeDice('sandbox account').random
  const account = await createSandboxAccount(db, { mode: 'test', random, now_ms: UNTIL_MS })
  await db.tx(async (tx) => {
    const place = { time_zone: 'Europe/Paris', currency: 'EUR', locale: 'en' } as const
    const shop = { id: SHOP, name: 'Main shop' }
    await insertMerchant(tx, { merchant_id: MERCHANT, name: 'Demo', ...place }, shop)
    const owner = { id: MEMBER, email: 'owner@florin.test', name: 'Owner', password_hash: '' }
    await insertMember(tx, { merchant_id: MERCHANT, ...owner })
    await insertAccount(tx, scope, {
      id: ACCOUNT,
      gateway: 'sandbox',
      name: 'Sandbox',
      account_ref: account.account_ref,
      base_url: 'http://127.0.0.1:9/sandbox',
      credentials: sealCredentials(secrets, ACCOUNT, {}),
      public_id: 'an-address-nobody-guesses-here',
    })
  })
  const newId = idMaker(systemClock, systemRandom)
  const purposes = {
    api: salePurpose('api'),
    link: salePurpose('link'),
    top_up: topUpPurpose(newId),
  }
  const seeding: Seeding = {
    ...{ db, secrets, purposes, merchantId: MERCHANT, publicUrl: 'http://localhost:8080' },
    ...{ timeZone: 'Europe/Paris', seed: 'test', until_ms: UNTIL_MS },
    ...{ payments: PAYMENTS, days: 90 },
  }
  return { db, drop, seeding }
}

/** What is made by the database or sealed with a nonce is left out. */
const DIGESTED: Readonly<Record<string, string>> = {
  shops: `select id, name, created_at from shops where not is_default`,
  gateway_accounts: `select id, gateway, account_ref, public_id, active, last_event_at
    from gateway_accounts`,
  transfers: `select t.id, t.amount, t.currency, t.state, t.pending_id, t.source_kind, t.source_id,
      t.leg, t.payment_id, t.created_at, d.kind, d.owner, c.kind, c.owner
    from ledger_transfers t join ledger_accounts d on d.id = t.debit_account_id
    join ledger_accounts c on c.id = t.credit_account_id`,
  jobs: 'select id, kind, key from jobs',
  sandbox_charges: `select c.* from sandbox.charges c`,
  sandbox_refunds: `select r.* from sandbox.refunds r`,
  ...Object.fromEntries(
    [
      'api_keys payment_methods customers wallets payments transactions refunds notes events',
      'checkout_sessions payment_links gateway_events audit_entries chain_links payment_search',
    ]
      .join(' ')
      .split(' ')
      .map((table) => [table, `select * from ${table}`]),
  ),
}

async function digests(db: Database): Promise<Record<string, string>> {
  const entries = Object.entries(DIGESTED).map(async ([table, text]) => {
    const [row] = await db.query<{ rows: number; digest: string }>({
      text: `select count(*)::int as rows, md5(string_agg(x::text, ',' order by x::text)) as digest
        from (${text}) x`,
    })
    return [table, `${row?.rows} rows ${row?.digest}`] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

let demo: Demo
let digest: Record<string, string>
beforeAll(async () => {
  demo = await openMerchant()
  expect(await seedDemo(demo.seeding)).toBe(2)
  digest = await digests(demo.db)
})
afterAll(() => demo.drop())

const rowsOf = <R>(text: string) => demo.db.query<R>({ text })

describe('demo data', () => {
  it('passes the audit, and every entry is sealed', async () => {
    expect(await auditAll(demo.db)).toEqual([])
    const chain = await verifyChain(demo.db, MERCHANT)
    expect(chain).toMatchObject({ ok: true, waiting: 0 })
    expect(chain.entries).toBeGreaterThan(4 * PAYMENTS)
  })

  it('shows every status, reason and flag that can be', async () => {
    const payments = await rowsOf<PaymentRow>('select * from payments')
    expect(payments.length).toBe(PAYMENTS)
    expect(new Set(payments.map((one) => one.status))).toEqual(new Set(PAYMENT_STATUSES))
    const ended = payments.filter((one) => ['failed', 'expired'].includes(one.status))
    expect(new Set(ended.map((one) => one.reason))).toEqual(new Set(FAILURE_REASONS))
    // Nothing makes a payment disputed or uncredited yet.
    const possible = PAYMENT_FLAGS.filter((flag) => !['disputed', 'uncredited'].includes(flag))
    expect(new Set(payments.flatMap(flagsOf))).toEqual(new Set(possible))
    expect(new Set(payments.map((one) => one.currency))).toEqual(
      new Set(['EUR', 'USD', 'JPY', 'KWD', 'XOF', 'BTC']),
    )
  })

  it('has every end of a refund and of a notice', async () => {
    const refunds = await rowsOf<{ as: string }>(
      `select distinct status || ' ' || source as as from refunds`,
    )
    expect(refunds.map((one) => one.as).sort()).toEqual(
      expect.arrayContaining([
        'failed dashboard',
        'sending dashboard',
        'succeeded api',
        'succeeded dashboard',
        'succeeded gateway',
      ]),
    )
    const notices = await rowsOf<{ status: string }>('select distinct status from gateway_events')
    expect(new Set(notices.map((one) => one.status))).toEqual(
      new Set(['applied', 'duplicate', 'parked', 'refused']),
    )
  })

  it('keeps the order of time: in ids, in versions, and never beyond the end', async () => {
    const [odd] = await rowsOf<{ late: number; disordered: number; before: number }>(
      `select count(*) filter (where updated_at > '2026-11-20 16:30:00+00')::int as late,
        count(*) filter (where created_at < previous)::int as disordered,
        count(*) filter (where processed_at < created_at)::int as before
      from (select *, lag(created_at) over (order by id) as previous from payments) p`,
    )
    expect(odd).toEqual({ late: 0, disordered: 0, before: 0 })
    const [events] = await rowsOf<{ disordered: number }>(
      `select count(*) filter (where id < previous)::int as disordered
      from (select id, lag(id) over (partition by object_id order by object_version) as previous
        from events) e`,
    )
    expect(events).toEqual({ disordered: 0 })
    const [late] = await rowsOf<{ late: number }>(
      `select count(*)::int as late from ledger_transfers
      where created_at > '2026-11-20 16:30:00+00'`,
    )
    expect(late).toEqual({ late: 0 })
    const [transfers] = await rowsOf<{ disordered: number; backwards: number }>(
      `select count(*) filter (where created_at < of_payment)::int as disordered,
        count(*) filter (where created_at < of_wallet)::int as backwards
      from (select t.created_at, lag(t.created_at) over (partition by payment_id order by seq)
          as of_payment, case when a.id is not null then lag(t.created_at) over (
          partition by a.id order by seq) end as of_wallet
        from ledger_transfers t left join ledger_accounts a on a.kind = 'customer_wallet'
          and a.id in (t.debit_account_id, t.credit_account_id)) t`,
    )
    expect(transfers).toEqual({ disordered: 0, backwards: 0 })
  })

  it('sends no mail and no payer anywhere: example domains, switched-off gateways', async () => {
    const mail = await rowsOf<{ domain: string }>(
      `select distinct split_part(payer_email, '@', 2) as domain from payments`,
    )
    for (const { domain } of mail) expect(domain).toMatch(/(^example\.(com|org|net)|\.example)$/)
    const active = await rowsOf<{ gateway: string }>(
      'select gateway from gateway_accounts where active',
    )
    expect(active).toEqual([{ gateway: 'sandbox' }])
  })
})

describe('the same seed', () => {
  it('makes the same rows', async () => {
    const again = await openMerchant()
    await seedDemo(again.seeding)
    expect(await digests(again.db)).toEqual(digest)
    await again.drop()
  })

  it('completes what was interrupted, to the same rows', async () => {
    const again = await openMerchant()
    const stopped = new AbortController()
    const seeding = { ...again.seeding, signal: stopped.signal, onProgress: () => stopped.abort() }
    expect(await isHalfDone(again.seeding)).toBe(false)
    expect(await seedDemo(seeding)).toBe(1)
    expect(await isHalfDone(again.seeding)).toBe(true)
    expect(await seedDemo(again.seeding)).toBe(1)
    expect(await isHalfDone(again.seeding)).toBe(false)
    expect(await seedDemo(again.seeding)).toBe(0)
    expect(await digests(again.db)).toEqual(digest)
    await again.drop()
  })

  it('makes other rows with another seed', async () => {
    const other = await openMerchant()
    await seedDemo({ ...other.seeding, seed: 'another' })
    const found = await digests(other.db)
    for (const table of ['payments', 'events', 'transfers', 'sandbox_charges']) {
      expect(found[table]).not.toBe(digest[table])
    }
    expect(await auditAll(other.db)).toEqual([])
    await other.drop()
  })
})
