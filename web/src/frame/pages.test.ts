import { expect, it } from 'vitest'
import { NAVIGATION, navPageOf } from './pages.ts'

it('an address belongs to the longest page that begins it', () => {
  expect(navPageOf('/')?.name).toBe('home')
  expect(navPageOf('/payments/pay_1')?.name).toBe('payments')
  expect(navPageOf('/settings')?.name).toBe('settings')
  expect(navPageOf('/settings/audit-log')?.name).toBe('auditLog')
  expect(navPageOf('/developers/gateway-events/gev_1')?.name).toBe('gatewayEvents')
  expect(navPageOf('/nowhere')).toBeNull()
})

it('every page has its own key', () => {
  const keys = NAVIGATION.flatMap((group) => group.pages.map((page) => page.key))
  expect(new Set(keys).size).toBe(keys.length)
})
