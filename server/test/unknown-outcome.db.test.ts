import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Payment, Transaction } from '#contract/payments.ts'
import { eventually, openFlorin, type TestFlorin } from './florin.ts'
import { createPayment, goToGateway, paymentIs } from './payer.ts'
import { submitPage } from './sandbox.ts'

let at: TestFlorin
beforeAll(async () => {
  at = await openFlorin()
})
afterAll(async () => {
  expect(await at.audit()).toEqual([])
  await at.close()
})

const faults = ['error_after_charge', 'cut_after_charge'] as const
const TWO_MINUTES_MS = 120_000

/** How the payment looked at every moment until it was paid. */
async function watch(id: string): Promise<Set<string>> {
  const seen = new Set<string>()
  await eventually(async () => {
    const { body } = await at.api.get<Payment>(`/v1/payments/${id}`)
    seen.add(body.status)
    for (const one of body.transactions ?? []) seen.add(`charge ${one.status}`)
    return body.status === 'succeeded'
  }, TWO_MINUTES_MS)
  return seen
}

async function capturesOf(id: string): Promise<number> {
  const { body } = await at.api.get<Payment>(`/v1/payments/${id}`)
  const ids = new Set(body.transactions?.map((one) => one.id))
  const truth = await at.florin.sandbox?.truth(at.sandboxRef)
  return truth?.captures.filter((one) => ids.has(one.transaction_id)).length ?? 0
}

describe.each(faults)('the gateway charges and then answers with %s', (fault) => {
  it.each([
    ['and its event arrives', false],
    ['and its event is lost', true],
  ])('never shows it as failed and is paid once, %s', async (_what, lost) => {
    const sandbox = at.florin.sandbox
    const switches = { [fault]: { times: 1, on: ['charge'] } }
    const losing = lost ? { lose_events: { times: 'always' } } : {}
    await sandbox?.setSwitches(at.sandboxRef, { ...switches, ...losing })
    const made = await createPayment(at.api, '25.00')
    const charge = await at.api.post<Transaction>(`/v1/payments/${made.id}/charges`, {
      token: 'tok_success',
    })
    expect(charge.status).toBe(202)
    expect(charge.body.status).toBe('processing')
    const seen = await watch(made.id)
    await sandbox?.resetSwitches(at.sandboxRef)
    expect(seen.has('failed')).toBe(false)
    expect(seen.has('charge rejected')).toBe(false)
    expect(await capturesOf(made.id)).toBe(1)
  })

  it('on its own page: the payer sees processing, then paid, never failed', async () => {
    const sandbox = at.florin.sandbox
    await sandbox?.setSwitches(at.sandboxRef, {
      [fault]: { times: 1, on: ['page'] },
      lose_events: { times: 'always' },
    })
    const made = await createPayment(at.api, '25.00')
    const page = await goToGateway(made.checkout_url)
    await submitPage(page, { card_number: '4242424242424242' }).catch(() => undefined)
    const states = new Set<string>()
    await fetch(`${made.checkout_url}/return`)
    await eventually(async () => {
      const answer = await fetch(`${made.checkout_url}/status`)
      const { state } = (await answer.json()) as { state: string }
      states.add(state)
      return state === 'paid'
    }, TWO_MINUTES_MS)
    await sandbox?.resetSwitches(at.sandboxRef)
    expect(states.has('failed')).toBe(false)
    expect(await capturesOf(made.id)).toBe(1)
  })

  it('for a refund: the money stays held until it is known, and goes back once', async () => {
    const made = await createPayment(at.api, '25.00')
    await at.api.post(`/v1/payments/${made.id}/charges`, { token: 'tok_success' })
    await paymentIs(at.api, made.id, (one) => one.status === 'succeeded')
    const switches = { [fault]: { times: 1, on: ['refund'] }, lose_events: { times: 'always' } }
    await at.florin.sandbox?.setSwitches(at.sandboxRef, switches)
    const refund = await at.api.post<{ id: string; status: string }>(
      `/v1/payments/${made.id}/refunds`,
      { reason: 'goods returned' },
    )
    expect(['unknown', 'sending']).toContain(refund.body.status)
    const done = await eventually(async () => {
      const { body } = await at.api.get<{ status: string }>(`/v1/refunds/${refund.body.id}`)
      expect(body.status).not.toBe('failed')
      return body.status === 'succeeded' && body
    }, TWO_MINUTES_MS)
    await at.florin.sandbox?.resetSwitches(at.sandboxRef)
    expect(done.status).toBe('succeeded')
    const truth = await at.florin.sandbox?.truth(at.sandboxRef)
    const ids = (await paymentIs(at.api, made.id, () => true)).transactions?.map((one) => one.id)
    const given = truth?.refunds.filter((one) => ids?.includes(one.transaction_id ?? ''))
    expect(given?.map((one) => one.amount)).toEqual(['25.00'])
  })
})
