import type { ComponentChildren, VNode } from 'preact'
import type { Money } from '#contract/shapes.ts'
import { formatMoney } from './amounts.ts'
import { drawPage } from './frame.ts'
import { html, safeHref } from './html.ts'
import type { ReceiptProps } from './props.ts'
import { figure } from './summary.ts'
import { formatDay, formatTime } from './times.ts'
import { fill, fillText, wordsOf } from './words/catalogue.ts'

const fact = (label: string, value: ComponentChildren): VNode | null =>
  value ? html`<div><dt>${label}</dt><dd>${value}</dd></div>` : null

/** In the merchant's zone and in UTC, so that nobody has to guess which day it was. */
function paidAt({ paid_at, locale, merchant }: ReceiptProps): VNode {
  const local = formatTime(paid_at, locale, merchant.time_zone)
  const utc = formatTime(paid_at, locale, 'UTC')
  return html`<time datetime=${paid_at}>${local}</time>${
    local === utc ? null : html`<br /><span class="po-muted">${utc}</span>`
  }`
}

function payerOf({ payer }: ReceiptProps): VNode | null {
  if (!payer?.name && !payer?.email) return null
  const lines = [payer.name, payer.email].filter(Boolean)
  return html`${lines.map((line) => html`<bdi class="po-line">${line}</bdi>`)}`
}

function methodOf({ method, locale }: ReceiptProps): ComponentChildren {
  if (!method) return null
  if (!method.card) return html`<bdi>${method.name}</bdi>`
  const { brand, last4 } = method.card
  return html`<bdi class="po-line">${method.name}</bdi>
    <span class="po-line">${fill(wordsOf(locale).receipt.card, { brand, last4 })}</span>`
}

function facts(props: ReceiptProps): VNode {
  const words = wordsOf(props.locale).receipt
  const { payment, reference, gateway } = props.references
  return html`<dl class="po-facts">
    ${fact(words.number, html`<bdi>${props.number}</bdi>`)} ${fact(words.date, paidAt(props))}
    ${fact(words.payer, payerOf(props))} ${fact(words.method, methodOf(props))}
    ${fact(words.reference, reference && html`<bdi>${reference}</bdi>`)}
    ${fact(words.payment, html`<bdi class="po-id">${payment}</bdi>`)}
    ${fact(words.gateway, gateway && html`<bdi class="po-id">${gateway}</bdi>`)}
  </dl>`
}

function sums(props: ReceiptProps): VNode {
  const { locale, lines, total, paid, refunds, refunded, merchant } = props
  const words = wordsOf(locale).receipt
  const row = (label: ComponentChildren, money: Money, look: string | null = null): VNode =>
    html`<tr class=${look}>
      <th scope="row">${label}</th>
      <td><bdi>${formatMoney(money, locale)}</bdi></td>
    </tr>`
  const minus = ({ value, currency }: Money): Money => ({ value: `-${value}`, currency })
  return html`<table class="po-sums">
    <caption class="po-hidden">${words.details}</caption>
    <tbody>${lines.map((line) => row(html`<bdi>${line.label}</bdi>`, line.amount))}</tbody>
    <tbody>
      ${row(words.total, total, 'po-strong')}
      ${(paid.value !== total.value || refunds.length > 0) && row(words.paid, paid)}
      ${refunds.map(({ at, amount, reference }) => {
        const date = formatDay(at, locale, merchant.time_zone)
        const which = reference && html`<bdi class="po-id">${reference}</bdi>`
        return row(html`${fill(words.refund_on, { date })} ${which}`, minus(amount))
      })}
      ${refunded && row(words.net, refunded.net, 'po-strong')}
    </tbody>
  </table>`
}

function actions({ locale, merchant, back_url }: ReceiptProps): VNode {
  const words = wordsOf(locale)
  const back = safeHref(back_url)
  return html`<div class="po-action">
    <button class="po-button" type="button" data-print hidden>${words.receipt.print}</button>
    ${
      back &&
      html`<p class="po-links">
        <a class="po-quiet" href=${back}>${fill(words.back, { merchant: merchant.name })}</a>
      </p>`
    }
  </div>`
}

export function renderReceipt(props: ReceiptProps): string {
  const { locale, mode, number, paid, refunded, credited_note: note } = props
  const words = wordsOf(locale).receipt
  const stamp = refunded && (refunded.full ? words.stamp_full : words.stamp_part)
  return drawPage({
    ...props,
    title: `${words.title} ${number}`,
    about: fillText('{title} {number}', { title: words.title, number }),
    refresh: null,
    body: html`<main class="po-sheet po-receipt" data-watch="never">
      <div class="po-receipt-head">
        <h1 tabindex="-1" autofocus>${words.title}</h1>
        ${stamp && html`<p class="po-stamp" data-required>${stamp}</p>`}
      </div>
      ${mode === 'test' && html`<p class="po-test-mark" data-required>${words.test_mark}</p>`}
      <p class="po-amount" data-required>
        <span class="po-label">${words.paid}</span>
        <strong>${figure(paid, locale)}</strong>
      </p>
      ${note && html`<p class="po-note"><bdi>${note}</bdi></p>`}
      ${facts(props)} ${sums(props)} ${actions(props)}
    </main>`,
  })
}
