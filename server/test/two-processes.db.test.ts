import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Payment, Refund } from '#contract/payments.ts'
import { PERMISSIONS, PERSON_ONLY } from '#contract/permissions.ts'
import { SYSTEM } from '#server/kernel/scope.ts'
import { startCharge } from '#server/money/gateway-calls/index.ts'
import { lockPayments } from '#server/money/payments/index.ts'
import { accountsOf } from '#server/records/gateway-accounts/index.ts'
import {
  type Api,
  apiOf,
  eventually,
  openFlorin,
  signInAs,
  type TestFlorin,
  transfersOf,
} from './florin.ts'
import { bodyOf, doorOf, postEvent } from './gateway-events.ts'
import { listen } from './listener.ts'
import { createPayment, goToGateway, paidPayment, paymentIs } from './payer.ts'
import { submitPage } from './sandbox.ts'

/** Two processes over one database, each with few connections. */
let at: TestFlorin
let other: TestFlorin
/** One key, at both of them. */
let secret: string
let both: Api[]
beforeAll(async () => {
  at = await openFlorin({ poolSize: 4 })
  other = await openFlorin({ url: at.url, poolSize: 4 })
  const owner = await signInAs(at.origin, at.owner.email, at.config.ownerPassword ?? '')
  const scopes = PERMISSIONS.filter((one) => !PERSON_ONLY.includes(one))
  const made = await owner.post<{ secret: string }>('/v1/api_keys', { name: 'both', scopes })
  secret = made.body.secret
  const key = { authorization: `Bearer ${secret}` }
  both = [apiOf(at.origin, key), apiOf(other.origin, key)]
})
afterAll(async () => {
  await other.close()
  expect(await at.audit()).toEqual([])
  await at.close()
})

const scope = () => ({ merchantId: at.owner.merchantId, mode: 'test' }) as const
const run = <T = unknown>(text: string, ...values: unknown[]) => at.db.query<T>({ text, values })
/** As many as asked for, half of them at each process. */
const onBoth = <T>(times: number, ask: (api: Api, index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, index) => ask(both[index % 2] as Api, index)))
const settled = (id: string) =>
  eventually(async () => {
    const text = `select 1 from gateway_events where payment_id = $1 and status = 'waiting'`
    return (await run(text, id)).length === 0
  })

const allTold = () => eventually(async () => (await run('select 1 from outbox')).length === 0)

describe('the same at two processes', () => {
  it('one signed event 100 times: one set of transfers', async () => {
    const paid = await paidPayment(at.api, '30.00')
    const body = await eventually(() => bodyOf(at, paid.id, 'charge.succeeded').catch(() => null))
    const doors = [await doorOf(at), await doorOf(other)]
    const answers = await onBoth(100, (_api, index) =>
      postEvent(doors[index % 2] as { url: string; secret: string }, body),
    )
    expect(new Set(answers)).toEqual(new Set([200]))
    await settled(paid.id)
    expect(await transfersOf(at.api, paid.id)).toEqual([
      'gateway_clearing → sales 30.00 EUR',
      'gateway_fees → gateway_clearing 0.45 EUR',
    ])
  })

  it('the first word of a payment, heard in 20 ways at once, is written once', async () => {
    await at.florin.sandbox?.setSwitches(at.sandboxRef, { lose_events: { times: 'always' } })
    const made = await createPayment(at.api, '10.00')
    await submitPage(await goToGateway(made.checkout_url), { card_number: '4242424242424242' })
    await at.florin.sandbox?.resetSwitches(at.sandboxRef)
    const back = made.checkout_url.replace(at.origin, other.origin)
    await onBoth<unknown>(20, (api, index) =>
      index % 4 < 2
        ? api.post(`/v1/payments/${made.id}/sync`)
        : fetch(`${index % 4 === 2 ? made.checkout_url : back}/return`, { redirect: 'manual' }),
    )
    await paymentIs(at.api, made.id, (one) => one.status === 'succeeded')
    expect(await transfersOf(at.api, made.id)).toHaveLength(2)
    const told = await run<{ n: number }>(
      `select count(*)::int as n from events where object_id = $1 and type = 'payment.succeeded'`,
      made.id,
    )
    expect(told[0]?.n).toBe(1)
  })

  it('200 requests over 10 keys: 10 payments', async () => {
    const keys = Array.from({ length: 10 }, () => crypto.randomUUID())
    const count = async () => (await run(`select 1 from payments`)).length
    const before = await count()
    const body = { amount: { value: '10.00', currency: 'EUR' } }
    const answers = await onBoth(200, (api, index) =>
      api.post<Payment>('/v1/payments', body, { 'idempotency-key': keys[index % 10] ?? '' }),
    )
    expect(await count()).toBe(before + 10)
    for (const { status } of answers) expect([201, 409]).toContain(status)
    expect(new Set(answers.filter((a) => a.status === 201).map((a) => a.body.id)).size).toBe(10)
  })

  it('20 refunds of 60 on 100.00: one', async () => {
    const paid = await paidPayment(at.api, '100.00')
    const wish = { amount: { value: '60.00', currency: 'EUR' }, reason: 'race' }
    const answers = await onBoth(20, (api) =>
      api.post<Refund>(`/v1/payments/${paid.id}/refunds`, wish),
    )
    expect(answers.filter((one) => one.status === 201)).toHaveLength(1)
    await paymentIs(at.api, paid.id, (one) => one.refunded_amount.value === '60.00')
  })

  it('two payers’ clicks at each: one charge', async () => {
    const made = await createPayment(at.api, '10.00')
    const pages = await onBoth(12, (_api, index) =>
      goToGateway(
        index % 2 === 0 ? made.checkout_url : made.checkout_url.replace(at.origin, other.origin),
      ),
    )
    expect(new Set(pages.map((page) => new URL(page).pathname)).size).toBe(1)
    expect((await paymentIs(at.api, made.id, () => true)).transactions).toHaveLength(1)
  })

  it('an expiry: told once', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => createPayment(at.api)))
    const ids = made.map((one) => one.id)
    await run(`update payments set expires_at = now() - interval '1 s' where id = any($1)`, ids)
    for (const id of ids) await paymentIs(at.api, id, (one) => one.status === 'expired')
    const told = await run<{ n: number }>(
      `select count(*)::int as n from events
        where object_id = any($1) and type = 'payment.expired'`,
      ids,
    )
    expect(told[0]?.n).toBe(10)
  })

  it('every event is told once to each listener, and sealed once', async () => {
    await allTold()
    const listeners = await Promise.all(
      [at, other].map(({ origin }) => listen(origin, { authorization: `Bearer ${secret}` })),
    )
    const [last] = await run<{ id: string }>(`select max(id)::text as id from events`)
    const paid = await Promise.all([paidPayment(both[0] as Api), paidPayment(both[1] as Api)])
    await allTold()
    const rows = await run<{ id: string }>(
      `select id::text from events where id > $1 order by id`,
      last?.id,
    )
    const ids = rows.map((row) => row.id)
    for (const listener of listeners) {
      await eventually(async () => listener.heard.length >= ids.length)
      expect(listener.heard.map((one) => one.id).sort()).toEqual(ids)
      listener.close()
    }
    expect(ids.length).toBeGreaterThan(2 * paid.length)
    const [sums] = await run<{ links: number; entries: number }>(
      `select (select count(*)::int from chain_links) as links,
        (select count(*)::int from events) + (select count(*)::int from audit_entries) as entries`,
    )
    expect(sums?.links).toBe(sums?.entries)
  })
})

