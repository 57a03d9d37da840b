import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PaymentLink } from '#contract/collecting.ts'
import type { Payment } from '#contract/payments.ts'
import type { Customer } from '#contract/people.ts'
import type { PageOf } from '#contract/shapes.ts'
import type { Lookup } from '#contract/watching.ts'
import { newId } from './books.ts'
import { eventually } from './florin.ts'
import { addPayments, idAt, type Listed, openListed, paymentRow, seeded } from './listed.ts'

const DAY_MS = 86_400_000

let listed: Listed
beforeAll(async () => {
  listed = await openListed()
})
afterAll(() => listed?.close())

const found = async (q: string): Promise<string[]> => {
  const path = `/v1/payments?${new URLSearchParams({ q })}`
  const { status, body } = await listed.florin.api.get<PageOf<Payment>>(path)
  if (status !== 200) throw new Error(`${q}: ${JSON.stringify(body)}`)
  return body.data.map(({ id }) => id)
}
const wordsOf = async (id: string): Promise<string | undefined> => {
  const text = 'select words from payment_search where payment_id = $1'
  const [row] = await listed.owner.query<{ words: string }>({ text, values: [id] })
  return row?.words
}
const lookup = async (text: string): Promise<Lookup['matches']> =>
  (await listed.florin.api.get<Lookup>(`/v1/lookup/${encodeURIComponent(text)}`)).body.matches

const create = async (body: object): Promise<Payment> =>
  (await listed.florin.api.post<Payment>('/v1/payments', body)).body

/** Words are kept apart from new payments: what is a day old is found by them alone. */
async function old(
  given: Parameters<typeof paymentRow>[1] | Record<string, unknown>,
): Promise<string> {
  const created_at = new Date(Date.now() - DAY_MS)
  const id = idAt(created_at.getTime(), seeded(Date.now() % 2 ** 31))
  await addPayments(listed, [paymentRow(listed, { created_at, ...given, id })])
  return id
}

describe('free text', () => {
  it('finds a payment by any of its words within a second of the event', async () => {
    const customer = listed.customers[1]
    const payment = await create({
      amount: { value: '49.90', currency: 'EUR' },
      reference: 'Commande-Été-19',
      payer_name: 'Zoë Müller',
      payer_email: 'zoe@exemple.fr',
      description: 'Abonnement annuel',
      customer_id: customer?.id,
      metadata: { order_ref: 'M-4711', 'gift.note': 'Joyeux Noël' },
    })
    const from = performance.now()
    await eventually(() => wordsOf(payment.id))
    expect(performance.now() - from).toBeLessThan(1000)
    // An old one is found by its kept words alone.
    const id = await old({
      reference: payment.reference,
      payer_name: payment.payer_name,
      payer_email: payment.payer_email,
      description: payment.description,
      customer_id: customer?.id ?? null,
      card_last4: '4242',
      gateway_ref: 'ch_Ab12cd34',
      metadata: payment.metadata,
    })
    expect(await found('muller')).toEqual([payment.id])
    await touch(id)
    const words = [
      'ete-19',
      'ÉTÉ',
      'zoe',
      'Müller',
      'muller',
      'exemple.fr',
      'annuel',
      'josé',
      'jose',
      'example.org',
      'm-4711',
      'noel',
      '"joyeux noel"',
    ]
    for (const word of words) expect(await found(word), word).toEqual([payment.id, id])
    expect(await found('4242')).toEqual([id])
    expect(await found('ch_ab12')).toEqual([id])
    expect(await found('zoe -4242')).toEqual([payment.id])
    expect(await found('100%')).toEqual([])
    expect(await found('"zoe exemple"')).toEqual([])
  })

  it('does not find one text across two fields', async () => {
    const id = await old({ reference: 'left', payer_name: 'right' })
    await touch(id)
    expect(await found('left')).toEqual([id])
    for (const q of ['leftright', '"left right"']) expect(await found(q)).toEqual([])
  })

  it('finds exact keys at commit, however old the payment', async () => {
    const session = newId('checkoutSession')
    const id = await old({ amount: 777_123n, gateway_ref: 'pi_Zz99yy88', session_id: session })
    for (const q of ['7771.23', 'pi_Zz99yy88', id, session]) expect(await found(q), q).toEqual([id])
  })

  it('follows a customer’s new name', async () => {
    const { api } = listed.florin
    const made = await api.post<Customer>('/v1/customers', { name: 'Before', label: 'crm-99' })
    const id = await old({ customer_id: made.body.id })
    await touch(id)
    expect(await found('crm-99')).toEqual([id])
    await api.send('PATCH', `/v1/customers/${made.body.id}`, { name: 'Después' })
    await eventually(async () => (await found('despues')).includes(id))
    expect(await found('before')).toEqual([])
  })
})

