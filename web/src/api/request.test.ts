import { expect, it } from 'vitest'
import { clientFault, isUnsettled } from './fault.ts'
import { addressOf, randomKey } from './request.ts'

it('fills the id in and leaves out what is empty', () => {
  expect(addressOf('/v1/payments/{id}', { id: 'pay_1' })).toBe('/v1/payments/pay_1')
  expect(addressOf('/v1/lookup/{id}', { id: '../me?x#y' })).toBe('/v1/lookup/..%2Fme%3Fx%23y')
  expect(addressOf('/v1/payments', { query: { q: 'a b&c', limit: 25, after: '' } })).toBe(
    '/v1/payments?q=a+b%26c&limit=25',
  )
})

it('makes keys of 128 bits, each its own', () => {
  const keys = Array.from({ length: 100 }, randomKey)
  expect(new Set(keys).size).toBe(100)
  expect(keys.every((key) => /^[0-9a-f]{32}$/.test(key))).toBe(true)
})

it('knows when a request may have been carried out although no answer came', () => {
  const fault = (code: string, status: number) => {
    const made = clientFault('bad_answer', '/', '', status)
    return Object.assign(made, { problem: { ...made.problem, code } })
  }
  expect(isUnsettled(clientFault('offline', '/', ''))).toBe(true)
  expect(isUnsettled(fault('internal_error', 500))).toBe(true)
  expect(isUnsettled(fault('unavailable', 503))).toBe(true)
  expect(isUnsettled(fault('idempotency_in_flight', 409))).toBe(true)
  expect(isUnsettled(fault('refund_too_large', 422))).toBe(false)
  expect(isUnsettled(fault('not_cancelable', 409))).toBe(false)
  expect(isUnsettled(new Error('x'))).toBe(false)
})
