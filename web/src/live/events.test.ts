import { expect, it } from 'vitest'
import { liveEventOf } from './events.ts'

const message = (data: object) => JSON.stringify({ id: 'evt_1', mode: 'test', ...data })

it('a change of a payment, or of a refund under it, concerns the payment', () => {
  expect(liveEventOf(message({ type: 'payment.succeeded', payment_id: 'pay_1' }))).toEqual({
    type: 'payment',
    id: 'evt_1',
    payment_id: 'pay_1',
    change: 'payment.succeeded',
  })
  expect(
    liveEventOf(message({ type: 'refund.succeeded', object_id: 'rfd_1', payment_id: 'pay_1' })),
  ).toMatchObject({ type: 'payment', payment_id: 'pay_1' })
})

it('a change of an export names the export', () => {
  const text = message({ type: 'export.done', object_id: 'exp_1', payment_id: null })
  expect(liveEventOf(text)).toEqual({ type: 'export', id: 'exp_1' })
})

it('what no page listens to is nothing', () => {
  for (const text of ['', 'x', 'null', '7', message({ type: 'customer.created' })]) {
    expect(liveEventOf(text)).toBeNull()
  }
})
