import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { IncomingEvent, ObjectFacts } from '#gateway-kit'
import { openSandbox, type RunningSandbox } from '#test/sandbox.ts'
import { sandboxGateway } from '../adapter.ts'
import { claimDeliveries } from './store/events.ts'
import type { SwitchesInput } from './switches.ts'

const START_MS = 1_800_000_000_000
let now_ms = START_MS
let sandbox: RunningSandbox
beforeEach(async () => {
  now_ms = START_MS
  sandbox = await openSandbox({ clock: { now: () => now_ms }, started: false })
})
afterEach(async () => {
  await sandbox.close()
})

let made = 0
async function charge(token = 'tok_success'): Promise<ObjectFacts> {
  made += 1
  const call = sandboxGateway.prepareCharge(sandbox.account, {
    ...{ transaction_id: `txn_event_${made}`, reference: 'R', description: 'D', token },
    amount: { amount: 10_000n, currency: 'EUR' },
    event_url: sandbox.receiver.url,
  })
  const outcome = await sandboxGateway.sendCharge(sandbox.account, call, sandbox.http)
  if (!('object' in outcome)) throw new Error(`the charge was ${outcome.kind}`)
  return outcome.object
}

const switchOn = async (input: SwitchesInput) => {
  const set = await sandbox.service.setSwitches(sandbox.account_ref, input)
  expect(set.ok).toBe(true)
}
const tick = () => sandbox.service.tick()
const letPass = async (delay_ms: number) => {
  now_ms += delay_ms
  await tick()
}
const read = (event: IncomingEvent | undefined) =>
  event ? sandboxGateway.readEvent(sandbox.account, event) : { ok: false, refusal: 'no event' }
const verdicts = () =>
  sandbox.receiver.received.map((event) => {
    const verdict = read(event)
    return 'event' in verdict ? verdict.event.type : verdict.refusal
  })
const refsReceived = () =>
  sandbox.receiver.received.map((event) => {
    const verdict = read(event)
    return 'event' in verdict ? verdict.event.object_ref : null
  })
const deliveries = async () =>
  (await sandbox.service.listEvents(sandbox.account_ref)).flatMap((event) => event.deliveries)

describe('an event', () => {
  test('is a signed POST of what the charge was', async () => {
    const { gateway_ref, transaction_id } = await charge()
    await tick()
    const [event] = sandbox.receiver.received
    expect(read(event)).toMatchObject({
      ok: true,
      event: {
        type: 'charge.succeeded',
        object_ref: gateway_ref,
        transaction_id,
        created_ms: now_ms,
      },
    })
    expect(await deliveries()).toMatchObject([
      { state: 'delivered', attempts: 1, last_answer: '200' },
    ])
    await letPass(24 * 3_600_000)
    expect(sandbox.receiver.received).toHaveLength(1)
  })

  test('is sent again until it is taken: the same body, signed anew', async () => {
    sandbox.receiver.answerWith(500, 0, 302, 204)
    await charge()
    await tick()
    expect(sandbox.receiver.received).toHaveLength(1)
    for (const [delay_ms, count] of [
      [999, 1],
      [1, 2],
      [4_999, 2],
      [1, 3],
      [15_000, 4],
      [24 * 3_600_000, 4],
    ] as const) {
      await letPass(delay_ms)
      expect(sandbox.receiver.received).toHaveLength(count)
    }
    const bodies = sandbox.receiver.received.map((event) => Buffer.from(event.body).toString())
    expect(new Set(bodies).size).toBe(1)
    expect(verdicts()).toEqual(Array.from({ length: 4 }, () => 'charge.succeeded'))
  })

  test('is given up after the last retry, and can be sent again by hand', async () => {
    sandbox.receiver.answerWith(500)
    await charge()
    for (let attempt = 0; attempt < 15; attempt++) await letPass(24 * 3_600_000)
    expect(sandbox.receiver.received).toHaveLength(12)
    expect(await deliveries()).toMatchObject([{ state: 'exhausted', attempts: 12 }])
    sandbox.receiver.answerWith(200)
    const [event] = await sandbox.service.listEvents(sandbox.account_ref)
    expect(await sandbox.service.resendEvent(sandbox.account_ref, event?.id ?? '')).toBe(true)
    expect(await sandbox.service.resendEvent(sandbox.account_ref, 'sev_none')).toBe(false)
    await tick()
    expect(await deliveries()).toMatchObject([{ state: 'exhausted' }, { state: 'delivered' }])
  })

  test('that a dead sender had taken is sent by the next one', async () => {
    await charge()
    expect(await claimDeliveries(sandbox.db, now_ms, 20_000, 10)).toHaveLength(1)
    await letPass(19_999)
    expect(sandbox.receiver.received).toHaveLength(0)
    await letPass(1)
    expect(verdicts()).toEqual(['charge.succeeded'])
  })

  test('of a charge that was rolled back does not exist', async () => {
    const before = await deliveries()
    await charge('tok_no_such_token').catch(() => null)
    expect(await deliveries()).toEqual(before)
  })
})

