import { describe, expect, it } from 'vitest'
import { FAILURE_REASONS } from '#contract/payments.ts'
import { checkoutSample, linkSample, messageSample, receiptSample } from './e2e/samples.ts'
import {
  checkoutStatus,
  renderCheckout,
  renderLinkPage,
  renderMessagePage,
  renderReceipt,
} from './index.ts'
import { CHECKOUT_STATES, type LinkPageProps, LOCALES, MESSAGE_KINDS } from './props.ts'
import { wordsOf } from './words/catalogue.ts'

const count = (html: string, piece: RegExp): number => [...html.matchAll(piece)].length
const textOf = (html: string): string =>
  html
    .replace(/<svg.*?<\/svg>/gs, '')
    .replace(/<\/?bdi>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
const titleOf = (html: string): string => textOf(/<h1.*?<\/h1>/s.exec(html)?.[0] ?? '').trim()
const statusOf = (html: string): string => /<div class="po-status.*?<\/div>/s.exec(html)?.[0] ?? ''

const LINK_STATES: readonly LinkPageProps['status'][] = [
  'open',
  'partially_paid',
  'paid',
  'expired',
  'canceled',
]

const PAGES = LOCALES.flatMap((locale) => [
  ...CHECKOUT_STATES.map((state) => ({
    name: `checkout ${state} ${locale}`,
    locale,
    html: renderCheckout(checkoutSample(state, locale)),
  })),
  ...FAILURE_REASONS.map((reason) => ({
    name: `failed because of ${reason} ${locale}`,
    locale,
    html: renderCheckout(checkoutSample('failed', locale, { reason })),
  })),
  ...LINK_STATES.map((status) => ({
    name: `link ${status} ${locale}`,
    locale,
    html: renderLinkPage(linkSample(status, locale)),
  })),
  ...MESSAGE_KINDS.map((kind) => ({
    name: `message ${kind} ${locale}`,
    locale,
    html: renderMessagePage(messageSample(kind, locale, { retry_url: '/c/sample' })),
  })),
])

describe('every page of every state in every language', () => {
  it.each(PAGES)('$name: a title, a text, one main action, no missing word', ({ html, locale }) => {
    expect(html.startsWith(`<!doctype html><html lang="${locale}">`)).toBe(true)
    expect(count(html, /<h1/g)).toBe(1)
    expect(titleOf(html).length).toBeGreaterThan(3)
    expect(statusOf(html)).toContain('role="status"')
    expect(textOf(/<p>.*<\/p>/s.exec(statusOf(html))?.[0] ?? '').length).toBeGreaterThan(15)
    expect(count(html, /class="po-button/g)).toBe(1)
    expect(textOf(html)).not.toMatch(/undefined|null|NaN|\[object|\{[a-z]/)
    expect(html).toMatch(/<title>[^<]*\S[^<]*<\/title>/)
  })

  it.each(PAGES)('$name: nothing inline, nothing foreign, no cookie', ({ html }) => {
    expect(html).not.toMatch(/\sstyle=|<style|\son[a-z]+=|<script(?![^>]*src="\/)|<iframe|<img/)
    expect(html).not.toMatch(/(?:src|<link[^>]*href)="https?:/)
  })

  it.each(PAGES)('$name: the title or the refused field takes the focus', ({ html }) => {
    expect(count(html, / autofocus/g)).toBe(1)
    expect(html).toMatch(/<h1 tabindex="-1" autofocus/)
  })
})

describe('the frame', () => {
  it('says TEST in test mode and only then', () => {
    const test = renderCheckout(checkoutSample('paid', 'en', { mode: 'test' }))
    const live = renderCheckout(checkoutSample('paid', 'en', { mode: 'live' }))
    expect(test).toContain('TEST: no real money moves')
    expect(test).toContain('<title>TEST · Payment received')
    expect(live).not.toContain('TEST')
  })

  it('offers both languages, each in its own name', () => {
    const html = renderCheckout(checkoutSample('paid', 'fr'))
    expect(html).toMatch(/href="\/c\/sample\?lang=en" lang="en"(?! aria-current)/)
    expect(html).toMatch(/href="\/c\/sample\?lang=fr" lang="fr" hreflang="fr" aria-current="true"/)
  })

  it('shows policies and support, and writes the reference into the mail', () => {
    const html = renderCheckout(checkoutSample('failed', 'en'))
    expect(html).toContain('mailto:bonjour@atelier-lumiere.example?subject=INV-2026-0118')
    expect(html).toContain('https://atelier-lumiere.example/terms')
  })

  it('asks again by itself without JavaScript, only while something can change', () => {
    const refreshing = CHECKOUT_STATES.filter((state) =>
      renderCheckout(checkoutSample(state, 'en')).includes('http-equiv="refresh"'),
    )
    expect(refreshing).toEqual([
      'processing',
      'action_required',
      'paid_waiting_confirmation',
      'pending',
    ])
    expect(renderCheckout(checkoutSample('processing', 'en'))).toMatch(
      /<noscript><meta http-equiv="refresh" content="5;url=\/c\/sample\?lang=en"\/><\/noscript>/,
    )
  })
})

describe('choosing and paying', () => {
  it('is a form: a radio per method, the chosen one checked, the rest of it hidden', () => {
    const html = renderCheckout(checkoutSample('choose_method', 'en', { selected: 'bank' }))
    expect(html).toContain('<form class="po-form" method="post" action="/c/sample/pay"')
    expect(count(html, /type="radio"/g)).toBe(3)
    expect(html).toMatch(/value="bank" checked/)
    expect(count(html, / checked/g)).toBe(1)
    expect(html).toContain('name="csrf" value="csrf-of-the-sample"')
    expect(textOf(html)).toContain('Pay €120.00')
  })

  it('preselects the first method, and with a single one only asks to pay', () => {
    const sample = checkoutSample('choose_method', 'en')
    expect(renderCheckout(sample)).toMatch(/value="card" checked/)
    const html = renderCheckout({ ...sample, methods: sample.methods.slice(0, 1) })
    expect(html).not.toContain('type="radio"')
    expect(html).toContain('type="hidden" name="method" value="card"')
    expect(titleOf(html)).toBe('Pay Atelier Lumière')
  })

  it('without any method says so instead of asking to choose', () => {
    const sample = checkoutSample('choose_method', 'en', { methods: [], back_url: null })
    const html = renderCheckout(sample)
    expect(titleOf(html)).toBe('No payment method is available now')
    expect(html).not.toContain('<form')
    expect(textOf(html)).toContain('Contact Atelier Lumière')
    expect(checkoutStatus(sample).state).toBe('method_unavailable')
  })

  it('asks for the rest of a partial payment, and shows how it comes about', () => {
    const text = textOf(renderCheckout(checkoutSample('partial', 'en')))
    expect(text).toContain('€60.00 of €100.00 received')
    expect(text).toContain('Still to pay €40.00 EUR')
    expect(text).toContain('Pay €40.00')
  })

  it('explains a failure and offers the other methods at once', () => {
    const html = renderCheckout(checkoutSample('failed', 'fr', { reason: 'expired_card' }))
    expect(textOf(statusOf(html))).toContain('La carte a expiré')
    expect(count(html, /type="radio"/g)).toBe(3)
  })

  it('lets the payer type an amount, and gives a refused one back with its reason', () => {
    const open = checkoutSample('open_amount', 'fr').open_amount
    const error = 'too_many_decimals'
    const refused = open ? ({ ...open, entered: '12,345', error } as const) : null
    const html = renderCheckout(checkoutSample('open_amount', 'fr', { open_amount: refused }))
    expect(html).toMatch(/<h1 tabindex="-1"(?! autofocus)/)
    expect(html).toMatch(/value="12,345" autofocus aria-invalid="true"/)
    expect(html).toContain('aria-describedby="amount-error amount-hint"')
    expect(textOf(html)).toContain('Utilisez au plus 2 chiffres après la virgule.')
    expect(textOf(html)).toContain('De 1,00 € à 5 000,00 €.')
  })

  it('counts down only in the last quarter of an hour, and only while the payer can act', () => {
    const soon = { expires_at: '2026-11-20T09:42:10.000Z', extend_url: '/c/sample/extend' }
    const html = renderCheckout(checkoutSample('choose_method', 'en', soon))
    expect(html).toContain('data-left="730"')
    expect(textOf(html)).toContain('open until 20 Nov 2026, 10:42 CET')
    expect(html).toContain('action="/c/sample/extend"')
    expect(renderCheckout(checkoutSample('choose_method', 'en'))).not.toContain('role="timer"')
    expect(renderCheckout(checkoutSample('paid', 'en', soon))).not.toContain('role="timer"')
  })
})

describe('the main action', () => {
  const action = (html: string) => /<a class="po-button[^"]*" href="([^"]*)"/.exec(html)?.[1]
  const of = (...[state, more]: [Parameters<typeof checkoutSample>[0], object?]) =>
    action(renderCheckout(checkoutSample(state, 'en', { back_url: null, ...more })))

  it('goes on where the payer has to confirm, or looks again', () => {
    expect(of('action_required')).toBe('https://bank.example/confirm')
    expect(of('action_required', { continue_url: null })).toBe('/c/sample?lang=en')
  })

  it('leads on from a paid page, and to the receipt when there is nowhere else', () => {
    expect(of('paid', { back_url: 'https://shop.example/ok' })).toBe('https://shop.example/ok')
    expect(of('paid')).toBe('/r/sample')
    expect(of('already_paid', { back_url: 'https://shop.example/ok' })).toBe('/r/sample')
  })

  it('starts again where that is possible, and else asks the merchant', () => {
    expect(of('expired')).toBe('/c/again')
    expect(of('canceled')).toMatch(/^mailto:/)
  })

  it('never leads to an address that is not the web', () => {
    for (const back_url of ['javascript:alert(1)', '//evil.example', 'data:text/html,x', '/\\e']) {
      const html = renderCheckout(checkoutSample('pending', 'en', { back_url }))
      expect(action(html)).toBe('/c/sample?lang=en')
      expect(html).not.toContain(back_url)
    }
  })
})

describe('the status that the island asks for', () => {
  it('draws the same parts as the page', () => {
    for (const state of CHECKOUT_STATES) {
      const sample = checkoutSample(state, 'fr')
      const status = checkoutStatus(sample)
      const html = renderCheckout(sample)
      expect(html).toContain(status.html)
      expect(html).toContain(`data-fingerprint="${status.fingerprint}"`)
      expect(html).toContain(`<title>${status.title}</title>`)
    }
  })

  it('has a new fingerprint when a payer would see a change, and not when time passes', () => {
    const now = checkoutStatus(checkoutSample('processing', 'en')).fingerprint
    const later = { now: '2026-11-20T09:31:00.000Z', csrf: 'another' }
    expect(checkoutStatus(checkoutSample('processing', 'en', later)).fingerprint).toBe(now)
    expect(checkoutStatus(checkoutSample('paid', 'en')).fingerprint).not.toBe(now)
  })

  it('watches what can change by itself, and lets a paid page rest', () => {
    const watch = (state: Parameters<typeof checkoutSample>[0]) =>
      checkoutStatus(checkoutSample(state, 'en')).watch
    expect([watch('processing'), watch('failed'), watch('paid')]).toEqual([
      'always',
      'return',
      'never',
    ])
  })
})

describe('the receipt', () => {
  it('says when, in the merchant’s zone and in UTC, who, what, how and under which numbers', () => {
    const text = textOf(renderReceipt(receiptSample('en')))
    for (const piece of [
      'R-2026-004182',
      '14 Nov 2026, 15:04 CET 14 Nov 2026, 14:04 UTC',
      'Ana Belmonte',
      'Visa ending in 4242',
      'INV-2026-0118',
      'pay_01kah7zq4ve3tsxqjx3m1qkz5d',
      'sbx_ch_9f31c07a',
      'Questions?',
    ]) {
      expect(text).toContain(piece)
    }
  })

  it('adds up: total, refunds with a real minus, what stays paid, and a stamp', () => {
    const text = textOf(renderReceipt(receiptSample('en')))
    expect(text).toContain('Total €120.00')
    expect(text).toMatch(/Refunded on 16 November 2026 −€30\.00/)
    expect(text).toContain('Paid after refunds €90.00')
    expect(text).toContain('Partly refunded')
    const plain = textOf(renderReceipt(receiptSample('en', { refunds: [], refunded: null })))
    expect(plain).not.toMatch(/refund/i)
  })

  it.each(LOCALES)('carries a TEST mark that prints, in %s', (locale) => {
    const words = wordsOf(locale).receipt
    expect(renderReceipt(receiptSample(locale))).toContain(words.test_mark)
    expect(renderReceipt(receiptSample(locale, { mode: 'live' }))).not.toContain('TEST')
  })
})
