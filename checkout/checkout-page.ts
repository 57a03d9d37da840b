import { createHash } from 'node:crypto'
import type { ComponentChildren, VNode } from 'preact'
import { type Linked, mainAction, quietLinks, selfUrl, targetOf } from './actions.ts'
import { formatMoney } from './amounts.ts'
import { drawAmountForm, drawPayForm, drawPlainForm } from './forms.ts'
import { documentTitle, drawPage } from './frame.ts'
import { drawFragment, html, mailto } from './html.ts'
import type { CheckoutProps, CheckoutStatus } from './props.ts'
import { sheetParts } from './sheet.ts'
import { stateShown, stateView, watchOf } from './states.ts'
import { drawSummary, type Summary } from './summary.ts'
import { formatTime, secondsUntil } from './times.ts'
import { fill, fillText, type Words, wordsOf } from './words/catalogue.ts'

/** A timer is shown only in its last quarter of an hour; before that it would only hurry people. */
const TIMER_FROM_S = 15 * 60

type Sentence = { readonly title: string; readonly text: string }

function sentences(props: CheckoutProps, words: Words): Sentence {
  const state = stateShown(props)
  const said: Sentence = words.states[state]
  if (state === 'failed') return { ...said, text: words.reasons[props.reason ?? 'other'] }
  if (state === 'method_unavailable' && props.methods.length === 0) return words.no_method
  if (state === 'choose_method' && props.methods.length === 1)
    return { ...said, ...words.one_method }
  return said
}

/** Everything a sentence may name, in the payer's language. */
function places({ locale, merchant, amount, total, received }: CheckoutProps) {
  return {
    merchant: merchant.name,
    ...(amount && { due: formatMoney(amount, locale), amount: formatMoney(amount, locale) }),
    ...(total && { total: formatMoney(total, locale) }),
    ...(received && { received: formatMoney(received, locale) }),
  }
}

function summaryOf(props: CheckoutProps): Summary {
  const { amount, total, received, locale } = props
  const state = stateShown(props)
  const { headline } = stateView(state)
  const part = state === 'partial' && total !== null && received !== null
  return {
    locale,
    label: part ? 'remaining' : headline,
    amount: headline === 'paid' ? (received ?? total ?? amount) : (amount ?? total),
    breakdown: part
      ? [
          { label: 'total', amount: total },
          { label: 'received', amount: received },
        ]
      : [],
    description: props.description,
    reference: props.reference,
    due_on: headline === 'due' ? (props.due_on ?? null) : null,
    credited_note: props.credited_note,
  }
}

const LINK_WORDS = {
  continue: (words, _) => words.actions.continue,
  retry: (words, { state }) =>
    state === 'expired' || state === 'canceled' ? words.actions.restart : words.actions.retry,
  back: (words, { merchant }) => fill(words.back, { merchant: merchant.name }),
  receipt: (words, _) => words.actions.receipt,
  check: (words, { state }) =>
    state === 'maintenance' ? words.actions.retry : words.actions.check,
} as const satisfies Record<Linked, (words: Words, props: CheckoutProps) => ComponentChildren>

const link = (kind: Linked, props: CheckoutProps, look: string): VNode =>
  html`<a class=${look} href=${targetOf(kind, props)}>
    ${LINK_WORDS[kind](wordsOf(props.locale), props)}
  </a>`

function payForm(props: CheckoutProps): VNode {
  const { locale, amount, methods, selected, csrf, pay_url: action } = props
  const words = wordsOf(locale).pay
  const state = stateShown(props)
  const legends: Partial<Record<typeof state, string>> = {
    failed: words.method_again,
    partial: words.method_rest,
    method_unavailable: words.method_other,
  }
  const again = state === 'failed' && methods.length === 1
  const button = fill(again ? words.again : words.pay, {
    amount: amount ? formatMoney(amount, locale) : '',
  })
  const legend = legends[state] ?? words.method
  const legend_hidden = state === 'choose_method'
  return drawPayForm({ locale, action, csrf, methods, selected, legend, legend_hidden, button })
}

function mainOf(props: CheckoutProps): VNode | null | undefined {
  const kind = mainAction(props)
  const words = wordsOf(props.locale)
  const { locale, csrf, merchant, open_amount: open, pay_url: action } = props
  if (kind === 'pay') return payForm(props)
  if (kind === 'amount') return open && drawAmountForm({ locale, action, csrf, open })
  if (kind === 'support') {
    const href = mailto(merchant.support_email ?? '', props.reference ?? '')
    const label = fill(words.support_action, { merchant: merchant.name })
    return html`<a class="po-button" href=${href}>${label}</a>`
  }
  return link(kind, props, kind === 'check' ? 'po-button po-soft' : 'po-button')
}

/** Only while the payer can still act, and only near the end. */
function timer(props: CheckoutProps): VNode | null {
  const { tone } = stateView(stateShown(props))
  const acting = tone === 'ask' || tone === 'act' || tone === 'bad'
  if (!props.expires_at || !acting) return null
  const left_s = secondsUntil(props.expires_at, props.now)
  if (left_s <= 0 || left_s >= TIMER_FROM_S) return null
  const words = wordsOf(props.locale)
  const time = formatTime(props.expires_at, props.locale, props.merchant.time_zone)
  return html`<div class="po-timer">
    <p role="timer" data-left=${left_s} data-text=${words.time_left}>
      ${fill(words.expires_at, { time })}
    </p>
    ${
      props.extend_url &&
      drawPlainForm({
        action: props.extend_url,
        csrf: props.csrf,
        button: words.actions.extend,
        busy: words.pay.busy,
        quiet: true,
      })
    }
  </div>`
}

function parts(props: CheckoutProps): VNode {
  const said = sentences(props, wordsOf(props.locale))
  const quiet = quietLinks(props)
  return sheetParts({
    tone: stateView(stateShown(props)).tone,
    title: fill(said.title, places(props)),
    text: fill(said.text, places(props)),
    summary: drawSummary(summaryOf(props)),
    focus_field: Boolean(props.open_amount?.error),
    action: html`${timer(props)} ${mainOf(props)}
    ${
      quiet.length > 0 &&
      html`<p class="po-links">${quiet.map((kind) => link(kind, props, 'po-quiet'))}</p>`
    }`,
  })
}

/** Changes exactly when the payer would see a change; the clock alone is no change. */
function fingerprint(props: CheckoutProps): string {
  const { now: _now, status_url: _status, csrf: _csrf, ...seen } = props
  return createHash('sha256').update(JSON.stringify(seen)).digest('base64url').slice(0, 16)
}

const titleText = (props: CheckoutProps): string =>
  fillText(sentences(props, wordsOf(props.locale)).title, places(props))

export function renderCheckout(props: CheckoutProps): string {
  const { refresh_s } = stateView(stateShown(props))
  const url = selfUrl(props)
  return drawPage({
    ...props,
    title: titleText(props),
    about: props.reference,
    refresh: refresh_s > 0 ? { seconds: refresh_s, url } : null,
    body: html`<main
      class="po-sheet"
      data-watch=${watchOf(props)}
      data-status=${props.status_url}
      data-fingerprint=${fingerprint(props)}
    >${parts(props)}</main>`,
  })
}

/** What the island asks for: the same parts as the page, drawn by the same code. */
export function checkoutStatus(props: CheckoutProps): CheckoutStatus {
  return {
    object: 'checkout_status',
    state: stateShown(props),
    fingerprint: fingerprint(props),
    watch: watchOf(props),
    title: documentTitle({ ...props, title: titleText(props) }),
    html: drawFragment(parts(props)),
  }
}
