import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PaymentLink } from '#contract/collecting.ts'
import { eventually, openFlorin, type TestFlorin } from './florin.ts'
import { CARD, payByCard, paymentIs } from './payer.ts'

let at: TestFlorin
beforeAll(async () => {
  at = await openFlorin()
})
afterAll(async () => {
  expect(await at.audit()).toEqual([])
  await at.close()
})

const eur = (value: string) => ({ value, currency: 'EUR' })
const HOSTILE = `"><script>alert(1)</script>`

type Answer = PaymentLink & { code: string; errors?: { pointer: string }[] }
const make = async (body: object): Promise<PaymentLink> => {
  const answer = await at.api.post<PaymentLink>('/v1/links', body)
  expect(answer.status).toBe(201)
  return answer.body
}
const read = async (link: PaymentLink) =>
  (await at.api.get<PaymentLink>(`/v1/links/${link.id}`)).body
const linkIs = (link: PaymentLink, status: string) =>
  eventually(async () => {
    const now = await read(link)
    return now.status === status && now
  })
async function open(url: string, lang = 'en') {
  const answer = await fetch(`${url}?lang=${lang}`)
  const text = (await answer.text()).replaceAll(/\s/g, ' ')
  const heading = (/<h1[^>]*>(.*?)<\/h1>/.exec(text)?.[1] ?? '').replaceAll(/<[^>]*>/g, '')
  return { status: answer.status, text, heading }
}
/** The visitor presses "Continue"; the address of the checkout comes back. */
async function visit(link: PaymentLink, fields: Record<string, string> = {}, lang = 'en') {
  const answer = await fetch(`${link.url}/pay?lang=${lang}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })
  const to = answer.headers.get('location') ?? ''
  return { status: answer.status, to, text: await answer.text() }
}
const run = (text: string, ...values: unknown[]) => at.db.query({ text, values })

describe('a link with an amount', () => {
  it('asks, opens a checkout, is paid, and asks no more', async () => {
    const link = await make({ amount: eur('25.00'), reference: 'INV-9', due_on: '2026-12-24' })
    expect([link.status, link.payment_id]).toEqual(['open', null])
    const en = await open(link.url)
    expect(en.heading).toBe('Florin Demo asks for a payment')
    expect(en.text).toContain('€25.00')
    expect(en.text).toContain('INV-9')
    expect((await open(link.url, 'fr')).heading).toBe('Florin Demo vous demande un paiement')
    const { to } = await visit(link)
    await payByCard(to)
    const paid = await linkIs(link, 'paid')
    const payment = await paymentIs(at.api, paid.payment_id ?? '', () => true)
    expect([payment.source, payment.purpose, payment.link_id, payment.reference]).toEqual([
      'link',
      'link',
      link.id,
      'INV-9',
    ])
    expect((await open(link.url)).heading).toBe('Already paid')
    expect((await visit(link)).to).toMatch(/^\/l\//)
    const cancel = await at.api.post(`/v1/links/${link.id}/cancel`)
    expect([cancel.status, cancel.body.code]).toEqual([409, 'link_over'])
  })

  it('has one payment, however many visitors come at once', async () => {
    const link = await make({ amount: eur('5.00') })
    const visits = await Promise.all(Array.from({ length: 8 }, () => visit(link)))
    expect(new Set(visits.map((one) => one.to)).size).toBe(8)
    const payments = await run(`select id from payments where link_id = $1`, link.id)
    expect(payments).toEqual([{ id: (await read(link)).payment_id }])
    await payByCard(visits[0]?.to ?? '')
    await linkIs(link, 'paid')
    const late = await fetch(`${visits[7]?.to}/pay`, { method: 'POST', redirect: 'manual' })
    expect(late.headers.get('location')).toMatch(/^\/c\//)
  })

  it('asks for the rest when a part was paid', async () => {
    const link = await make({ amount: eur('10.00') })
    await payByCard((await visit(link)).to, '4000000000130007')
    await linkIs(link, 'partially_paid')
    const page = await open(link.url)
    expect(page.heading).toBe('€6.00 of €10.00 received')
    expect(page.text).toContain('€4.00')
    await payByCard((await visit(link)).to)
    await linkIs(link, 'paid')
  })

  it('can be paid on another day, after a declined card or after its payment expired', async () => {
    const declined = await make({ amount: eur('10.00') })
    await payByCard((await visit(declined)).to, CARD.declined)
    const { payment_id } = await read(declined)
    await paymentIs(at.api, payment_id ?? '', (one) => one.status === 'failed')
    const expired = await make({ amount: eur('10.00') })
    await visit(expired)
    const first = (await read(expired)).payment_id ?? ''
    await run(`update payments set expires_at = now() - interval '1 day' where link_id = any($1)`, [
      declined.id,
      expired.id,
    ])
    await paymentIs(at.api, first, (one) => one.status === 'expired')
    for (const link of [declined, expired]) {
      await payByCard((await visit(link)).to)
      await linkIs(link, 'paid')
    }
    expect((await read(expired)).payment_id).not.toBe(first)
  })
})

describe('a link where the payer chooses the amount', () => {
  it.each([
    ['EUR', 'en', '12.50', '12.50'],
    ['EUR', 'en', '1,234.50', '1234.50'],
    ['EUR', 'fr', '12,5', '12.50'],
    ['EUR', 'fr', '1\u202f234,56', '1234.56'],
    ['JPY', 'en', '1000', '1000'],
    ['KWD', 'en', '1.234', '1.234'],
  ])('takes %s in %s: "%s"', async (currency, lang, amount, value) => {
    const link = await make({ currency })
    const page = await open(link.url, lang)
    expect(page.heading).toMatch(/^(How much would you like to pay|Combien souhaitez-vous payer)/)
    const { status, to } = await visit(link, { amount }, lang)
    expect(status).toBe(303)
    const payment = await paymentIs(at.api, (await read(link)).payment_id ?? '', () => true)
    expect(payment.amount).toEqual({ value, currency })
    await payByCard(to)
    await linkIs(link, 'paid')
  })

  it.each([
    ['EUR', 'en', '', 'Enter an amount'],
    ['EUR', 'en', 'ten', 'Enter the amount in digits'],
    ['EUR', 'en', '-5', 'Enter the amount in digits'],
    ['EUR', 'en', '1e3', 'Enter the amount in digits'],
    ['EUR', 'en', '0.00', 'The amount is too small'],
    ['EUR', 'en', '10.001', 'Use at most 2 digits'],
    ['EUR', 'en', '99999999999999', 'The amount is too large'],
    ['JPY', 'en', '10.5', 'Enter a whole number'],
    ['EUR', 'fr', '12,345', 'Utilisez au plus 2 chiffres'],
    ['EUR', 'en', HOSTILE, 'Enter the amount in digits'],
  ])('refuses %s in %s: "%s" ("%s"), and keeps what was typed', async (...row) => {
    const [currency, lang, amount, words] = row
    const link = await make({ currency })
    const { status, text } = await visit(link, { amount }, lang)
    expect(status).toBe(422)
    expect(text.replaceAll(/<\/?bdi>/g, '').replaceAll(/\s/g, ' ')).toContain(words)
    expect(text).not.toContain('<script>alert')
    if (/^[\w.,-]+$/.test(amount)) expect(text).toContain(`value="${amount}"`)
    expect((await read(link)).payment_id).toBe(null)
  })

  it('gives the next visitor who chooses another amount a payment of their own', async () => {
    const link = await make({ currency: 'EUR' })
    await visit(link, { amount: '10' })
    await visit(link, { amount: '10.00' })
    expect(await run(`select id from payments where link_id = $1`, link.id)).toHaveLength(1)
    const other = await visit(link, { amount: '20' })
    expect(await run(`select id from payments where link_id = $1`, link.id)).toHaveLength(2)
    await payByCard(other.to)
    const paid = await linkIs(link, 'paid')
    const payment = await paymentIs(at.api, paid.payment_id ?? '', () => true)
    expect(payment.amount.value).toBe('20.00')
  })
})

describe('a link that is over', () => {
  it('is withdrawn once, and opens nothing', async () => {
    const link = await make({ amount: eur('10.00') })
    const first = await at.api.post<PaymentLink>(`/v1/links/${link.id}/cancel`)
    expect([first.status, first.body.status]).toEqual([200, 'canceled'])
    expect((await at.api.post<PaymentLink>(`/v1/links/${link.id}/cancel`)).status).toBe(200)
    const told = await run(
      `select type, object_version as version from events where object_id = $1 order by id`,
      link.id,
    )
    expect(told).toEqual([
      { type: 'link.created', version: 1 },
      { type: 'link.canceled', version: 2 },
    ])
    expect((await open(link.url)).text).toContain('This request for payment was withdrawn')
    expect((await open(link.url, 'fr')).heading).toBe('Ce lien de paiement a été retiré')
    expect((await visit(link)).to).toMatch(/^\/l\//)
    expect((await read(link)).payment_id).toBe(null)
  })

  it('expires', async () => {
    const link = await make({ amount: eur('10.00'), expires_in_s: 60 })
    await run(`update payment_links set expires_at = now() - interval '1 s' where id = $1`, link.id)
    expect((await read(link)).status).toBe('expired')
    expect((await open(link.url)).heading).toBe('This payment link has expired')
    expect((await visit(link)).to).toMatch(/^\/l\//)
    expect((await read(link)).payment_id).toBe(null)
  })

  it('is a page that nobody finds, if there never was one', async () => {
    for (const path of [`/l/${'A'.repeat(22)}`, '/l/x', '/l/%00', `/l/${'A'.repeat(22)}/pay`]) {
      const method = path.endsWith('/pay') ? 'POST' : 'GET'
      const answer = await fetch(`${at.origin}${path}`, { method })
      expect([path, answer.status]).toEqual([path, 404])
      expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    }
  })
})

describe('making a link', () => {
  const refused = async (body: object) => {
    const { status, body: said } = await at.api.post<Answer>('/v1/links', body)
    return [status, said.code, said.errors?.[0]?.pointer]
  }

  it('refuses what cannot be asked for', async () => {
    expect(await refused({})).toEqual([422, 'amount_or_currency', undefined])
    expect(await refused({ currency: 'ZZZ' })).toEqual([400, 'currency_unknown', '/currency'])
    expect(await refused({ amount: eur('1.001') })).toEqual([
      400,
      'amount_invalid',
      '/amount/value',
    ])
    expect(await refused({ amount: eur('1'), customer_id: 'cus_none' })).toEqual([
      422,
      'customer_not_found',
      '/customer_id',
    ])
    expect(await refused({ amount: eur('1'), due_on: 'soon' })).toEqual([
      400,
      'body_invalid',
      '/due_on',
    ])
    expect(await refused({ amount: eur('1'), due_on: '2026-02-30' })).toEqual([
      422,
      'due_on_invalid',
      '/due_on',
    ])
  })

  it('shows what others wrote as text', async () => {
    const link = await make({
      amount: eur('10.00'),
      reference: HOSTILE,
      description: HOSTILE,
      payer_name: HOSTILE,
    })
    const { text } = await open(link.url)
    expect(text).not.toContain('<script>alert')
    expect(text).toContain('&lt;script')
  })
})
