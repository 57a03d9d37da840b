import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFlorin, type TestFlorin } from './florin.ts'
import { CARD, createPayment, goToGateway, type Made, payByCard, paymentIs } from './payer.ts'
import { submitPage } from './sandbox.ts'

let at: TestFlorin
beforeAll(async () => {
  at = await openFlorin()
})
afterAll(async () => {
  expect(await at.audit()).toEqual([])
  await at.close()
})

const HOSTILE = `<script>alert(1)</script>"'&<img src=x onerror=alert(2)>`
const PARTIAL = '4000000000130007'
const PENDING = '4000000000120008'

/** A page as a browser without JavaScript gets it. */
async function open(url: string, headers: Record<string, string> = {}) {
  const answer = await fetch(new URL(url, at.origin), { headers })
  const text = await answer.text()
  const part = (pattern: RegExp) =>
    (pattern.exec(text)?.[1] ?? '').replaceAll(/<[^>]*>/g, '').replaceAll(/\s/g, ' ')
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    lang: part(/<html[^>]* lang="(\w+)"/),
    title: part(/<title>(.*?)<\/title>/s),
    heading: part(/<h1[^>]*>(.*?)<\/h1>/s),
  }
}
const stateOf = async (made: Made) =>
  ((await (await fetch(`${made.checkout_url}/status`)).json()) as { state: string }).state
const is = (made: Made, status: string) =>
  paymentIs(at.api, made.id, (one) => one.status === status)
const payForm = (made: Made, fields: Record<string, string>) =>
  fetch(`${made.checkout_url}/pay`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })
const receiptOf = (made: Made) => made.checkout_url.replace('/c/', '/r/')

/** How a payer finds the page in each state, and what it says. */
const STATES: [string, string, string, (made: Made) => Promise<unknown>][] = [
  ['choose_method', 'Pay Florin Demo', 'Payer Florin Demo', async () => undefined],
  [
    'failed',
    'The payment did not go through',
    'Le paiement n’a pas abouti',
    async (made) => {
      await payByCard(made.checkout_url, CARD.declined)
      await is(made, 'failed')
    },
  ],
  [
    'pending',
    'Your payment is on its way',
    'Votre paiement est en cours',
    async (made) => {
      await payByCard(made.checkout_url, PENDING)
      await is(made, 'processing')
    },
  ],
  [
    'partial',
    '€60.00 of €100.00 received',
    '60,00 € reçus sur 100,00 €',
    async (made) => {
      await payByCard(made.checkout_url, PARTIAL)
      await is(made, 'partially_paid')
    },
  ],
  [
    'paid',
    'Payment received',
    'Paiement reçu',
    async (made) => {
      await payByCard(made.checkout_url)
      await is(made, 'succeeded')
    },
  ],
  [
    'canceled',
    'Payment canceled',
    'Paiement annulé',
    (made) => at.api.post(`/v1/payments/${made.id}/cancel`),
  ],
  [
    'expired',
    'The time to pay has run out',
    'Le délai de paiement est dépassé',
    (made) => at.api.post(`/v1/checkout_sessions/${made.session_id}/expire`),
  ],
  [
    'processing',
    'We are confirming your payment',
    'Nous confirmons votre paiement',
    async (made) => {
      await at.florin.sandbox?.setSwitches(at.sandboxRef, {
        cut_after_charge: { times: 1, on: ['charge'] },
        lose_events: { times: 'always' },
      })
      await at.api.post(`/v1/payments/${made.id}/charges`, { token: 'tok_success' })
      await at.florin.sandbox?.resetSwitches(at.sandboxRef)
    },
  ],
]

