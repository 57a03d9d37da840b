import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Harnessed } from './harness.ts'
import {
  approvedCharge,
  capturesOf,
  chargeRequest,
  lookUp,
  prepareCharge,
  prepareRefund,
  sendCharge,
  sendRefund,
} from './requests.ts'

const DIGITS = { EUR: 2, JPY: 0, KWD: 3, XOF: 0, BTC: 8 } as const
const MAX_MINOR = 1_000_000_000_000n
const RUNS = 12

/** Written here once more, so that an adapter's own conversion has something to differ from. */
function decimal(minor: bigint, digits: number): string {
  const scale = 10n ** BigInt(digits)
  const fraction = digits === 0 ? '' : `.${(minor % scale).toString().padStart(digits, '0')}`
  return `${minor / scale}${fraction}`
}

/** Every digit arrives. */
export function moneyTests(harnessed: Harnessed): void {
  test.for(Object.entries(DIGITS))('%s amounts arrive in the books exactly', async (pair) => {
    const [currency, digits] = pair
    const harness = harnessed()
    const check = async (amount: bigint) => {
      const request = chargeRequest(harness, { amount: { amount, currency } })
      const outcome = await sendCharge(harness, prepareCharge(harness, request))
      const object = { currency, requested: amount, captured: amount }
      expect(outcome).toMatchObject({ kind: 'approved', object })
      expect(await capturesOf(harness, request.transaction_id)).toMatchObject([
        { currency, amount: decimal(amount, digits) },
      ])
    }
    for (const amount of [1n, 10n, 1234n, MAX_MINOR]) await check(amount)
    const amounts = fc.bigInt({ min: 1n, max: MAX_MINOR })
    await fc.assert(fc.asyncProperty(amounts, check), { numRuns: RUNS })
  })

  test('refunds: a part, another part, and not a cent more', async () => {
    const harness = harnessed()
    const charge = await approvedCharge(harness, { amount: 10_000n, currency: 'EUR' })
    const refund = (amount: bigint) => sendRefund(harness, prepareRefund(harness, charge, amount))
    expect(await refund(6_000n)).toMatchObject({ kind: 'approved', object: { amount: 6_000n } })
    expect(await refund(6_000n)).toMatchObject({ kind: 'rejected', reason: 'refund_refused' })
    expect(await refund(4_000n)).toMatchObject({ kind: 'approved', object: { amount: 4_000n } })
    expect(await refund(1n)).toMatchObject({ kind: 'rejected', reason: 'refund_refused' })
    const found = await lookUp(harness, charge.transaction_id ?? '', charge.gateway_ref)
    expect(found).toMatchObject({
      kind: 'found',
      facts: { captured: 10_000n, refunds: [{ amount: 6_000n }, { amount: 4_000n }] },
    })
  })

  test('twenty refunds of 60 of 100 at once: one', async () => {
    const harness = harnessed()
    const charge = await approvedCharge(harness, { amount: 10_000n, currency: 'EUR' })
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => sendRefund(harness, prepareRefund(harness, charge, 6_000n))),
    )
    expect(outcomes.filter((one) => one.kind === 'approved')).toHaveLength(1)
    expect(outcomes.filter((one) => one.kind === 'rejected')).toHaveLength(19)
  })

  test('a refund in another currency is refused', async () => {
    const harness = harnessed()
    const charge = await approvedCharge(harness)
    const strange = { ...charge, currency: 'USD' }
    const outcome = await sendRefund(harness, prepareRefund(harness, strange, 100n))
    expect(outcome).toMatchObject({ kind: 'rejected' })
  })
}
