import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, openFlorin, type TestFlorin, transfersOf } from './florin.ts'
import { bodyOf, doorOf, eventBody, postEvent, signature } from './gateway-events.ts'
import { createPayment, paidPayment, payByCard, paymentIs } from './payer.ts'

let at: TestFlorin
let door: { url: string; secret: string }
beforeAll(async () => {
  at = await openFlorin()
  door = await doorOf(at)
})
afterAll(async () => {
  expect(await at.audit()).toEqual([])
  await at.close()
})

const settled = (id: string) =>
  eventually(async () => {
    const rows = await at.db.query({
      text: `select 1 from gateway_events where payment_id = $1 and status = 'waiting'`,
      values: [id],
    })
    return rows.length === 0
  })

const ref = (payment: { gateway_ref: string | null }) => payment.gateway_ref ?? ''
const snapshot = async () =>
  JSON.stringify(
    await at.db.query({
      text: `select (select jsonb_agg(p order by p.id) from payments p) as payments,
        (select jsonb_agg(t order by t.id) from ledger_transfers t) as transfers`,
    }),
    (_key, value) => (typeof value === 'bigint' ? String(value) : value),
  )

describe('the same truth, however it arrives', () => {
  it('applies one signed event sent 100 times at once as one set of transfers', async () => {
    const paid = await paidPayment(at.api, '30.00')
    await eventually(() => bodyOf(at, paid.id, 'charge.succeeded').catch(() => null))
    const body = await bodyOf(at, paid.id, 'charge.succeeded')
    const before = await transfersOf(at.api, paid.id)
    const answers = await Promise.all(Array.from({ length: 100 }, () => postEvent(door, body)))
    expect(new Set(answers)).toEqual(new Set([200]))
    await settled(paid.id)
    expect(await transfersOf(at.api, paid.id)).toEqual(before)
    expect(before).toHaveLength(2)
  })

  it('ends right when the refund event comes before the paid event, then both again', async () => {
    await at.florin.sandbox?.setSwitches(at.sandboxRef, { lose_events: { times: 'always' } })
    const made = await createPayment(at.api, '80.00')
    const { pathname } = new URL(await payGateway(made.checkout_url))
    expect(pathname).toContain('/c/')
    const [charge] = (await at.florin.sandbox?.truth(at.sandboxRef))?.charges.slice(-1) ?? []
    await at.florin.sandbox?.refundAtDashboard(at.sandboxRef, charge?.ref ?? '', '30.00')
    await at.florin.sandbox?.resetSwitches(at.sandboxRef)
    const paid = await eventBody(at, 'charge.succeeded', charge?.ref ?? '')
    const refunded = await eventBody(at, 'refund.succeeded', charge?.ref ?? '')
    for (const body of [refunded, paid, refunded, paid])
      expect(await postEvent(door, body)).toBe(200)
    const now = await paymentIs(at.api, made.id, (one) => one.refunded_amount.value === '30.00')
    expect(now.status).toBe('succeeded')
    await settled(made.id)
    expect(await transfersOf(at.api, made.id)).toEqual([
      'gateway_clearing → sales 80.00 EUR',
      'gateway_fees → gateway_clearing 1.20 EUR',
      'sales → gateway_clearing 30.00 EUR',
    ])
  })

  it('stays paid when a failure is announced after it', async () => {
    const paid = await paidPayment(at.api, '12.00')
    const body = await eventBody(at, 'charge.failed', ref(paid))
    expect(await postEvent(door, body)).toBe(200)
    const [event] = await eventually(async () => {
      const rows = await at.db.query<{ status: string }>({
        text: `select status from gateway_events
          where type = 'charge.failed' and object_ref = $1 and status <> 'waiting'`,
        values: [ref(paid)],
      })
      return rows.length > 0 && rows
    })
    expect(event?.status).toBe('duplicate')
    expect((await paymentIs(at.api, paid.id, () => true)).status).toBe('succeeded')
  })
})

describe('a notice that is not what it says', () => {
  it('refuses bad signatures, old and future ones and broken bodies; nothing changes', async () => {
    const paid = await paidPayment(at.api, '12.00')
    const body = await eventBody(at, 'charge.succeeded', ref(paid))
    await settled(paid.id)
    const before = await snapshot()
    const now_s = Math.floor(Date.now() / 1000)
    const wrong: [string, string, Record<string, string>, number][] = [
      ['no signature', body, { 'sandbox-signature': '' }, 400],
      ['other secret', body, { 'sandbox-signature': signature(body, 'whsec_other') }, 401],
      ['10 min old', body, { 'sandbox-signature': signature(body, door.secret, now_s - 600) }, 401],
      ['future', body, { 'sandbox-signature': signature(body, door.secret, now_s + 600) }, 401],
      ['changed body', `${body} `, { 'sandbox-signature': signature(body, door.secret) }, 401],
      ['not JSON', 'hello', {}, 400],
      ['empty object', '{}', {}, 400],
    ]
    for (const [what, text, headers, status] of wrong) {
      expect([what, await postEvent(door, text, headers)]).toEqual([what, status])
    }
    expect(await snapshot()).toBe(before)
  })

  it('parks what is signed but about another account, mode or object', async () => {
    const paid = await paidPayment(at.api, '12.00')
    const base = JSON.parse(await eventBody(at, 'charge.succeeded', ref(paid)))
    await settled(paid.id)
    const before = await snapshot()
    const hostile = [
      { ...base, id: `sev_${crypto.randomUUID()}`, account: 'acct_somebody_else' },
      { ...base, id: `sev_${crypto.randomUUID()}`, mode: 'live' },
    ]
    for (const event of hostile) expect(await postEvent(door, JSON.stringify(event))).toBe(200)
    const rows = await at.db.query<{ reason: string }>({
      text: `select reason from gateway_events where status = 'parked' order by id`,
    })
    expect(rows.map((row) => row.reason)).toEqual(['other_account', 'other_mode'])
    expect(await snapshot()).toBe(before)
  })

  it.each(['amount', 'currency', 'account', 'mode'] as const)(
    'parks an object whose %s is not the one we asked for',
    async (field) => {
      const made = await createPayment(at.api, '12.00')
      await at.florin.sandbox?.setSwitches(at.sandboxRef, {
        misreport: { times: 'always', field, on: ['look_up'] },
      })
      await payByCard(made.checkout_url)
      const row = await eventually(async () => {
        const [event] = await at.db.query<{ status: string; reason: string }>({
          text: `select status, reason from gateway_events
            where payment_id = $1 and status = 'parked'`,
          values: [made.id],
        })
        return event
      })
      expect(row.reason).toBe(`other_${field}`)
      expect((await paymentIs(at.api, made.id, () => true)).captured_amount.value).toBe('0.00')
      await at.florin.sandbox?.resetSwitches(at.sandboxRef)
      await at.api.post(`/v1/payments/${made.id}/sync`)
      await paymentIs(at.api, made.id, (one) => one.status === 'succeeded')
    },
  )
})

async function payGateway(checkoutUrl: string): Promise<string> {
  return new URL(await payByCard(checkoutUrl), checkoutUrl).href
}