describe('the checkout page', () => {
  it.each(STATES)('%s: says "%s" and "%s"', async (state, english, french, make) => {
    const made = await createPayment(at.api, '100.00')
    await make(made)
    expect(await stateOf(made)).toBe(state)
    const en = await open(`${made.checkout_url}?lang=en`)
    const fr = await open(`${made.checkout_url}?lang=fr`)
    expect([en.status, en.lang, en.heading]).toEqual([200, 'en', english])
    expect([fr.status, fr.lang, fr.heading]).toEqual([200, 'fr', french])
  })

  it('says so when there is no method to pay with', async () => {
    const made = await createPayment(at.api, '10.00')
    const active = (on: boolean) =>
      at.db.query({ text: 'update payment_methods set is_active = $1', values: [on] })
    await active(false)
    expect(await stateOf(made)).toBe('method_unavailable')
    expect((await open(made.checkout_url)).heading).toBe('No payment method is available now')
    const pay = await payForm(made, { method: 'card' })
    expect(pay.headers.get('location')).toMatch(/^\/c\//)
    await active(true)
    expect(await stateOf(made)).toBe('choose_method')
  })

  it('chooses the language: address, then session, then browser', async () => {
    const french = await createPayment(at.api, '10.00', { locale: 'fr' })
    const browser = { 'accept-language': 'en-GB,en;q=0.9' }
    expect((await open(french.checkout_url, browser)).lang).toBe('fr')
    expect((await open(`${french.checkout_url}?lang=en`, browser)).lang).toBe('en')
    const any = await createPayment(at.api, '10.00')
    expect((await open(any.checkout_url, { 'accept-language': 'fr-CA' })).lang).toBe('fr')
    expect((await open(any.checkout_url, { 'accept-language': 'de' })).lang).toBe('en')
    const page = await open(`${french.checkout_url}?lang=fr`)
    expect(page.text).toContain('10,00')
  })

  it('lets nothing foreign in, keeps no cookie and is never stored', async () => {
    const made = await createPayment(at.api, '10.00')
    await payByCard(made.checkout_url)
    await is(made, 'succeeded')
    const wrong = made.checkout_url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    for (const url of [made.checkout_url, `${made.checkout_url}/status`, receiptOf(made), wrong]) {
      const { headers, text } = await open(url)
      expect(headers.get('set-cookie')).toBe(null)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
      expect(policy).not.toMatch(/unsafe|\*/)
      expect(text).not.toMatch(/<script(?![^>]*\ssrc="\/checkout\/assets\/)/)
      expect(text).not.toMatch(/\s(style|on\w+)="/)
      expect(text).not.toMatch(/(src|href|action)="(?!\/(?!\/)|data:,")/)
    }
  })

  it('shows what others wrote as text', async () => {
    const made = await createPayment(at.api, '10.00', {
      reference: HOSTILE,
      description: HOSTILE,
      payer_name: HOSTILE,
      payer_email: HOSTILE,
    })
    const before = await open(made.checkout_url)
    await payByCard(made.checkout_url)
    await is(made, 'succeeded')
    const pages = [before, await open(made.checkout_url), await open(receiptOf(made))]
    for (const { text } of pages) {
      expect(text).not.toContain('<script>alert')
      expect(text).not.toContain('<img src=x')
      expect(text).toContain('&lt;script')
    }
    const status = await open(`${made.checkout_url}/status`)
    expect(status.headers.get('content-type')).toMatch(/^application\/json/)
    expect((JSON.parse(status.text) as { html: string }).html).not.toContain('<script>')
  })

  it('is not found at any other address, in the payer’s language', async () => {
    const made = await createPayment(at.api, '10.00')
    const token = made.checkout_url.split('/c/')[1] ?? ''
    for (const path of ['/c/x', `/c/${token.slice(1)}`, `/c/${token}x`, `/r/${token}`, '/c/%00']) {
      const page = await open(path, { 'accept-language': 'fr' })
      expect([path, page.status]).toEqual([path, 404])
      expect(page.title).toContain('Page introuvable')
    }
    const status = await fetch(`${at.origin}/c/${'A'.repeat(22)}/status`)
    expect(status.status).toBe(404)
    const pay = await fetch(`${at.origin}/c/${'A'.repeat(22)}/pay`, { method: 'POST' })
    expect(pay.status).toBe(404)
  })

  it('takes a form without a choice as the only method there is, and no other method', async () => {
    const made = await createPayment(at.api, '10.00')
    const unknown = await payForm(made, { method: 'barter' })
    expect(unknown.headers.get('location')).toMatch(/^\/c\//)
    const only = await payForm(made, {})
    expect(only.headers.get('location')).toContain('/sandbox/pay/')
    const link = await fetch(`${made.checkout_url}/pay?lang=fr`, { redirect: 'manual' })
    expect([link.status, link.headers.get('location')]).toEqual([
      303,
      `${new URL(made.checkout_url).pathname}?lang=fr`,
    ])
  })

  it('refuses return addresses that are none', async () => {
    for (const success_url of ['javascript:alert(1)', 'data:text/html,x', '/thanks', 'shop.test']) {
      const answer = await at.api.post<{ code: string; errors: { pointer: string }[] }>(
        '/v1/payments',
        { amount: { value: '10.00', currency: 'EUR' }, success_url },
      )
      expect([answer.status, answer.body.code]).toEqual([422, 'return_url_invalid'])
      expect(answer.body.errors[0]?.pointer).toBe('/success_url')
    }
    const shop = { success_url: 'https://shop.test/thanks', cancel_url: 'https://shop.test/cart' }
    const made = await createPayment(at.api, '10.00', shop)
    await payByCard(made.checkout_url)
    await is(made, 'succeeded')
    const paid = await open(made.checkout_url)
    expect(paid.text).toContain('href="https://shop.test/thanks"')
    expect(paid.text).not.toContain('shop.test/cart')
  })
})

describe('the way back from the gateway', () => {
  it('asks the gateway at once, whatever the address claims', async () => {
    await at.florin.sandbox?.setSwitches(at.sandboxRef, { lose_events: { times: 'always' } })
    const made = await createPayment(at.api, '10.00')
    const page = await goToGateway(made.checkout_url)
    const lie = await fetch(`${made.checkout_url}/return?paid=yes`, { redirect: 'manual' })
    expect(lie.status).toBe(303)
    expect(await stateOf(made)).toBe('choose_method')
    await submitPage(page, { card_number: CARD.success })
    const back = await fetch(`${made.checkout_url}/return?canceled=1`, { redirect: 'manual' })
    expect([back.status, back.headers.get('location')]).toEqual([
      303,
      new URL(made.checkout_url).pathname,
    ])
    expect(await stateOf(made)).toBe('paid')
    await at.florin.sandbox?.resetSwitches(at.sandboxRef)
  })
})

describe('the way to the gateway', () => {
  it.each(['cut_after_charge', 'error_after_charge'] as const)(
    'is found again when the answer that told it was lost (%s)',
    async (fault) => {
      const made = await createPayment(at.api, '10.00')
      await at.florin.sandbox?.setSwitches(at.sandboxRef, {
        [fault]: { times: 1, on: ['checkout'] },
      })
      const lost = await payForm(made, { method: 'card' })
      expect(lost.headers.get('location')).toMatch(/^\/c\//)
      expect(await stateOf(made)).toBe('processing')
      await fetch(`${made.checkout_url}/return`)
      expect(await stateOf(made)).toBe('choose_method')
      await payByCard(made.checkout_url)
      const paid = await is(made, 'succeeded')
      expect(paid.transactions).toHaveLength(1)
    },
  )

  it('is open again after the gateway refused to take the request', async () => {
    const made = await createPayment(at.api, '10.00')
    await at.florin.sandbox?.setSwitches(at.sandboxRef, {
      rate_limit: { times: 1, on: ['checkout'] },
    })
    await payForm(made, { method: 'card' })
    expect((await is(made, 'failed')).reason).toBe('gateway_timeout')
    expect(await stateOf(made)).toBe('failed')
    await payByCard(made.checkout_url)
    await is(made, 'succeeded')
  })
})

describe('the receipt', () => {
  it('is there once money is, and shows what went back', async () => {
    const made = await createPayment(at.api, '100.00', {
      reference: 'INV-7',
      payer_name: 'Grace',
      description: 'Two chairs',
    })
    expect((await open(receiptOf(made))).status).toBe(404)
    await payByCard(made.checkout_url)
    await is(made, 'succeeded')
    const paid = await open(receiptOf(made))
    for (const text of ['INV-7', 'Grace', 'Two chairs', '€100.00', 'visa', '4242', made.id]) {
      expect(paid.text).toContain(text)
    }
    const body = { amount: { value: '40.00', currency: 'EUR' }, reason: 'one chair back' }
    await at.api.post(`/v1/payments/${made.id}/refunds`, body)
    await paymentIs(at.api, made.id, (one) => one.refunded_amount.value === '40.00')
    const part = await open(receiptOf(made))
    for (const text of ['Partly refunded', '€40.00', '€60.00']) expect(part.text).toContain(text)
    expect(part.text).not.toContain('one chair back')
    await at.api.post(`/v1/payments/${made.id}/refunds`, { reason: 'the other one too' })
    await paymentIs(at.api, made.id, (one) => one.flags.includes('refunded'))
    const fr = await open(`${receiptOf(made)}?lang=fr`)
    expect([fr.lang, fr.title]).toEqual(['fr', expect.stringContaining('Reçu')])
    expect(fr.text).toContain('Remboursé')
  })
})
