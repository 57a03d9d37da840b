import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PERMISSIONS, PERSON_ONLY } from '#contract/permissions.ts'
import type { MerchantId } from '#server/kernel/ids.ts'
import { firstRunOfAnother } from './another-merchant.ts'
import { type Api, eventually, openFlorin, signInAs, type TestFlorin } from './florin.ts'
import { createPayment, payByCard, paymentIs } from './payer.ts'

let at: TestFlorin
let owner: Api
/** Another merchant in the same database, and one of everything that is theirs. */
let theirs: { api: Api; merchantId: MerchantId }
let ids: Record<string, string>
let code: string
beforeAll(async () => {
  at = await openFlorin()
  owner = await signInAs(at.origin, at.owner.email, at.config.ownerPassword ?? '')
  theirs = await firstRunOfAnother(
    at,
    PERMISSIONS.filter((one) => !PERSON_ONLY.includes(one)),
  )
  ids = await oneOfEverything(theirs.api)
})
afterAll(async () => {
  expect(await at.audit()).toEqual([])
  await at.close()
})

const newest = async (table: string) => {
  const [row] = await at.db.query<{ id: string }>({
    text: `select id from ${table} where merchant_id = $1 order by id desc limit 1`,
    values: [theirs.merchantId],
  })
  return row?.id ?? ''
}

/** By the folder of the address that reads them. */
async function oneOfEverything(api: Api): Promise<Record<string, string>> {
  const made = async (path: string, body: object) => {
    const answer = await api.post<{ id: string; url?: string }>(path, body)
    expect([path, answer.status]).toEqual([path, answer.status < 300 ? answer.status : 'made'])
    return answer.body
  }
  const customer = await made('/v1/customers', { name: 'Heidi', label: 'h-1' })
  const more = { purpose: 'top_up', customer_id: customer.id, reference: 'theirs-1' }
  const payment = await createPayment(api, '10.00', more)
  await payByCard(payment.checkout_url)
  await paymentIs(api, payment.id, (one) => one.status === 'succeeded')
  const link = await made('/v1/links', { amount: { value: '5.00', currency: 'EUR' } })
  code = link.url?.split('/l/')[1] ?? ''
  const refund = await made(`/v1/payments/${payment.id}/refunds`, { reason: 'theirs' })
  await eventually(() => newest('gateway_events'))
  return {
    payments: payment.id,
    customers: customer.id,
    links: link.id,
    refunds: refund.id,
    checkout_sessions: payment.session_id ?? '',
    exports: (await made('/v1/exports', { list: 'payments' })).id,
    transactions: await newest('transactions'),
    wallets: await newest('wallets'),
    gateway_accounts: await newest('gateway_accounts'),
    gateway_events: await newest('gateway_events'),
    events: await newest('events'),
    api_keys: await newest('api_keys'),
  }
}

type Spec = { paths: Record<string, Record<string, { 'x-permission'?: string }>> }
/** Every operation on one thing, with an id of theirs in its address. */
async function operations(): Promise<[string, string][]> {
  const spec = (await (await fetch(`${at.origin}/openapi.json`)).json()) as Spec
  return Object.entries(spec.paths)
    .filter(([path]) => path.includes('{id}') && !path.includes('test_tools'))
    .flatMap(([path, of]) => Object.keys(of).map((method): [string, string] => [method, path]))
    .map(([method, path]) => {
      const id = ids[path.split('/')[2] ?? '']
      expect([path, id]).toEqual([path, expect.stringMatching(/^[a-z]{3}_/)])
      return [method.toUpperCase(), path.replace('{id}', id ?? '')]
    })
}

/** A body that each operation would take. */
const BODIES: Record<string, object> = {
  charges: { token: 'tok_success' },
  refunds: { reason: 'not mine' },
  mark_paid: { confirmed_by: 'cash', reason: 'not mine' },
  notes: { text: 'not mine' },
}

