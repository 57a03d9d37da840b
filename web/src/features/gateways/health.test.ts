import { expect, it } from 'vitest'
import type { GatewayAccount } from '../../api/wire.ts'
import { healthOf, successRate } from './health.ts'

const account = {
  active: true,
  succeeded_24h: 0,
  failed_24h: 0,
  unknown_now: 0,
} as GatewayAccount

it.each([
  ['an account that is off', { active: false }, 'off'],
  ['nobody tried', {}, 'quiet'],
  ['a few failures say nothing', { succeeded_24h: 1, failed_24h: 3 }, 'good'],
  ['most succeed', { succeeded_24h: 90, failed_24h: 10 }, 'good'],
  ['some fail', { succeeded_24h: 70, failed_24h: 30 }, 'unsure'],
  ['most fail', { succeeded_24h: 10, failed_24h: 90 }, 'bad'],
  ['a try without an answer', { succeeded_24h: 90, unknown_now: 1 }, 'unsure'],
] as const)('%s', (_, facts, health) => {
  expect(healthOf({ ...account, ...facts })).toBe(health)
})

it('there is no rate without tries', () => {
  expect(successRate(account)).toBeNull()
  expect(successRate({ ...account, succeeded_24h: 3, failed_24h: 1 })).toBe(0.75)
})