describe('the switches', () => {
  test('duplicate: every copy is genuine and has one id', async () => {
    await switchOn({ duplicate_events: { times: 1, copies: 5 } })
    await charge()
    await charge()
    await tick()
    expect(verdicts()).toHaveLength(6)
    const ids = sandbox.receiver.received.map((event) => {
      const verdict = read(event)
      return 'event' in verdict ? verdict.event.dedupe_key : null
    })
    expect(new Set(ids).size).toBe(2)
  })

  test('delay', async () => {
    await switchOn({ delay_events: { times: 1, delay_ms: 60_000 } })
    await charge()
    await letPass(59_999)
    expect(verdicts()).toEqual([])
    await letPass(1)
    expect(verdicts()).toEqual(['charge.succeeded'])
  })

  test('reorder: a group is held and comes out last first', async () => {
    await switchOn({ reorder_events: { times: 'always', group: 3 } })
    const refs: string[] = []
    for (let i = 0; i < 2; i++) refs.push((await charge()).gateway_ref)
    await tick()
    expect(refsReceived()).toEqual([])
    refs.push((await charge()).gateway_ref)
    await tick()
    for (let i = 0; i < 2; i++) await letPass(1_000)
    expect(refsReceived()).toEqual(refs.toReversed())
  })

  test('reorder: an event whose group never fills comes after 10 s', async () => {
    await switchOn({ reorder_events: { times: 1, group: 2 } })
    const { gateway_ref } = await charge()
    await letPass(9_999)
    expect(refsReceived()).toEqual([])
    await letPass(1)
    expect(refsReceived()).toEqual([gateway_ref])
  })

  test('lose: it never comes, and the books know', async () => {
    await switchOn({ lose_events: { times: 1 } })
    await charge()
    await letPass(24 * 3_600_000)
    expect(verdicts()).toEqual([])
    expect(await deliveries()).toMatchObject([{ state: 'lost', attempts: 0 }])
  })

  test.for(['signature', 'body'] as const)('corrupt %s: refused, then whole', async (part) => {
    await switchOn({ corrupt_events: { times: 1, part } })
    sandbox.receiver.answerWith(401, 200)
    await charge()
    await tick()
    await letPass(1_000)
    expect(verdicts()).toEqual(['signature_wrong', 'charge.succeeded'])
  })

  test('reset switches all off and lets held events go', async () => {
    await switchOn({
      reorder_events: { times: 'always', group: 50 },
      duplicate_events: { times: 'always', copies: 2 },
    })
    await charge()
    await sandbox.service.resetSwitches(sandbox.account_ref)
    expect(await sandbox.service.getSwitches(sandbox.account_ref)).toEqual({})
    await letPass(1_000)
    expect(verdicts()).toHaveLength(2)
  })

  test('times counts down to nothing', async () => {
    await switchOn({ duplicate_events: { times: 2, copies: 2 } })
    const get = () => sandbox.service.getSwitches(sandbox.account_ref)
    await charge()
    expect(await get()).toEqual({ duplicate_events: { times: 1, copies: 2 } })
    await charge()
    expect(await get()).toEqual({})
  })
})

test('while it runs, an event comes within a second of its charge', async () => {
  const live = await openSandbox()
  const call = sandboxGateway.prepareCharge(live.account, {
    ...{ transaction_id: 'txn_live', reference: 'R', description: 'D', token: 'tok_success' },
    amount: { amount: 1n, currency: 'JPY' },
    event_url: live.receiver.url,
  })
  await sandboxGateway.sendCharge(live.account, call, live.http)
  await expect.poll(() => live.receiver.received.length, { timeout: 1_000 }).toBe(1)
  await live.close()
})
