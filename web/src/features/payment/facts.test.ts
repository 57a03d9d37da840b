import { describe, expect, it } from 'vitest'
import type { Payment } from '../../api/wire.ts'
import {
  actionState,
  bannersOf,
  excessOf,
  missingOf,
  moneyLines,
  primaryAction,
  ticksOf,
} from './facts.ts'

const eur = (value: string) => ({ value, currency: 'EUR' })
const yes = { allowed: true, why_not: null }

const payment = (changes: Partial<Payment>): Payment => ({
  id: 'pay_01k00000000000000000000000',
  object: 'payment',
  mode: 'test',
  status: 'succeeded',
  flags: [],
  purpose: 'api',
  source: 'api',
  amount: eur('100.00'),
  captured_amount: eur('100.00'),
  refunded_amount: eur('0.00'),
  refundable_amount: eur('100.00'),
  fee_amount: eur('1.50'),
  net_amount: eur('98.50'),
  credited_amount: null,
  reference: null,
  description: null,
  payer_name: null,
  payer_email: null,
  country: null,
  customer: null,
  shop: null,
  gateway: 'sandbox',
  gateway_account_id: null,
  method: 'card',
  gateway_ref: null,
  card: null,
  reason: null,
  message: null,
  session_id: null,
  link_id: null,
  metadata: {},
  created_by: { kind: 'system', id: null, name: null },
  created_at: '2026-11-20T09:00:00.000Z',
  updated_at: '2026-11-20T09:00:00.000Z',
  expires_at: null,
  processed_at: null,
  version: 1,
  next_step: 'nothing',
  actions: { refund: yes, cancel: { allowed: false, why_not: 'money_received' }, sync: yes },
  ...changes,
})

const shown = (changes: Partial<Payment>) =>
  ticksOf(payment(changes)).map(({ name, state }) => `${name} ${state}`)

describe('the ticks', () => {
  it('a paid payment is done; a balance is ticked only for a top-up', () => {
    expect(shown({})).toEqual(['completed done', 'received done', 'closed done'])
    expect(shown({ credited_amount: eur('100.00') })).toContain('credited done')
    expect(shown({ credited_amount: eur('60.00') })).toContain('credited part')
    expect(shown({ credited_amount: eur('0.00') })).toContain('credited no')
  })

  it('a partial payment has part of its money and is not closed', () => {
    expect(
      shown({
        status: 'partially_paid',
        captured_amount: eur('60.00'),
        next_step: 'collect_remainder',
      }),
    ).toEqual(['completed waiting', 'received part', 'closed waiting'])
  })

  it('what was marked by hand waits for the gateway', () => {
    expect(shown({ next_step: 'gateway_fact_pending' })).toEqual([
      'completed done',
      'received waiting',
      'closed waiting',
    ])
  })

  it('a failed payment has neither', () => {
    expect(
      shown({ status: 'failed', captured_amount: eur('0.00'), next_step: 'ask_other_method' }),
    ).toEqual(['completed no', 'received no', 'closed waiting'])
  })
})

describe('the banners', () => {
  it('open by themselves, most pressing first', () => {
    expect(bannersOf(payment({}))).toEqual([])
    expect(bannersOf(payment({ status: 'partially_paid', flags: ['partial'] }))).toEqual([
      'partial',
    ])
    expect(bannersOf(payment({ flags: ['late', 'overpaid'] }))).toEqual(['overpaid', 'late'])
    expect(bannersOf(payment({ status: 'failed', reason: 'card_declined' }))).toEqual(['failed'])
    expect(bannersOf(payment({ status: 'expired', reason: null }))).toEqual([])
    expect(bannersOf(payment({ status: 'processing', next_step: 'check_with_gateway' }))).toEqual([
      'unknown',
    ])
  })

  it('say what is missing and what is too much', () => {
    expect(missingOf(payment({ captured_amount: eur('60.00') })).value).toBe('40.00')
    const over = payment({ captured_amount: eur('130.00'), refunded_amount: eur('10.00') })
    expect(excessOf(over).value).toBe('20.00')
  })
})

it('the money card is a sum', () => {
  const lines = moneyLines(payment({ refunded_amount: eur('20.00'), net_amount: eur('78.50') }))
  expect(lines.map(({ amount }) => amount.value)).toEqual(['100.00', '-1.50', '-20.00', '78.50'])
})

describe('the actions', () => {
  it('need the permission first, then the server’s word', () => {
    expect(actionState(payment({}), 'refund', ['request_refund'])).toEqual(yes)
    expect(actionState(payment({}), 'refund', [])).toEqual({
      allowed: false,
      why_not: 'permission_missing',
    })
    expect(actionState(payment({}), 'cancel', ['cancel_payment']).why_not).toBe('money_received')
    expect(actionState(payment({}), 'mark_paid', ['mark_payment_paid']).allowed).toBe(false)
  })

  it('one stands out, if it may be done', () => {
    expect(primaryAction(payment({}), ['request_refund'])).toBe('refund')
    expect(primaryAction(payment({}), [])).toBeNull()
    expect(primaryAction(payment({ next_step: 'wait_for_payer' }), ['request_refund'])).toBeNull()
    expect(primaryAction(payment({ next_step: 'check_with_gateway' }), ['sync_payment'])).toBe(
      'sync',
    )
  })
})
