import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Charge, type ChargeStatus, changeOf, refundable, type Step } from './charge.ts'

const STATUSES: ChargeStatus[] = [
  'action_required',
  'pending',
  'succeeded',
  'partially_captured',
  'failed',
  'canceled',
  'expired',
]
const STEPS: Record<Step['do'], Step> = {
  capture: { do: 'capture' },
  wait: { do: 'wait' },
  fail: { do: 'fail', failure: 'card_declined' },
  cancel: { do: 'cancel' },
  expire: { do: 'expire' },
}

const charge = (more: Partial<Charge> = {}): Charge => ({
  ...{ account_ref: 'sac_1', mode: 'test', ref: 'sch_1', origin: 'checkout' },
  ...{ transaction_id: 'txn_1', reference: 'R', description: 'D', currency: 'EUR' },
  ...{ amount: '10.00', captured: '0', refunded: '0', fee: '0', fee_basis_points: 0 },
  ...{ status: 'action_required', failure_code: null, failure_message: null },
  ...{ card_brand: null, card_last4: null, country: null, pay_token: 'spt_1', locale: 'en' },
  ...{ return_url: null, cancel_url: null, event_url: 'https://a.example', scenario: null },
  ...{ authenticating: false, expires_ms: null, next_step: 0, due_ms: null, created_ms: 0 },
  ...more,
})

/** Only what is named leaves its status; all else leaves the charge as it is. */
const MOVES: Partial<Record<`${ChargeStatus} ${Step['do']}`, ChargeStatus>> = {
  'action_required capture': 'succeeded',
  'action_required wait': 'pending',
  'action_required fail': 'failed',
  'action_required cancel': 'canceled',
  'action_required expire': 'expired',
  'pending capture': 'succeeded',
  'pending fail': 'failed',
  'pending expire': 'expired',
  'expired capture': 'succeeded',
}

describe.for(STATUSES)('a charge that is %s', (status) => {
  test.for(Object.values(STEPS))('$do', (step) => {
    const change = changeOf(charge({ status }), step)
    expect(change?.status).toBe(MOVES[`${status} ${step.do}`])
    expect(change?.captured ?? null).toBe(change && step.do === 'capture' ? '10.00' : null)
  })
})

test('money is taken as it was asked for, to the digit', () => {
  for (const amount of ['10', '10.0', '10.00']) {
    expect(changeOf(charge({ amount }), { do: 'capture' })?.captured).toBe(amount)
  }
})

test.for([
  ['10.00', 'EUR', '6.00'],
  ['0.01', 'EUR', '0.01'],
  ['0.03', 'EUR', '0.01'],
  ['1001', 'JPY', '600'],
  ['0.00000005', 'BTC', '0.00000003'],
] as const)('60 %% of %s %s is %s', ([amount, currency, captured]) => {
  const change = changeOf(charge({ amount, currency }), { do: 'capture', percent: 60 })
  expect(change).toMatchObject({ status: 'partially_captured', captured })
})

test('the fee is of what was taken, rounded down', () => {
  const taken = charge({ amount: '33.33', fee_basis_points: 140 })
  expect(changeOf(taken, { do: 'capture' })?.fee).toBe('0.46')
  expect(changeOf(taken, { do: 'capture', percent: 60 })).toMatchObject({
    captured: '19.99',
    fee: '0.27',
  })
})

test('a part is never more than the whole, nor nothing', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10n ** 12n }),
      fc.integer({ min: 1, max: 99 }),
      (minor, percent) => {
        const asked = charge({ amount: `${minor}`, currency: 'JPY' })
        const captured = BigInt(changeOf(asked, { do: 'capture', percent })?.captured ?? '0')
        expect(captured >= 1n && captured <= minor).toBe(true)
      },
    ),
  )
})

test('what is left to refund is what was taken and not given back', () => {
  expect(refundable(charge())).toBe(0n)
  expect(refundable(charge({ captured: '10.00', refunded: '9.99' }))).toBe(1n)
})
