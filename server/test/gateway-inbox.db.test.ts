import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { GatewayEvent } from '#contract/watching.ts'
import { accountsOf, configOf } from '#server/records/gateway-accounts/index.ts'
import { eventually, openFlorin, type TestFlorin } from './florin.ts'
import { bodyOf, doorOf, eventBody, postEvent, signature } from './gateway-events.ts'
import { createPayment, paidPayment, payByCard, paymentIs } from './payer.ts'

let at: TestFlorin
let door: { url: string; secret: string }
beforeAll(async () => {
  at = await openFlorin()
  door = await doorOf(at)
})
afterEach(() => at.florin.sandbox?.resetSwitches(at.sandboxRef))
afterAll(async () => {
  expect(await at.audit()).toEqual([])
  await at.close()
})

const run = <T = unknown>(text: string, ...values: unknown[]) => at.db.query<T>({ text, values })
const read = async (id: string) => (await at.api.get<GatewayEvent>(`/v1/gateway_events/${id}`)).body
const eventIs = (id: string, status: string) =>
  eventually(async () => {
    const event = await read(id)
    return event.status === status && event
  })
const replay = (id: string) =>
  at.api.post<GatewayEvent & { code: string }>(`/v1/gateway_events/${id}/replay`)
/** The newest event of a kind about an object, once it is there. */
const eventOf = (objectRef: string, type: string) =>
  eventually(async () => {
    const [row] = await run<{ id: string }>(
      `select id from gateway_events where object_ref = $1 and type = $2 order by id desc`,
      objectRef,
      type,
    )
    return row?.id
  })
/** What is due later is due now. */
const hurry = () => run('update jobs set run_at = now()')
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function genuine(object: object, type = 'charge.succeeded'): Promise<string> {
  const paid = await paidPayment(at.api, '1.00')
  const base = JSON.parse(await eventBody(at, type, paid.gateway_ref ?? ''))
  const data = { object: { ...base.data.object, ...object } }
  return JSON.stringify({ ...base, id: `sev_${crypto.randomUUID()}`, data })
}

describe('an event that came', () => {
  it('is kept as it came, with what it did and how often it came', async () => {
    const paid = await paidPayment(at.api, '12.00')
    const id = await eventOf(paid.gateway_ref ?? '', 'charge.succeeded')
    await eventually(async () => (await read(id)).status !== 'waiting')
    const body = await bodyOf(at, paid.id, 'charge.succeeded')
    for (let n = 0; n < 3; n++) expect(await postEvent(door, body)).toBe(200)
    const event = await read(id)
    expect(event).toMatchObject({
      verdict: 'verified',
      reason: null,
      deliveries: 4,
      payment_id: paid.id,
      transaction_id: paid.transactions?.[0]?.id,
      gateway: 'sandbox',
      body,
    })
    expect(['applied', 'duplicate']).toContain(event.status)
    if (event.status === 'applied') expect(event.changed).toContain('open → succeeded')
    expect(Object.keys(event.headers ?? {}).sort()).toEqual(['content-length', 'content-type'])
    const list = await at.api.get<{ data: GatewayEvent[] }>('/v1/gateway_events')
    expect(list.body.data.find((one) => one.id === id)?.body).toBe(undefined)
    const story = await at.api.get<{ data: { kind: string; code: string }[] }>(
      `/v1/payments/${paid.id}/timeline`,
    )
    expect(story.body.data.filter((one) => one.kind === 'gateway_event')).toHaveLength(1)
  })

  it('changes nothing when it is replayed, and the replay is written down', async () => {
    const paid = await paidPayment(at.api, '12.00')
    const id = await eventOf(paid.gateway_ref ?? '', 'charge.succeeded')
    await eventually(async () => (await read(id)).status !== 'waiting')
    const before = await paymentIs(at.api, paid.id, () => true)
    const again = await replay(id)
    expect([again.status, again.body.status]).toEqual([200, 'waiting'])
    await eventIs(id, 'duplicate')
    expect(await paymentIs(at.api, paid.id, () => true)).toEqual(before)
    const audited = await run(
      `select 1 from audit_entries where action = 'gateway_event.replay' and object_id = $1`,
      id,
    )
    expect(audited).toHaveLength(1)
  })

  it('waits while the gateway cannot be asked, and is applied then', async () => {
    await at.florin.sandbox?.setSwitches(at.sandboxRef, {
      error_before_charge: { times: 'always', on: ['look_up'] },
    })
    const made = await createPayment(at.api, '12.00')
    await payByCard(made.checkout_url)
    const [charge] = (await paymentIs(at.api, made.id, () => true)).transactions ?? []
    const id = await eventOf(charge?.gateway_ref ?? '', 'charge.succeeded')
    await wait(300)
    expect((await read(id)).status).toBe('waiting')
    expect((await paymentIs(at.api, made.id, () => true)).captured_amount.value).toBe('0.00')
    await at.florin.sandbox?.resetSwitches(at.sandboxRef)
    await hurry()
    await eventually(async () => (await read(id)).status !== 'waiting')
    expect((await paymentIs(at.api, made.id, () => true)).status).toBe('succeeded')
  })
})

