import { expect, test } from 'vitest'
import { type Harnessed, newTransactionId } from './harness.ts'
import { chargeRequest } from './requests.ts'

/** Only for adapters that speak HTTP. */
export function wireTests(harnessed: Harnessed): void {
  test('nobody listens: not_sent, and a look-up is unknown', async () => {
    const { account, gateway, http, ...harness } = harnessed()
    const deaf = { ...account, base_url: 'http://127.0.0.1:9' }
    const request = chargeRequest(harnessed())
    const call = gateway.prepareCharge(deaf, request)
    expect(await gateway.sendCharge(deaf, call, http)).toMatchObject({ kind: 'not_sent' })
    const asked = { transaction_id: request.transaction_id, gateway_ref: null }
    expect(await gateway.lookUp(deaf, asked, http)).toMatchObject({ kind: 'unknown' })
    expect(await harness.books()).toMatchObject({ captures: expect.any(Array) })
  })

  test('a page that is not the vendor answers 404: nothing is known', async () => {
    const { account, gateway, http, event_url } = harnessed()
    const elsewhere = { ...account, base_url: `${new URL(event_url).origin}/elsewhere` }
    const call = gateway.prepareCharge(elsewhere, chargeRequest(harnessed()))
    expect(await gateway.sendCharge(elsewhere, call, http)).toMatchObject({ kind: 'unknown' })
    const asked = { transaction_id: newTransactionId(), gateway_ref: null }
    expect(await gateway.lookUp(elsewhere, asked, http)).toMatchObject({ kind: 'unknown' })
  })

  test('wrong credentials: refused, and a look-up is unknown, never not_found', async () => {
    const { account, gateway, http } = harnessed()
    const names = Object.keys(account.credentials)
    const credentials = Object.fromEntries(names.map((name) => [name, 'wrong']))
    const stranger = { ...account, credentials }
    const request = chargeRequest(harnessed())
    const call = gateway.prepareCharge(stranger, request)
    expect(await gateway.sendCharge(stranger, call, http)).toMatchObject({
      kind: 'rejected',
      reason: 'credentials_refused',
    })
    const asked = { transaction_id: request.transaction_id, gateway_ref: null }
    expect(await gateway.lookUp(stranger, asked, http)).toMatchObject({ kind: 'unknown' })
  })
}
