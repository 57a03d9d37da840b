import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSandbox, type RunningSandbox, submitPage } from '#test/sandbox.ts'
import { sandboxGateway } from '../../adapter.ts'
import { TEST_CARDS } from '../cards.ts'

const START_MS = 1_800_000_000_000
let now_ms = START_MS
let sandbox: RunningSandbox
const waits: number[] = []
beforeAll(async () => {
  sandbox = await openSandbox({
    clock: { now: () => now_ms },
    started: false,
    wait: async (delay_ms) => void waits.push(delay_ms),
  })
})
afterAll(async () => {
  await sandbox.close()
})

let made = 0
async function open(more: { readonly reference?: string; readonly locale?: string } = {}) {
  made += 1
  const transaction_id = `txn_page_${made}`
  const call = sandboxGateway.prepareCheckout(sandbox.account, {
    ...{ transaction_id, reference: 'Order 7', description: 'Two tickets', locale: 'en' },
    amount: { amount: 10_000n, currency: 'EUR' },
    return_url: `https://merchant.example/return/${made}`,
    cancel_url: `https://merchant.example/cancel/${made}`,
    event_url: sandbox.receiver.url,
    expires_at_s: now_ms / 1000 + 1800,
    ...more,
  })
  const outcome = await sandboxGateway.sendCharge(sandbox.account, call, sandbox.http)
  if (outcome.kind !== 'action_required') throw new Error(`the checkout was ${outcome.kind}`)
  const { gateway_ref, redirect_url: page = '' } = outcome
  const facts = async () => {
    const asked = { transaction_id, gateway_ref }
    const found = await sandboxGateway.lookUp(sandbox.account, asked, sandbox.http)
    if (found.kind !== 'found') throw new Error(`the charge was ${found.kind}`)
    return found.facts
  }
  const captures = async () =>
    (await sandbox.service.truth(sandbox.account_ref)).captures.filter(
      (one) => one.charge_ref === gateway_ref,
    )
  const [return_url, cancel_url] = ['return', 'cancel'].map(
    (name) => `https://merchant.example/${name}/${made}`,
  )
  return { gateway_ref, page, facts, captures, return_url, cancel_url }
}

