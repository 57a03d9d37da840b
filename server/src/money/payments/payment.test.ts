import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PAYMENT_STATUSES, type PaymentStatus } from '#contract/payments.ts'
import { eventsFrom } from '#server/kernel/flow.ts'
import {
  eventFor,
  flagsOf,
  type PaymentEvent,
  type PaymentRow,
  paymentFlow,
  refundable,
  remaining,
  stepPayment,
} from './payment.ts'
import { creditLegs, debitLegs, type Purpose, salePurpose } from './purpose.ts'

const ROW = {
  status: 'open',
  currency: 'EUR',
  amount: 10_000n,
  captured: 0n,
  refund_reserved: 0n,
  refunded_outside: 0n,
  refunded: 0n,
  disputed: 0n,
  manual_open: 0n,
  manual: false,
  late: false,
  credited: null,
  customer_id: 'cus_1',
} as unknown as PaymentRow
const row = (more: Partial<PaymentRow>): PaymentRow => ({ ...ROW, ...more })

const EVENTS: PaymentEvent[] = [
  'start',
  'return_to_payer',
  'authorize',
  'pay_part',
  'pay',
  'fail',
  'cancel',
  'expire',
]
/** Every status × event; a dash is a step that does not exist. */
const TABLE: Record<PaymentStatus, string[]> = {
  open: 'processing - authorized partially_paid succeeded failed canceled expired'.split(' '),
  processing: '- open authorized partially_paid succeeded failed - expired'.split(' '),
  authorized: '- - - partially_paid succeeded failed canceled expired'.split(' '),
  partially_paid: '- - - - succeeded - - -'.split(' '),
  succeeded: '- - - - - - - -'.split(' '),
  failed: 'processing open authorized partially_paid succeeded - canceled -'.split(' '),
  canceled: '- - - partially_paid succeeded - - -'.split(' '),
  expired: '- - - partially_paid succeeded - - -'.split(' '),
}

describe('the payment flow', () => {
  it.each(PAYMENT_STATUSES)('from %s goes exactly where the table says', (from) => {
    const to = EVENTS.map((event) =>
      eventsFrom<PaymentStatus, PaymentEvent>(paymentFlow, from).includes(event)
        ? stepPayment(from, event)
        : '-',
    )
    expect(to).toEqual(TABLE[from])
  })

  it('never leaves succeeded, whatever happens', () => {
    for (const event of EVENTS) expect(stepPayment('succeeded', event)).toBe('succeeded')
  })

  it('lets money decide before anything a charge says of itself', () => {
    const declined = { state: 'rejected', reason: 'card_declined', authorized: false }
    expect(eventFor(row({ captured: 10_000n }), declined)).toBe('pay')
    expect(eventFor(row({ captured: 1n }), declined)).toBe('pay_part')
    expect(eventFor(row({}), declined)).toBe('fail')
    expect(eventFor(row({}), { ...declined, reason: 'customer_canceled' })).toBe('return_to_payer')
    expect(eventFor(row({}), { ...declined, reason: 'session_expired' })).toBe('expire')
    expect(eventFor(row({}), { ...declined, state: 'unknown' })).toBe('start')
    expect(eventFor(row({}), null)).toBe(null)
  })
})

describe('amounts', () => {
  it('are what is due and what may go back, never below zero', () => {
    const small = fc.bigInt({ min: 0n, max: 99n })
    const amounts = fc.record({
      captured: small,
      refund_reserved: small,
      refunded_outside: small,
      manual_open: small,
    })
    fc.assert(
      fc.property(small, amounts, (amount, held) => {
        const one = row({ amount: amount + 1n, ...held })
        expect(remaining(one)).toBeGreaterThanOrEqual(0n)
        expect(refundable(one)).toBeGreaterThanOrEqual(0n)
        expect(refundable(one)).toBeLessThanOrEqual(held.captured)
      }),
    )
  })

  it('show as flags, not as statuses', () => {
    expect(flagsOf(row({ status: 'succeeded', captured: 12_000n }))).toEqual([
      'needs_action',
      'overpaid',
    ])
    expect(flagsOf(row({ captured: 10_000n, refunded: 10_000n }))).toEqual(['refunded'])
    expect(flagsOf(row({ captured: 10_000n, refunded: 1n }))).toEqual(['partly_refunded'])
    expect(flagsOf(row({ captured: 10_000n, credited: 9_000n }))).toEqual(['uncredited'])
  })
})

describe('where money goes', () => {
  const sale = salePurpose('api')
  const wallet: Purpose = {
    name: 'top_up',
    destination: (payment) => ({ kind: 'customer_wallet', owner: payment.customer_id ?? '' }),
    takesExcess: true,
  }
  const total = (all: { amount: bigint }[]) => all.reduce((sum, leg) => sum + leg.amount, 0n)
  const money = fc.bigInt({ min: 1n, max: 30_000n })

  it('splits every receipt and every refund without losing a unit', () => {
    fc.assert(
      fc.property(money, money, fc.constantFrom(sale, wallet), (before, amount, purpose) => {
        const one = row({ captured: before })
        expect(total(creditLegs(purpose, one, amount))).toBe(amount)
        expect(total(debitLegs(purpose, one, amount))).toBe(amount)
      }),
    )
  })

  it('keeps what a sale did not ask for apart, and gives it back first', () => {
    const legs = (all: { account: { kind: string }; amount: bigint }[]) =>
      all.map((leg) => `${leg.account.kind} ${leg.amount}`)
    expect(legs(creditLegs(sale, row({ captured: 9_000n }), 3_000n))).toEqual([
      'sales 1000',
      'unmatched_deposits 2000',
    ])
    expect(legs(debitLegs(sale, row({ captured: 12_000n }), 3_000n))).toEqual([
      'unmatched_deposits 2000',
      'sales 1000',
    ])
    expect(legs(creditLegs(wallet, row({ captured: 9_000n }), 3_000n))).toEqual([
      'customer_wallet 3000',
    ])
  })
})