const everything = async () =>
  JSON.stringify(
    await at.db.query({
      text: `select (select jsonb_agg(p order by p.id) from payments p) as payments,
        (select jsonb_agg(r order by r.id) from refunds r) as refunds,
        (select jsonb_agg(l order by l.id) from payment_links l) as links,
        (select jsonb_agg(c order by c.id) from customers c) as customers,
        (select jsonb_agg(s order by s.id) from checkout_sessions s) as sessions,
        (select count(*)::int from notes) as notes,
        (select count(*)::int from transactions) as transactions,
        (select count(*)::int from ledger_transfers) as transfers`,
    }),
  )

describe('what belongs to another merchant', () => {
  it('is there for them', async () => {
    const reads = (await operations()).filter(([method]) => method === 'GET')
    expect(reads.length).toBeGreaterThan(10)
    for (const [method, path] of reads) {
      if (path.endsWith('/download')) continue
      const { status } = await theirs.api.send(method, path, undefined)
      expect([method, path, status]).toEqual([method, path, 200])
    }
  })

  it('is not found by anyone else, for reading or for acting, and stays as it is', async () => {
    const before = await everything()
    for (const [method, path] of await operations()) {
      const body = method === 'GET' ? undefined : (BODIES[path.split('/')[4] ?? ''] ?? {})
      const answer = await owner.send(method, path, body)
      expect([method, path, answer.status]).toEqual([method, path, 404])
      expect(answer.body.code).toMatch(/_not_found$/)
      expect(JSON.stringify(answer.body)).not.toContain('theirs')
    }
    expect(await everything()).toBe(before)
  })

  it('cannot be used by anyone else', async () => {
    const amount = { value: '1.00', currency: 'EUR' }
    const using: [string, object][] = [
      ['/v1/payments', { amount, customer_id: ids.customers }],
      ['/v1/checkout_sessions', { payment_id: ids.payments }],
      ['/v1/links', { amount, customer_id: ids.customers }],
    ]
    for (const [path, body] of using) {
      const answer = await at.api.post<{ code: string }>(path, body)
      expect([path, answer.body.code]).toEqual([path, expect.stringMatching(/_not_found$/)])
    }
    const mine = await createPayment(at.api, '1.00')
    const charge = await at.api.post<{ code: string }>(`/v1/payments/${mine.id}/charges`, {
      token: 'tok_success',
      gateway_account_id: ids.gateway_accounts,
    })
    expect(charge.body.code).toBe('gateway_account_not_found')
    const wallets = await at.api.get<{ data: unknown[] }>(
      `/v1/wallets?customer_id=${ids.customers}`,
    )
    expect(wallets.body.data).toEqual([])
  })

  it('is in none of anyone else’s lists', async () => {
    const lists = [
      'payments',
      'transactions',
      'refunds',
      'customers',
      'links',
      'wallets',
      'events',
      'gateway_events',
      'checkout_sessions',
      'gateway_accounts',
      'payment_methods',
      'api_keys',
      'audit_entries',
      'exports',
    ]
    for (const list of lists) {
      const { status, body } = await owner.get(`/v1/${list}?limit=200`)
      expect([list, status]).toEqual([list, 200])
      const text = JSON.stringify(body)
      for (const id of Object.values(ids)) expect([list, text.includes(id)]).toEqual([list, false])
    }
    for (const text of [ids.payments, 'theirs-1', 'h-1', ids.gateway_events]) {
      const { body } = await owner.get<{ matches: unknown[] }>(`/v1/lookup/${text}`)
      expect([text, body.matches]).toEqual([text, []])
    }
  })

  it('does not meet ours through an Idempotency-Key', async () => {
    const body = { amount: { value: '3.00', currency: 'EUR' } }
    const key = { 'idempotency-key': 'the same key' }
    const mine = await at.api.post<{ id: string }>('/v1/payments', body, key)
    const other = await theirs.api.post<{ id: string }>('/v1/payments', body, key)
    expect([mine.status, other.status]).toEqual([201, 201])
    expect(other.body.id).not.toBe(mine.body.id)
  })

  it('names its own merchant on its pages', async () => {
    expect(await (await fetch(`${at.origin}/l/${code}`)).text()).toContain('The other shop')
  })
})