const pay = (page: string, card_number: string) => submitPage(page, { card_number })
const textOf = async (page: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(page, { headers })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

describe('each test card', () => {
  const SUCCEEDED = { status: 'succeeded', captured: 10_000n, reason: null }
  const FAILED = { status: 'failed', captured: 0n }
  test.for([
    ['success', SUCCEEDED],
    ['mastercard', { ...SUCCEEDED, card: { brand: 'mastercard', last4: '4444' } }],
    ['amex', { ...SUCCEEDED, card: { brand: 'amex', last4: '0005' } }],
    ['declined', { ...FAILED, reason: 'card_declined' }],
    ['insufficient_funds', { ...FAILED, reason: 'insufficient_funds' }],
    ['expired_card', { ...FAILED, reason: 'expired_card' }],
    ['fraud_block', { ...FAILED, reason: 'fraud_block' }],
    ['processing_error', { ...FAILED, reason: 'processing_error' }],
    ['partial', { status: 'succeeded', captured: 6_000n, requested: 10_000n }],
    ['fails_later', { status: 'pending', captured: 0n }],
    ['pending', { status: 'pending', captured: 0n }],
    ['late', { status: 'pending', captured: 0n }],
    ['canceled', { status: 'canceled', captured: 0n, reason: 'customer_canceled' }],
    ['refund_pending', SUCCEEDED],
    ['refund_fails', SUCCEEDED],
  ] as const)('%s', async ([slug, facts]) => {
    const checkout = await open()
    const card = TEST_CARDS.find((one) => one.slug === slug)
    const answer = await pay(checkout.page, card?.number ?? '')
    const goes = slug === 'canceled' ? checkout.cancel_url : checkout.return_url
    expect(answer).toMatchObject({ status: 303, location: goes })
    expect(await checkout.facts()).toMatchObject(facts)
  })

  test('slow: the money is taken at once, the answer comes 10 s later', async () => {
    const checkout = await open()
    waits.length = 0
    expect(await pay(checkout.page, '4000 0000 0011 0009')).toMatchObject({ status: 303 })
    expect(waits).toEqual([10_000])
    expect(await checkout.facts()).toMatchObject(SUCCEEDED)
  })
})

describe('3-D Secure', () => {
  const reach = async () => {
    const checkout = await open()
    const answer = await pay(checkout.page, '4000002500003155')
    expect(answer).toMatchObject({ status: 303, location: `${checkout.page}/3ds?lang=en` })
    expect(await checkout.facts()).toMatchObject({ status: 'action_required', captured: 0n })
    return { ...checkout, step: answer.location ?? '' }
  }

  test('approved: paid', async () => {
    const { step, return_url, facts } = await reach()
    expect((await textOf(step)).text).toContain('€100.00')
    const answer = await submitPage(step, { act: 'approve' })
    expect(answer).toMatchObject({ status: 303, location: return_url })
    expect(await facts()).toMatchObject({ status: 'succeeded', captured: 10_000n })
  })

  test('refused: failed, and approving it later changes nothing', async () => {
    const { step, facts, captures } = await reach()
    await submitPage(step, { act: 'refuse' })
    await submitPage(step, { act: 'approve' })
    expect(await facts()).toMatchObject({ status: 'failed', reason: 'authentication_failed' })
    expect(await captures()).toEqual([])
  })

  test('Back and another card: one charge', async () => {
    const { page, step, captures } = await reach()
    await pay(page, '4242424242424242')
    await submitPage(step, { act: 'approve' })
    expect(await captures()).toMatchObject([{ amount: '100.00' }])
  })

  test('for a stored card there is this step and no form for another card', async () => {
    const call = sandboxGateway.prepareCharge(sandbox.account, {
      ...{ transaction_id: 'txn_3ds', reference: 'R', description: 'D', token: 'tok_3ds' },
      amount: { amount: 10_000n, currency: 'EUR' },
      event_url: sandbox.receiver.url,
    })
    const outcome = await sandboxGateway.sendCharge(sandbox.account, call, sandbox.http)
    const step = outcome.kind === 'action_required' ? (outcome.redirect_url ?? '') : ''
    const page = step.replace(/\/3ds$/, '')
    expect((await textOf(page)).text).not.toContain('card_number')
    expect(await pay(page, '4242424242424242')).toMatchObject({ location: `${step}?lang=en` })
    const done = await submitPage(step, { act: 'approve' })
    expect(done).toMatchObject({ status: 200, location: null })
    expect(done.text).toContain('You can close this page')
    expect(await sandbox.service.truth(sandbox.account_ref)).toMatchObject({
      captures: expect.arrayContaining([expect.objectContaining({ transaction_id: 'txn_3ds' })]),
    })
  })

  test('the step without the card leads back to the page', async () => {
    const { page, facts } = await open()
    const answer = await submitPage(`${page}/3ds`, { act: 'approve' })
    expect(answer).toMatchObject({ status: 303, location: `${page}?lang=en` })
    expect(await facts()).toMatchObject({ status: 'action_required', captured: 0n })
  })
})

describe('one checkout is one charge', () => {
  test('a hundred submits at once', async () => {
    const { page, return_url, captures } = await open()
    const cards = ['4242424242424242', '4000000000130007', '4242424242424242']
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => pay(page, cards[i % cards.length] ?? '')),
    )
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 303, location: return_url })
    }
    expect(await captures()).toHaveLength(1)
  })

  test('the books refuse a second capture even if the code would not', async () => {
    const { page, gateway_ref } = await open()
    await pay(page, '4242424242424242')
    const again = sandbox.db.query({
      text: `insert into sandbox.captures select account_ref, charge_ref, currency, amount,
        captured_ms from sandbox.captures where charge_ref = $1`,
      values: [gateway_ref],
    })
    await expect(again).rejects.toThrow('one_capture_per_charge')
  })

  test('a submit again, a refresh and Back say what it came to', async () => {
    const { page, return_url, captures } = await open()
    await pay(page, '4242424242424242')
    expect(await pay(page, '4242424242424242')).toMatchObject({ status: 303, location: return_url })
    const back = await textOf(page)
    expect(back.text).toContain('Paid')
    expect(back.text).toContain(`href="${return_url}"`)
    expect(back.text).not.toContain('card_number')
    expect(await captures()).toHaveLength(1)
  })

  test('canceled, then paid: nothing is taken', async () => {
    const { page, cancel_url, facts, captures } = await open()
    const answer = await submitPage(page, { act: 'cancel' })
    expect(answer).toMatchObject({ status: 303, location: cancel_url })
    await pay(page, '4242424242424242')
    expect(await facts()).toMatchObject({ status: 'canceled', reason: 'customer_canceled' })
    expect(await captures()).toEqual([])
  })

  test('declined, then paid: a declined checkout is over', async () => {
    const { page, facts, captures } = await open()
    await pay(page, '4000000000000002')
    await pay(page, '4242424242424242')
    expect(await facts()).toMatchObject({ status: 'failed', reason: 'card_declined' })
    expect(await captures()).toEqual([])
  })

  test('after its time nothing can be paid, timer or not', async () => {
    const { page, return_url, facts, captures } = await open()
    now_ms += 1_800_000
    const answer = await pay(page, '4242424242424242')
    expect(answer).toMatchObject({ status: 303, location: return_url })
    expect(await facts()).toMatchObject({ status: 'expired', reason: 'session_expired' })
    expect(await captures()).toEqual([])
  })
})

