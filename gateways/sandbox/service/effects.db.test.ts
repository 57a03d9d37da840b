import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Amount, GatewayCall } from '#gateway-kit'
import { openSandbox, type RunningSandbox } from '#test/sandbox.ts'
import { sandboxGateway } from '../adapter.ts'
import { recordPastCharges } from './store/past.ts'

const START_MS = 1_800_000_000_000
let now_ms = START_MS
let sandbox: RunningSandbox
beforeEach(async () => {
  now_ms = START_MS
  const clock = { now: () => now_ms }
  sandbox = await openSandbox({
    clock,
    started: false,
    key_window_ms: 300_000,
    fee_basis_points: 140,
  })
})
afterEach(async () => {
  await sandbox.close()
})

let made = 0
function prepare(token: string, amount = 10_000n): GatewayCall & { transaction_id: string } {
  made += 1
  const transaction_id = `txn_effect_${made}`
  const call = sandboxGateway.prepareCharge(sandbox.account, {
    ...{ transaction_id, reference: 'R', description: 'D', token },
    amount: { amount, currency: 'EUR' },
    event_url: sandbox.receiver.url,
  })
  return { ...call, transaction_id }
}
const send = (call: GatewayCall) => sandboxGateway.sendCharge(sandbox.account, call, sandbox.http)
async function charge(token: string) {
  const outcome = await send(prepare(token))
  if (!('object' in outcome)) throw new Error(`the charge was ${outcome.kind}`)
  return outcome.object
}
const kwd = (amount: string) => ({ currency: 'KWD', amount, captured: amount })
const refund = (charge_ref: string, amount: bigint) =>
  refundOf(charge_ref, { amount, currency: 'EUR' })
async function refundOf(charge_ref: string, amount: Amount) {
  made += 1
  const call = sandboxGateway.prepareRefund(sandbox.account, {
    ...{ transaction_id: `txn_effect_${made}`, charge_ref, reason: 'returned' },
    amount,
  })
  return sandboxGateway.sendRefund(sandbox.account, call, sandbox.http)
}
async function facts(gateway_ref: string) {
  const asked = { transaction_id: '', gateway_ref }
  const found = await sandboxGateway.lookUp(sandbox.account, asked, sandbox.http)
  return found.kind === 'found' ? found.facts : null
}
const letPass = async (delay_ms: number) => {
  now_ms += delay_ms
  await sandbox.service.tick()
}
const typesReceived = () =>
  sandbox.receiver.received.map(
    (event) => JSON.parse(Buffer.from(event.body).toString('utf8')).type as string,
  )