describe('the job that applies events', () => {
  it('runs once more, without a fault, when it is asked for in the moment it ends', async () => {
    const paid = await paidPayment(at.api, '12.00')
    const id = await eventOf(paid.gateway_ref ?? '', 'charge.succeeded')
    await eventually(async () => (await read(id)).status !== 'waiting')
    await at.florin.sandbox?.setSwitches(at.sandboxRef, {
      slow_answers: { times: 1, delay_ms: 400, on: ['look_up'] },
    })
    await replay(id)
    const asking = new pg.Client({ connectionString: at.url })
    await asking.connect()
    await wait(150)
    await asking.query('begin')
    const key = `%:${paid.gateway_ref}`
    const asked = await asking.query('update jobs set dirty = dirty + 1 where key like $1', [key])
    expect(asked.rowCount).toBe(1)
    await wait(600)
    await asking.query('commit')
    await asking.end()
    const faults = new Set<string | null>()
    await eventually(async () => {
      const rows = await run<{ last_error: string | null }>(
        'select last_error from jobs where key like $1',
        key,
      )
      for (const row of rows) faults.add(row.last_error)
      return rows.length === 0
    })
    faults.delete(null)
    expect([...faults]).toEqual([])
    expect((await read(id)).status).toBe('duplicate')
  })
})

describe('an event that does not fit', () => {
  it('is parked with its reason, and applied by a replay when that is gone', async () => {
    const made = await createPayment(at.api, '12.00')
    await at.florin.sandbox?.setSwitches(at.sandboxRef, {
      misreport: { times: 'always', field: 'amount', on: ['look_up'] },
    })
    await payByCard(made.checkout_url)
    const [charge] = (await paymentIs(at.api, made.id, () => true)).transactions ?? []
    const id = await eventOf(charge?.gateway_ref ?? '', 'charge.succeeded')
    const parked = await eventIs(id, 'parked')
    expect([parked.reason, parked.verdict, parked.payment_id]).toEqual([
      'other_amount',
      'verified',
      made.id,
    ])
    await at.florin.sandbox?.resetSwitches(at.sandboxRef)
    await replay(id)
    const applied = await eventIs(id, 'applied')
    expect(applied.reason).toBe(null)
    expect(applied.changed).toContain('open → succeeded')
  })

  it('about an object nobody knows waits for it, and is parked after an hour', async () => {
    const ref = `sch_${crypto.randomUUID().replaceAll('-', '')}`
    const transaction_id = at.florin.deps.newId('transaction')
    expect(await postEvent(door, await genuine({ id: ref, ref, transaction_id }))).toBe(200)
    const id = await eventOf(ref, 'charge.succeeded')
    await wait(300)
    expect(await read(id)).toMatchObject({ status: 'waiting', payment_id: null, reason: null })
    const [job] = await run<{ attempts: number }>(
      `select attempts from jobs where key like '%' || $1`,
      ref,
    )
    expect(job?.attempts).toBe(0)
    await run(`update gateway_events set received_at = now() - interval '61 min' where id = $1`, id)
    await hurry()
    const parked = await eventIs(id, 'parked')
    expect([parked.reason, parked.payment_id]).toEqual(['unknown_object', null])
    await eventually(
      async () => (await run(`select 1 from jobs where key like '%' || $1`, ref)).length === 0,
    )
  })

  it('about a charge that somebody else made at our account is nobody’s money', async () => {
    const scope = { merchantId: at.owner.merchantId, mode: 'test' } as const
    const [row] = await accountsOf(at.db, scope)
    if (!row) throw new Error('no sandbox account')
    const { api_key } = configOf(at.florin.secrets, row).credentials
    const answer = await fetch(`${at.origin}/sandbox/v1/charges`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${api_key}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify({
        transaction_id: at.florin.deps.newId('transaction'),
        reference: 'theirs',
        description: 'of another system',
        currency: 'EUR',
        amount: '10.00',
        token: 'tok_success',
        event_url: door.url,
      }),
    })
    expect(answer.status).toBeLessThan(300)
    const [charge] = (await at.florin.sandbox?.truth(at.sandboxRef))?.charges.slice(-1) ?? []
    const id = await eventOf(charge?.ref ?? '', 'charge.succeeded')
    await wait(300)
    expect((await read(id)).status).toBe('waiting')
    await run(`update gateway_events set received_at = now() - interval '61 min' where id = $1`, id)
    await hurry()
    expect((await eventIs(id, 'parked')).reason).toBe('unknown_object')
    const transfers = await run(`select 1 from ledger_transfers where amount = 1000`)
    expect(transfers).toEqual([])
  })
})

