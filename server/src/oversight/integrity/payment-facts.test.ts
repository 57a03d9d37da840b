import { describe, expect, it } from 'vitest'
import { judgePayment, type PaymentFacts, type TransferFacts } from './payment-facts.ts'

const posted = (kind: string, source: string, amount: string, credit = 'sales'): TransferFacts => ({
  kind,
  source,
  state: 'posted',
  credit,
  amount,
})
const charge = { type: 'charge' as const, manual: false, cleared: '0', fee: '0' }

/** 10.00 vouched for by hand, then 12.00 charged by the gateway, 4.00 of it on its way back. */
const FACTS: PaymentFacts = {
  merchant_id: 'mer_1',
  mode: 'test',
  id: 'pay_1',
  currency: 'EUR',
  version: 5,
  captured: 1200n,
  refunded: 100n,
  refund_reserved: 500n,
  refunded_outside: 0n,
  fee: 30n,
  credited: null,
  manual_open: 0n,
  versions_told: 5,
  versions_odd: 0,
  transactions: [
    { ...charge, id: 'txn_hand', manual: true, approved: '1000', cleared: '1000' },
    { ...charge, id: 'txn_card', approved: '1200', fee: '30' },
    { ...charge, id: 'txn_back', type: 'refund', approved: '100' },
  ],
  refunds: [
    { id: 'rfd_done', status: 'succeeded', source: 'api', amount: '100' },
    { id: 'rfd_open', status: 'unknown', source: 'dashboard', amount: '400' },
    { id: 'rfd_failed', status: 'failed', source: 'dashboard', amount: '700' },
  ],
  transfers: [
    posted('mark_paid', 'txn_hand', '1000'),
    posted('capture', 'txn_card', '1000', 'suspense'),
    posted('capture', 'txn_card', '200'),
    posted('fee', 'txn_card', '30', 'gateway_clearing'),
    posted('refund', 'rfd_done', '100', 'gateway_clearing'),
    { ...posted('refund', 'rfd_open', '400', 'gateway_clearing'), state: 'held' },
    posted('refund', 'rfd_failed', '700', 'gateway_clearing'),
    posted('refund_reversal', 'rfd_failed', '700'),
  ],
}
const checksOf = (change: Partial<PaymentFacts>) =>
  judgePayment({ ...FACTS, ...change }).map((one) => one.check)

describe('a payment with everything on it', () => {
  it('adds up', () => {
    expect(judgePayment(FACTS)).toEqual([])
  })

  it.each<[string, Partial<PaymentFacts>, string[]]>([
    ['captured', { captured: 1201n }, ['A5', 'A5']],
    ['refunded', { refunded: 0n }, ['A5']],
    ['reserved', { refund_reserved: 100n }, ['A5']],
    ['outside', { refunded_outside: 1n }, ['A5']],
    ['fee', { fee: 0n }, ['A5']],
    ['credited', { credited: 1n }, ['A5']],
    ['manual', { manual_open: 1000n }, ['A5']],
    ['events', { versions_told: 4 }, ['A8']],
    ['odd events', { versions_odd: 1 }, ['A8']],
    ['no transfers', { transfers: [] }, ['A4', 'A4', 'A4', 'A4', 'A6', 'A5', 'A5']],
    ['no transactions', { transactions: [] }, ['A5', 'A4', 'A4', 'A4', 'A4']],
  ])('%s', (_, change, checks) => {
    expect(checksOf(change)).toEqual(checks)
  })

  it('writes amounts as people do, in any currency', () => {
    const [finding] = judgePayment({ ...FACTS, currency: 'JPY', captured: 1201n })
    expect(finding).toMatchObject({ expected: '1200 JPY', found: '1201 JPY' })
    const [odd] = judgePayment({ ...FACTS, currency: 'ZZZ', captured: 1201n })
    expect(odd?.found).toBe('1201 ZZZ')
  })
})
