import { describe, expect, test } from 'vitest'
import { type ContractFault, type Harnessed, newTransactionId } from './harness.ts'
import {
  approvedCharge,
  capturesOf,
  chargeRequest,
  lookUp,
  prepareCharge,
  prepareRefund,
  refundsOf,
  sendCharge,
  sendRefund,
} from './requests.ts'

const MADE: readonly ContractFault[] = [
  'error_after',
  'cut_after',
  'too_slow',
  'truncated',
  'not_the_schema',
]

/** What cannot be known is not guessed, and sending it again makes nothing twice. */
export function faultTests(harnessed: Harnessed): void {
  describe.for(MADE)('%s', (fault) => {
    test('a charge is unknown, found by our reference, and made once', async () => {
      const harness = harnessed()
      const { transaction_id, ...request } = chargeRequest(harness)
      const call = prepareCharge(harness, { transaction_id, ...request })
      await harness.misbehave(fault)
      expect(await sendCharge(harness, call)).toMatchObject({ kind: 'unknown' })
      expect(await lookUp(harness, transaction_id)).toMatchObject({
        kind: 'found',
        facts: { status: 'succeeded', captured: 1000n },
      })
      expect(await sendCharge(harness, call)).toMatchObject({ kind: 'approved' })
      expect(await capturesOf(harness, transaction_id)).toHaveLength(1)
    })

    test('a refund is unknown, found by our reference, and made once', async () => {
      const harness = harnessed()
      const charge = await approvedCharge(harness)
      const transaction_id = newTransactionId()
      const call = prepareRefund(harness, charge, 400n, transaction_id)
      await harness.misbehave(fault)
      expect(await sendRefund(harness, call)).toMatchObject({ kind: 'unknown' })
      expect(await lookUp(harness, transaction_id)).toMatchObject({
        kind: 'found',
        facts: { gateway_ref: charge.gateway_ref, refunds: [{ transaction_id, amount: 400n }] },
      })
      expect(await sendRefund(harness, call)).toMatchObject({ kind: 'approved' })
      expect(await refundsOf(harness, transaction_id)).toHaveLength(1)
    })
  })
  repeatTests(harnessed)
}

function repeatTests(harnessed: Harnessed): void {
  test.for([
    ['error_before', 'unknown'],
    ['rate_limited', 'rate_limited'],
  ] as const)('%s: %s, nothing made, and the repeat makes it', async ([fault, kind]) => {
    const harness = harnessed()
    const request = chargeRequest(harness)
    const call = prepareCharge(harness, request)
    await harness.misbehave(fault)
    expect(await sendCharge(harness, call)).toMatchObject({ kind })
    expect(await lookUp(harness, request.transaction_id)).toEqual({ kind: 'not_found' })
    expect(await sendCharge(harness, call)).toMatchObject({ kind: 'approved' })
    expect(await capturesOf(harness, request.transaction_id)).toHaveLength(1)
  })

  test('ten of the same at once are one effect', async () => {
    const harness = harnessed()
    const request = chargeRequest(harness)
    const call = prepareCharge(harness, request)
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => sendCharge(harness, call)))
    for (const { kind } of outcomes) expect(['approved', 'unknown']).toContain(kind)
    expect(outcomes.map((one) => one.kind)).toContain('approved')
    expect(await capturesOf(harness, request.transaction_id)).toHaveLength(1)
  })

  test('another body under the same key is neither made nor believed', async () => {
    const harness = harnessed()
    const request = chargeRequest(harness)
    await sendCharge(harness, prepareCharge(harness, request))
    const other = { ...request, amount: { amount: 2000n, currency: 'EUR' } }
    const outcome = await sendCharge(harness, prepareCharge(harness, other))
    expect(outcome).toMatchObject({ kind: 'unknown' })
    expect(await capturesOf(harness, request.transaction_id)).toHaveLength(1)
  })

  test('a look-up of what never was is not_found', async () => {
    expect(await lookUp(harnessed(), newTransactionId())).toEqual({ kind: 'not_found' })
  })
}