describe('a forged event', () => {
  it('leaves one row a minute for each kind of forgery, and no body', async () => {
    const body = await genuine({})
    const before = (await run('select 1 from gateway_events')).length
    const forged = (n: number) =>
      postEvent(door, `${body} `, { 'sandbox-signature': signature(body, `whsec_${n}`) })
    const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => forged(index)))
    expect(new Set(answers)).toEqual(new Set([401]))
    expect(await postEvent(door, body, { 'sandbox-signature': '' })).toBe(400)
    const rows = await run<{ id: string; reason: string; deliveries: number }>(
      `select id::text, reason, deliveries from gateway_events where status = 'refused'`,
    )
    expect((await run('select 1 from gateway_events')).length - before).toBe(rows.length)
    expect(rows.length).toBeLessThanOrEqual(4)
    const wrong = rows.filter((row) => row.reason === 'signature_wrong')
    expect(wrong.reduce((sum, row) => sum + row.deliveries, 0)).toBe(60)
    expect(rows.some((row) => row.reason === 'signature_missing')).toBe(true)
    const shown = await read(wrong[0]?.id ?? '')
    expect(shown).toMatchObject({ status: 'refused', verdict: 'signature_wrong', body: null })
    const again = await replay(wrong[0]?.id ?? '')
    expect([again.status, again.body.code]).toEqual([409, 'gateway_event_refused'])
    expect((await replay('gev_none')).status).toBe(404)
  })

  it('is told no more than that it is refused', async () => {
    const body = await genuine({})
    const post = async (url: string, headers: Record<string, string>, text: string = body) => {
      const answer = await fetch(url, { method: 'POST', headers, body: text })
      const said = (await answer.json()) as { code: string }
      return [answer.status, said.code]
    }
    const json = { 'content-type': 'application/json' }
    const signed = { ...json, 'sandbox-signature': signature(body, door.secret) }
    const nowhere = door.url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    expect(await post(nowhere, signed)).toEqual([404, 'address_unknown'])
    expect(await post(`${at.origin}/webhooks/x`, signed)).toEqual([404, 'address_unknown'])
    const squeezed = { ...signed, 'content-encoding': 'gzip' }
    expect(await post(door.url, squeezed)).toEqual([415, 'encoding_unsupported'])
    const large = 'x'.repeat(256 * 1024 + 1)
    expect(await post(door.url, json, large)).toEqual([413, 'body_too_large'])
    expect((await fetch(door.url)).status).toBe(404)
    await run('update gateway_accounts set active = false')
    expect(await post(door.url, signed)).toEqual([404, 'address_unknown'])
    await run('update gateway_accounts set active = true')
    expect(await post(door.url, signed).catch(() => [200, undefined])).toEqual([200, undefined])
  })
})