/** As if something had just happened to it. */
async function touch(id: string): Promise<void> {
  const { merchantId, mode } = listed.scope
  const event = newId('event')
  await listed.owner.tx(async (tx) => {
    await tx.query({
      text: `insert into events (merchant_id, mode, id, type, object_id, object_version, payment_id,
          actor_kind, data) values ($1, $2, $3, 'payment.updated', $4, 2, $5, 'system', '{}')`,
      values: [merchantId, mode, event, id, id],
    })
    await tx.query({
      text: `insert into outbox (merchant_id, mode, kind, entry_id) values ($1, $2, 'event', $3)`,
      values: [merchantId, mode, event],
    })
  })
  await eventually(() => wordsOf(id))
}

describe('lookup', () => {
  it('finds what any id of ours stands for', async () => {
    const { api } = listed.florin
    const payment = await create({ amount: { value: '12.00', currency: 'EUR' }, reference: 'L-1' })
    const link = await api.post<PaymentLink>('/v1/links', {
      amount: { value: '8.00', currency: 'EUR' },
      reference: 'Rent',
    })
    const title = '12.00 EUR · L-1'
    const page = { type: 'payment', id: payment.id, path: `/payments/${payment.id}`, title }
    expect(await lookup(payment.id)).toEqual([{ ...page, via: 'id' }])
    expect(await lookup(payment.id.toUpperCase())).toEqual([{ ...page, via: 'id' }])
    expect(await lookup(payment.session_id ?? '')).toEqual([{ ...page, via: 'session' }])
    expect(await lookup('l-1')).toEqual([{ ...page, via: 'reference' }])
    expect(await lookup(link.body.id)).toMatchObject([
      { type: 'payment_link', title: '8.00 EUR · Rent' },
    ])
    const [customer] = listed.customers
    expect(await lookup(customer?.id ?? '')).toMatchObject([{ path: `/customers/${customer?.id}` }])
    expect(await lookup(customer?.label ?? '')).toMatchObject([{ via: 'label' }])
    expect(await lookup('ANA@example.com')).toMatchObject([{ type: 'customer', via: 'email' }])
    const [account] = listed.accounts
    expect(await lookup(account?.id ?? '')).toMatchObject([{ type: 'gateway_account' }])
    expect(await lookup(newId('payment'))).toEqual([])
    expect(await lookup('nothing of the kind')).toEqual([])
  })

  it('finds a gateway’s ids, and a payer by e-mail', async () => {
    const id = await old({ gateway_ref: 'pi_lookup_1', payer_email: 'Payer.One@example.net' })
    await touch(id)
    expect(await lookup('pi_lookup_1')).toMatchObject([{ id, via: 'gateway_ref' }])
    expect(await lookup('payer.one@EXAMPLE.net')).toMatchObject([{ id, via: 'email' }])
    expect(await lookup('PI_LOOKUP_1')).toEqual([])
  })

  it('stays in its mode', async () => {
    const payment = await create({ amount: { value: '1.00', currency: 'EUR' } })
    const live = await listed.florin.as(['access_payments'], 'live')
    expect((await live.get<Lookup>(`/v1/lookup/${payment.id}`)).body.matches).toEqual([])
    const nobody = await listed.florin.as(['access_events'])
    expect((await nobody.get(`/v1/lookup/${payment.id}`)).status).toBe(403)
  })
})