describe('what happens by itself', () => {
  test('pending, then paid after 15 s', async () => {
    const { gateway_ref } = await charge('tok_pending')
    await letPass(14_999)
    expect(await facts(gateway_ref)).toMatchObject({ status: 'pending', captured: 0n })
    await letPass(1)
    expect(await facts(gateway_ref)).toMatchObject({ status: 'succeeded', captured: 10_000n })
    expect(typesReceived()).toEqual(['charge.pending', 'charge.succeeded'])
  })

  test('accepted, then failed after 5 s', async () => {
    const { gateway_ref } = await charge('tok_fails_later')
    await letPass(5_000)
    expect(await facts(gateway_ref)).toMatchObject({ status: 'failed', reason: 'card_declined' })
    await letPass(3_600_000)
    expect(typesReceived()).toEqual(['charge.pending', 'charge.failed'])
  })

  test('late: expired, and the money comes 10 s later', async () => {
    const { gateway_ref } = await charge('tok_late')
    await letPass(60_000)
    expect(await facts(gateway_ref)).toMatchObject({ status: 'expired', captured: 0n })
    await letPass(10_000)
    expect(await facts(gateway_ref)).toMatchObject({
      status: 'succeeded',
      captured: 10_000n,
      reason: null,
    })
    expect(typesReceived()).toEqual(['charge.pending', 'charge.expired', 'charge.succeeded'])
  })

  test('a checkout that nobody paid expires', async () => {
    const call = sandboxGateway.prepareCheckout(sandbox.account, {
      ...{ transaction_id: 'txn_unpaid', reference: 'R', description: 'D', locale: 'en' },
      amount: { amount: 1n, currency: 'EUR' },
      ...{ return_url: 'https://a.example', cancel_url: 'https://a.example' },
      ...{ event_url: sandbox.receiver.url, expires_at_s: now_ms / 1000 + 60 },
    })
    const outcome = await send(call)
    await letPass(60_000)
    const ref = 'gateway_ref' in outcome ? (outcome.gateway_ref ?? '') : ''
    expect(await facts(ref)).toMatchObject({ status: 'expired', reason: 'session_expired' })
    await letPass(86_400_000)
    expect(typesReceived()).toEqual(['charge.expired'])
  })

  test('a refund that takes 5 s, and one that fails and gives its part back', async () => {
    const slow = await charge('tok_refund_pending')
    const bad = await charge('tok_refund_fails')
    expect(await refund(slow.gateway_ref, 10_000n)).toMatchObject({ kind: 'pending' })
    expect(await refund(bad.gateway_ref, 10_000n)).toMatchObject({ kind: 'pending' })
    expect(await refund(bad.gateway_ref, 1n)).toMatchObject({ kind: 'rejected' })
    await letPass(5_000)
    expect(await facts(slow.gateway_ref)).toMatchObject({ refunds: [{ status: 'succeeded' }] })
    expect(await facts(bad.gateway_ref)).toMatchObject({ refunds: [{ status: 'failed' }] })
    expect(await refund(bad.gateway_ref, 10_000n)).toMatchObject({ kind: 'pending' })
    expect(typesReceived()).toContain('refund.succeeded')
    expect(typesReceived()).toContain('refund.failed')
  })
})

describe('keys', () => {
  test('inside the window a repeat is the first answer, a decline too', async () => {
    for (const [token, kind] of [
      ['tok_success', 'approved'],
      ['tok_declined', 'rejected'],
    ] as const) {
      const call = prepare(token)
      const first = await send(call)
      expect(first).toMatchObject({ kind })
      now_ms += 1_000
      expect(await send(call)).toEqual(first)
    }
    expect((await sandbox.service.truth(sandbox.account_ref)).charges).toHaveLength(2)
  })

  test('after the window the key is forgotten, and a repeat charges again', async () => {
    const { transaction_id, ...call } = prepare('tok_success')
    await send(call)
    now_ms += 300_001
    expect(await send(call)).toMatchObject({ kind: 'approved' })
    const { captures } = await sandbox.service.truth(sandbox.account_ref)
    expect(captures.filter((one) => one.transaction_id === transaction_id)).toHaveLength(2)
    const asked = { transaction_id, gateway_ref: null }
    const found = await sandboxGateway.lookUp(sandbox.account, asked, sandbox.http)
    expect(found).toMatchObject({ kind: 'unknown' })
  })

  test('a refused request leaves its key free', async () => {
    const call = prepare('tok_success')
    const bad = { ...call, body: call.body.replace('"EUR"', '"euro"') }
    expect(await send(bad)).toMatchObject({ kind: 'rejected' })
    expect(await send(call)).toMatchObject({ kind: 'approved' })
  })

  test('another account’s charge is not found', async () => {
    const other = await openSandbox()
    const { gateway_ref } = await charge('tok_success')
    const stranger = { ...sandbox.account, credentials: other.account.credentials }
    const asked = { transaction_id: '', gateway_ref }
    const found = await sandboxGateway.lookUp(stranger, asked, sandbox.http)
    expect(found).toMatchObject({ kind: 'unknown' })
    await other.close()
  })
})

