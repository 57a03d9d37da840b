import type { ComponentChildren, VNode } from 'preact'
import { formatMoney } from './amounts.ts'
import { drawAmountForm, drawPlainForm } from './forms.ts'
import { drawPage } from './frame.ts'
import { html, mailto, safeHref } from './html.ts'
import type { LinkPageProps } from './props.ts'
import { sheetParts } from './sheet.ts'
import type { Headline, Tone } from './states.ts'
import { drawSummary } from './summary.ts'
import { fill, fillText, type Words, wordsOf } from './words/catalogue.ts'

type LinkView = {
  readonly tone: Tone
  readonly headline: Headline
  readonly says: (words: Words, open: boolean) => { readonly title: string; readonly text: string }
  readonly payable: boolean
}

const LINK_VIEWS = {
  open: {
    tone: 'ask',
    headline: 'due',
    says: (words, open) => (open ? words.states.open_amount : words.link_open),
    payable: true,
  },
  partially_paid: {
    tone: 'act',
    headline: 'due',
    says: (words) => words.states.partial,
    payable: true,
  },
  paid: {
    tone: 'good',
    headline: 'paid',
    says: (words) => words.states.already_paid,
    payable: false,
  },
  expired: {
    tone: 'over',
    headline: 'neutral',
    says: (words) => ({ title: words.messages.link_expired.title, text: words.link_expired }),
    payable: false,
  },
  canceled: {
    tone: 'over',
    headline: 'neutral',
    says: (words) => ({ title: words.messages.link_canceled.title, text: words.link_canceled }),
    payable: false,
  },
} as const satisfies Record<LinkPageProps['status'], LinkView>

function places({ locale, merchant, amount, total, received }: LinkPageProps) {
  return {
    merchant: merchant.name,
    ...(amount && { due: formatMoney(amount, locale) }),
    ...(total && { total: formatMoney(total, locale) }),
    ...(received && { received: formatMoney(received, locale) }),
  }
}

function summary(props: LinkPageProps, headline: Headline): VNode {
  const { locale, amount, total, received, description, reference, due_on } = props
  const part = props.status === 'partially_paid' && total !== null && received !== null
  return drawSummary({
    locale,
    label: part ? 'remaining' : headline,
    amount: headline === 'paid' ? (received ?? total ?? amount) : (amount ?? total),
    breakdown: part
      ? [
          { label: 'total', amount: total },
          { label: 'received', amount: received },
        ]
      : [],
    description,
    reference,
    due_on: headline === 'due' ? due_on : null,
    credited_note: null,
  })
}

/** Pay while that is possible; then the receipt, the merchant, or a look whether things changed. */
function action(props: LinkPageProps, payable: boolean): ComponentChildren {
  const { locale, csrf, open_amount: open, pay_url, merchant } = props
  const words = wordsOf(locale)
  if (payable && open) return drawAmountForm({ locale, action: pay_url, csrf, open })
  if (payable) {
    const button = words.actions.continue
    return drawPlainForm({ action: pay_url, csrf, button, busy: words.pay.busy, quiet: false })
  }
  const receipt = safeHref(props.receipt_url)
  if (receipt) return html`<a class="po-button" href=${receipt}>${words.actions.receipt}</a>`
  if (merchant.support_email) {
    const href = mailto(merchant.support_email, props.reference ?? '')
    const label = fill(words.support_action, { merchant: merchant.name })
    return html`<a class="po-button" href=${href}>${label}</a>`
  }
  return html`<a class="po-button" href=${props.lang_urls[locale]}>${words.actions.check}</a>`
}

export function renderLinkPage(props: LinkPageProps): string {
  const view: LinkView = LINK_VIEWS[props.status]
  const said = view.says(wordsOf(props.locale), props.open_amount !== null)
  return drawPage({
    ...props,
    title: fillText(said.title, places(props)),
    about: props.reference,
    refresh: null,
    body: html`<main class="po-sheet" data-watch="never">
      ${sheetParts({
        tone: view.tone,
        title: fill(said.title, places(props)),
        text: fill(said.text, places(props)),
        summary: summary(props, view.headline),
        action: action(props, view.payable),
        focus_field: Boolean(props.open_amount?.error),
      })}
    </main>`,
  })
}
