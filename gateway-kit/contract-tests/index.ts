import { afterAll, beforeAll, describe } from 'vitest'
import { eventTests } from './events.ts'
import { faultTests } from './faults.ts'
import type { GatewayHarness } from './harness.ts'
import { moneyTests } from './money.ts'
import { outcomeTests } from './outcomes.ts'
import { wireTests } from './wire.ts'

export type { ContractFault, GatewayHarness, VendorBooks } from './harness.ts'

/**
 * What every adapter promises, tried against the vendor or a faithful stand-in for it.
 * `over_http: false` leaves out what only an adapter that speaks HTTP can show.
 */
export function describeGateway(
  name: string,
  makeHarness: () => Promise<GatewayHarness>,
  { over_http = true }: { readonly over_http?: boolean } = {},
): void {
  describe(`${name} keeps the gateway contract`, () => {
    let harness: GatewayHarness | null = null
    beforeAll(async () => {
      harness = await makeHarness()
    })
    afterAll(async () => {
      await harness?.close()
    })
    const harnessed = (): GatewayHarness => {
      if (harness === null) throw new Error('the harness was not made')
      return harness
    }
    describe('outcomes', () => outcomeTests(harnessed))
    describe('faults', () => faultTests(harnessed))
    describe('money', () => moneyTests(harnessed))
    describe('events', () => eventTests(harnessed))
    if (over_http) describe('the wire', () => wireTests(harnessed))
  })
}
