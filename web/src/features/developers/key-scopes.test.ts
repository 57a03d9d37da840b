import { expect, it } from 'vitest'
import { isReading, keyState, scopesToGive } from './key-scopes.ts'

it('a key is given what its maker holds, but never what needs a person', () => {
  expect(scopesToGive(['access_payments', 'mark_payment_paid', 'manage_api_keys'])).toEqual([
    'access_payments',
  ])
  expect(isReading('access_payments')).toBe(true)
  expect(isReading('create_payment')).toBe(false)
})

it('a key ends when it is revoked or its time is over', () => {
  const now_ms = Date.parse('2026-11-20T12:00:00Z')
  const at = (revoked_at: string | null, expires_at: string | null) =>
    keyState({ revoked_at, expires_at }, now_ms)
  expect(at(null, null)).toBe('active')
  expect(at(null, '2026-11-20T12:00:01Z')).toBe('active')
  expect(at(null, '2026-11-20T12:00:00Z')).toBe('expired')
  expect(at('2026-11-20T11:00:00Z', '2026-11-20T11:30:00Z')).toBe('revoked')
})
