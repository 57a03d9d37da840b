import { expect, test } from 'vitest'
import type { Harnessed } from './harness.ts'
import {
  capturesOf,
  chargeRequest,
  checkoutRequest,
  lookUp,
  prepareCharge,
  sendCharge,
} from './requests.ts'

/** The gateway says what happened, and the adapter says no more than that. */
export function outcomeTests(harnessed: Harnessed): void {
  test('approved: the whole charge, in our own units', async () => {
    const harness = harnessed()
    const request = chargeRequest(harness)
    const outcome = await sendCharge(harness, prepareCharge(harness, request))
    expect(outcome).toMatchObject({
      kind: 'approved',
      gateway_ref: expect.any(String),
      object: {
        transaction_id: request.transaction_id,
        mode: harness.account.mode,
        currency: 'EUR',
        requested: 1000n,
        captured: 1000n,
        status: 'succeeded',
        refunds: [],
        reason: null,
      },
    })
    expect(await capturesOf(harness, request.transaction_id)).toHaveLength(1)
  })

  test('rejected: the reason in our words, and nothing taken', async () => {
    const harness = harnessed()
    const { token, reason } = harness.tokens.decline
    const request = chargeRequest(harness, { token })
    const outcome = await sendCharge(harness, prepareCharge(harness, request))
    expect(outcome).toMatchObject({ kind: 'rejected', reason })
    expect(await capturesOf(harness, request.transaction_id)).toEqual([])
    expect(await lookUp(harness, request.transaction_id)).toMatchObject({
      kind: 'found',
      facts: { status: 'failed', captured: 0n, reason },
    })
  })

  test.for(['pending', 'action_required'] as const)('%s: nothing taken yet', async (kind) => {
    const harness = harnessed()
    const request = chargeRequest(harness, { token: harness.tokens[kind] })
    const outcome = await sendCharge(harness, prepareCharge(harness, request))
    expect(outcome).toMatchObject({ kind, object: { status: kind, captured: 0n } })
    expect(await capturesOf(harness, request.transaction_id)).toEqual([])
  })
  amountTests(harnessed)
}

function amountTests(harnessed: Harnessed): void {
  test('a partial capture says how much was taken', async () => {
    const harness = harnessed()
    const request = chargeRequest(harness, { token: harness.tokens.partial })
    const outcome = await sendCharge(harness, prepareCharge(harness, request))
    expect(outcome).toMatchObject({
      kind: 'approved',
      object: { requested: 1000n, captured: 600n },
    })
  })

  test('a checkout sends the payer to the vendor, and is found paid', async () => {
    const harness = harnessed()
    const request = checkoutRequest(harness)
    const call = harness.gateway.prepareCheckout(harness.account, request)
    const outcome = await sendCharge(harness, call)
    if (outcome.kind !== 'action_required') throw new Error(`the checkout was ${outcome.kind}`)
    expect(URL.canParse(outcome.redirect_url ?? '')).toBe(true)
    await harness.payCheckout(outcome.redirect_url ?? '')
    const facts = { status: 'succeeded', captured: 1000n, gateway_ref: outcome.gateway_ref }
    const byRef = await lookUp(harness, request.transaction_id, outcome.gateway_ref)
    const byOurs = await lookUp(harness, request.transaction_id)
    expect(byRef).toMatchObject({ kind: 'found', facts })
    expect(byOurs).toEqual(byRef)
  })

  test('preparing is pure: the same request is the same bytes', () => {
    const harness = harnessed()
    const request = chargeRequest(harness)
    expect(prepareCharge(harness, request)).toEqual(prepareCharge(harness, request))
  })
}
