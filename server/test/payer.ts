import type { Payment } from '#contract/payments.ts'
import { type Api, eventually } from './florin.ts'
import { submitPage } from './sandbox.ts'

export const CARD = { success: '4242424242424242', declined: '4000000000000002' } as const

/** What a payer's browser does on the hosted page: choose, go to the gateway, pay, come back. */
export async function goToGateway(checkoutUrl: string): Promise<string> {
  const answer = await fetch(`${checkoutUrl}/pay`, {
    method: 'POST',
    body: new URLSearchParams({ method: 'card' }),
    redirect: 'manual',
  })
  const next = answer.headers.get('location') ?? ''
  if (answer.status !== 303 || !next.includes('/sandbox/pay/')) {
    throw new Error(`not sent to the gateway: ${answer.status} ${next}`)
  }
  return next
}

export async function payByCard(checkoutUrl: string, card: string = CARD.success): Promise<string> {
  const page = await goToGateway(checkoutUrl)
  const { location } = await submitPage(page, { card_number: card })
  return location ?? ''
}

export type Made = Payment & { checkout_url: string }

export async function createPayment(api: Api, value = '100.00', more = {}): Promise<Made> {
  const answer = await api.post<Made>('/v1/payments', {
    amount: { value, currency: 'EUR' },
    ...more,
  })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return answer.body
}

export const paymentIs = (api: Api, id: string, fits: (payment: Payment) => boolean, ms?: number) =>
  eventually(async () => {
    const { body } = await api.get<Payment>(`/v1/payments/${id}`)
    return fits(body) && body
  }, ms)

/** A payment that a card has paid through the hosted page and the gateway's event. */
export async function paidPayment(api: Api, value = '100.00', more = {}): Promise<Payment> {
  const made = await createPayment(api, value, more)
  await payByCard(made.checkout_url)
  return paymentIs(api, made.id, (payment) => payment.status === 'succeeded')
}