describe('what is typed', () => {
  test.for([
    ['', 'Type a card number'],
    ['4242 4242 4242 4241', 'This is not a card number'],
    ['4111 1111 1111 1111', 'This is not a test card'],
  ])('"%s" is asked for again', async ([typed = '', sentence]) => {
    const { page, facts } = await open()
    const answer = await pay(page, typed)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(sentence)
    if (typed !== '') expect(answer.text).not.toContain(typed)
    expect(await facts()).toMatchObject({ status: 'action_required', captured: 0n })
  })

  test('no card number is ever stored, real or not', async () => {
    const { page } = await open()
    await pay(page, '4111111111111111')
    await pay(page, '4242424242424242')
    const tables = ['charges', 'captures', 'events', 'deliveries', 'idempotent_requests']
    for (const table of tables) {
      const rows = await sandbox.db.query<{ text: string }>({
        text: `select t::text as text from sandbox.${table} t`,
      })
      for (const { text } of rows) expect(text).not.toMatch(/4242424242424242|4111111111111111/)
    }
  })

  test('text from outside stays text', async () => {
    const { page } = await open({ reference: '<img src=x onerror=alert(1)>"\'' })
    const { text } = await textOf(page)
    expect(text).not.toContain('<img src=x')
    expect(text).toContain('&lt;img src=x')
  })
})

describe('the page', () => {
  test('speaks the payer’s language, and another on request', async () => {
    const { page } = await open({ locale: 'fr-FR' })
    const french = await textOf(page)
    expect(french.text).toContain('<html lang="fr">')
    expect(french.text).toContain('aucun argent réel ne circule')
    expect(french.text).toContain('100,00')
    const english = await textOf(`${page}?lang=en`)
    expect(english.text).toContain('<html lang="en">')
    expect(english.text).toContain('no real money moves')
    expect(english.text).toContain('action="?lang=en"')
  })

  test('runs no script, is not kept and is not framed', async () => {
    const { page } = await open()
    const { headers, text } = await textOf(page)
    expect(text).not.toContain('<script')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; .*frame-ancestors 'none'$/,
    )
  })

  test('a button for every test card', async () => {
    const { page } = await open()
    const { text } = await textOf(page)
    for (const { number } of TEST_CARDS) expect(text).toContain(`value="${number}"`)
  })

  test.for(['/pay/spt_nothing', '/pay/spt_nothing/3ds', '/dashboard/charges/sch_nothing'])(
    '%s is no page',
    async (path) => {
      const address = sandbox.account.base_url + path
      expect((await textOf(address, { 'accept-language': 'fr' })).status).toBe(404)
      expect((await submitPage(address, { act: 'approve' })).status).toBe(404)
    },
  )

  test('a 500 or a cut line after charging: the money was taken once', async () => {
    for (const name of ['error_after_charge', 'cut_after_charge'] as const) {
      await sandbox.service.setSwitches(sandbox.account_ref, { [name]: { times: 1 } })
      const { page, return_url, captures } = await open()
      const first = await pay(page, '4242424242424242').catch(() => null)
      expect(first?.status ?? 'cut').toBe(name === 'error_after_charge' ? 500 : 'cut')
      expect(await captures()).toHaveLength(1)
      const second = await pay(page, '4242424242424242')
      expect(second).toMatchObject({ status: 303, location: return_url })
      expect(await captures()).toHaveLength(1)
    }
  })
})

describe('the dashboard', () => {
  test('shows a charge and refunds it behind Florin’s back, within what was taken', async () => {
    const { page, gateway_ref, facts } = await open()
    await pay(page, '4242424242424242')
    const address = sandboxGateway.dashboardUrl(sandbox.account, gateway_ref) ?? ''
    const refused = await submitPage(address, { amount: '100.01' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('The refund was refused')
    expect((await submitPage(address, { amount: '40,00' })).status).toBe(303)
    expect(await facts()).toMatchObject({
      refunds: [{ amount: 4_000n, transaction_id: null, status: 'succeeded' }],
    })
    const { text } = await textOf(address)
    expect(text).toContain('€40.00')
    expect(text).toContain('value="60.00"')
    expect(text).toContain('refund.succeeded')
  })
})