describe('the books', () => {
  test('the fee is 1.40 % of what was taken', async () => {
    expect(await charge('tok_success')).toMatchObject({ captured: 10_000n, fee: 140n })
    expect(await charge('tok_partial')).toMatchObject({ captured: 6_000n, fee: 84n })
  })

  test('truth and summary say what was done', async () => {
    const { gateway_ref, transaction_id } = await charge('tok_success')
    await send(prepare('tok_declined'))
    await refund(gateway_ref, 2_500n)
    const truth = await sandbox.service.truth(sandbox.account_ref)
    expect(truth).toMatchObject({
      charges: [
        {
          ref: gateway_ref,
          transaction_id,
          status: 'succeeded',
          captured: '100.00',
          refunded: '25.00',
        },
        { status: 'failed', captured: '0' },
      ],
      captures: [{ charge_ref: gateway_ref, transaction_id, currency: 'EUR', amount: '100.00' }],
      refunds: [{ charge_ref: gateway_ref, amount: '25.00', status: 'succeeded' }],
    })
    expect(await sandbox.service.booksSummary(sandbox.account_ref)).toMatchObject({
      charges: [
        { status: 'failed', currency: 'EUR', count: 1, captured: '0', refunded: '0' },
        { status: 'succeeded', currency: 'EUR', count: 1, captured: '100.00', refunded: '25.00' },
      ],
    })
  })

  test('a dispute is opened, announced and ended once', async () => {
    const { gateway_ref } = await charge('tok_success')
    const { service, account_ref } = sandbox
    expect(await service.createDispute(account_ref, gateway_ref, '100.01')).toMatchObject({
      ok: false,
    })
    const opened = await service.createDispute(account_ref, gateway_ref)
    if (!opened.ok) throw new Error(opened.refusal.detail)
    expect(opened.value).toMatchObject({ amount: '100.00', status: 'needs_response' })
    const { id } = opened.value
    expect(await service.closeDispute(account_ref, id, 'lost')).toMatchObject({ ok: true })
    expect(await service.closeDispute(account_ref, id, 'won')).toMatchObject({ ok: false })
    await service.tick()
    expect(typesReceived()).toEqual(['charge.succeeded', 'dispute.created', 'dispute.lost'])
    expect(await facts(gateway_ref)).toMatchObject({ details: { [`dispute ${id}`]: 'lost' } })
  })

  test('a history is looked up and refunded like what was charged here', async () => {
    const past = {
      ...{ reference: 'R', description: 'D', event_url: sandbox.receiver.url, country: 'FR' },
      ...{ failure_code: null, failure_message: null, card_brand: 'visa', card_last4: '4242' },
      ...{ status: 'succeeded' as const, fee: '0.1', created_ms: now_ms - 86_400_000 },
    } as const
    const refunds = [
      { ref: 'sre_past', transaction_id: 'txn_back', amount: '2.500', created_ms: 1 },
    ]
    await recordPastCharges(sandbox.db, sandbox.account_ref, [
      { ...past, ref: 'sch_1', transaction_id: 'txn_1', ...kwd('10.000'), refunds },
      { ...past, ref: 'sch_2', transaction_id: 'txn_2', ...kwd('1.250'), refunds: [] },
    ])
    expect(await facts('sch_1')).toMatchObject({
      ...{ transaction_id: 'txn_1', captured: 10_000n, fee: 100n, country: 'FR' },
      refunds: [{ gateway_ref: 'sre_past', amount: 2_500n, status: 'succeeded' }],
    })
    const asked = { amount: 7_501n, currency: 'KWD' }
    expect(await refundOf('sch_1', asked)).toMatchObject({ kind: 'rejected' })
    expect(await refundOf('sch_1', { ...asked, amount: 7_500n })).toMatchObject({
      kind: 'approved',
    })
    expect(await facts('sch_2')).toMatchObject({ captured: 1_250n, refunds: [] })
    expect((await sandbox.service.truth(sandbox.account_ref)).captures).toHaveLength(2)
  })

  test.for([
    ['amount', { captured: 10_001n }],
    ['currency', { currency: 'USD' }],
    ['account', { account_ref: 'sac_of_someone_else' }],
    ['mode', { mode: 'live' }],
  ] as const)('misreport %s: the answer says it, the books do not', async ([field, wrong]) => {
    const { gateway_ref } = await charge('tok_success')
    const misreport = { times: 1, field }
    await sandbox.service.setSwitches(sandbox.account_ref, { misreport })
    expect(await facts(gateway_ref)).toMatchObject(wrong)
    expect(await facts(gateway_ref)).toMatchObject({
      captured: 10_000n,
      currency: 'EUR',
      mode: 'test',
    })
  })
})