describe('work whose worker died', () => {
  it('is taken over when its lease is over, and not before', async () => {
    const paid = await paidPayment(at.api)
    await settled(paid.id)
    const [event] = await run<{ id: string; gateway_account_id: string; object_ref: string }>(
      `update gateway_events set status = 'waiting' where id =
        (select id from gateway_events where payment_id = $1 order by id limit 1)
        returning id, gateway_account_id, object_ref`,
      paid.id,
    )
    await run(
      `insert into jobs (merchant_id, mode, id, kind, key, lease_until, fence, attempts)
        values ($1, 'test', $2, 'gateway_event.apply', $3, now() + interval '1 s', 7, 1)`,
      at.owner.merchantId,
      at.florin.deps.newId('job'),
      `${event?.gateway_account_id}:${event?.object_ref}`,
    )
    const status = async () =>
      (
        await run<{ status: string }>('select status from gateway_events where id = $1', event?.id)
      )[0]?.status
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await status()).toBe('waiting')
    await eventually(async () => (await status()) === 'duplicate', 5000)
    const left = () => run(`select 1 from jobs where kind = 'gateway_event.apply'`)
    await eventually(async () => (await left()).length === 0)
  })

  it('between writing a charge down and sending it: the charge is sent all the same', async () => {
    const made = await createPayment(at.api, '10.00')
    const [account] = await accountsOf(at.db, scope())
    const started = await at.db.txResult(async (tx) => {
      const row = (await lockPayments(tx, scope(), [made.id])).get(made.id)
      if (!row || !account) throw new Error('nothing to charge')
      const deps = { ...at.florin.deps, now_ms: at.florin.deps.clock.now() }
      const wish = { accountId: account.id, method: 'card', via: 'token' } as const
      return startCharge(deps, tx, scope(), SYSTEM, row, { ...wish, token: 'tok_success' })
    })
    expect(started.ok).toBe(true)
    await run(`update jobs set run_at = now() where kind = 'transaction.sync'`)
    const paid = await paymentIs(at.api, made.id, (one) => one.status === 'succeeded')
    expect(paid.transactions?.map((one) => [one.status, one.attempts])).toEqual([['approved', 1]])
    const truth = await at.florin.sandbox?.truth(at.sandboxRef)
    const own = truth?.captures.filter((one) => one.transaction_id === paid.transactions?.[0]?.id)
    expect(own).toHaveLength(1)
  })
})
