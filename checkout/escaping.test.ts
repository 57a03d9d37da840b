import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkoutSample, linkSample, messageSample, receiptSample } from './e2e/samples.ts'
import {
  checkoutStatus,
  renderCheckout,
  renderLinkPage,
  renderMessagePage,
  renderReceipt,
} from './index.ts'
import { CHECKOUT_STATES } from './props.ts'

/**
 * Tags with the names of their attributes, as a browser's tokenizer reads them: a quoted value ends
 * at its quote, a tag at `>` outside quotes. Text and values leave no trace, so two pages that
 * differ only in names have one skeleton, unless a name became markup.
 */
function skeleton(html: string): string[] {
  const tags = [...html.matchAll(/<[/!a-zA-Z](?:"[^"]*"|'[^']*'|[^>"'])*>?/g)]
  return tags.map(([tag]) => tag.replace(/"[^"]*"|'[^']*'/g, '""'))
}

const NASTY = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' autofocus onfocus=alert(1) x='",
  '</title><svg/onload=alert(1)>',
  '{merchant}',
  '&lt;b&gt;&#x3c;',
  '<!-- -->',
  '\u202Eevil\u202C',
  ']]>',
  'javascript:alert(1)',
  '=HYPERLINK("x")',
]
const hostile = fc
  .oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }))
  .map((text) => `${text}x`)

/** Every text that someone else wrote, replaced. */
const withText = (text: string) => {
  const sample = checkoutSample('choose_method', 'en')
  const merchant = { ...sample.merchant, name: text, support_email: `${text}@example.com` }
  const methods = sample.methods.map((method) => ({ ...method, name: text, description: text }))
  const more = { merchant, reference: text, description: text, credited_note: text, csrf: text }
  return { merchant, more, methods }
}

const pagesOf = (text: string): string[] => {
  const { merchant, more, methods } = withText(text)
  const open = checkoutSample('open_amount', 'fr').open_amount
  const open_amount = open ? { ...open, entered: text, error: 'malformed' as const } : null
  return [
    ...CHECKOUT_STATES.flatMap((state) => {
      const props = checkoutSample(state, 'en', { ...more, methods })
      return [renderCheckout(props), checkoutStatus(props).html]
    }),
    renderCheckout(checkoutSample('open_amount', 'fr', { ...more, open_amount })),
    renderLinkPage(linkSample('open', 'en', { merchant, reference: text, description: text })),
    renderMessagePage(messageSample('error', 'fr', { merchant, request_id: text })),
    renderReceipt(
      receiptSample('en', {
        merchant,
        number: text,
        payer: { name: text, email: text },
        lines: [{ label: text, amount: { value: '1.00', currency: 'EUR' } }],
        method: { name: text, card: { brand: text, last4: text } },
        references: { payment: text, reference: text, gateway: text },
        credited_note: text,
      }),
    ),
  ]
}

describe('names that others chose', () => {
  const benign = pagesOf('Ana').map(skeleton)

  it('the skeleton sees markup that a name brought', () => {
    const page = '<p class="a">Ana</p>'
    expect(skeleton(page.replace('Ana', '<b>'))).not.toEqual(skeleton(page))
    expect(skeleton(page.replace('a"', 'a" onclick="x"'))).not.toEqual(skeleton(page))
  })

  it('never become markup, on any page', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(pagesOf(text).map(skeleton)).toEqual(benign)
      }),
      { numRuns: 60, examples: NASTY.map((text) => [text]) },
    )
  })

  it('stay whole: what was written is what is read', () => {
    const html = renderCheckout(checkoutSample('paid', 'en', { reference: '<b>"A&B"</b>' }))
    expect(html).toContain('<bdi>&lt;b>&quot;A&amp;B&quot;&lt;/b></bdi>')
  })
})

describe('addresses that others chose', () => {
  it('are links only to the web or to our own paths', () => {
    const schemes = fc.constantFrom(
      'javascript:',
      'JaVaScRiPt:',
      'data:',
      'vbscript:',
      ' java\tscript:',
    )
    fc.assert(
      fc.property(schemes, fc.string({ maxLength: 30 }), (scheme, rest) => {
        const url = `${scheme}${rest}`
        const html = renderCheckout(
          checkoutSample('expired', 'en', { retry_url: url, back_url: url, receipt_url: url }),
        )
        expect(html).not.toMatch(/href="\s*(?:j\s*a\s*v\s*a|data:[^,]|vbscript)/i)
      }),
      { numRuns: 50 },
    )
  })
})
