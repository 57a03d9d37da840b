import type { VNode } from 'preact'
import type { Money } from '#contract/shapes.ts'
import { codeBeside, formatMoney } from './amounts.ts'
import { html } from './html.ts'
import type { Locale } from './props.ts'
import { formatDay } from './times.ts'
import { fill, type Words, wordsOf } from './words/catalogue.ts'

/** What the payment is about, in the order a payer asks: how much, what for, which reference. */
export type Summary = {
  readonly locale: Locale
  readonly label: Exclude<keyof Words['summary'], 'heading' | 'reference' | 'due_on'>
  readonly amount: Money | null
  /** How the amount comes about, where that needs saying. */
  readonly breakdown: readonly { readonly label: 'total' | 'received'; readonly amount: Money }[]
  readonly description: string | null
  readonly reference: string | null
  readonly due_on: string | null
  readonly credited_note: string | null
}

/** The leading amount, with its currency's code: signs such as $ are shared by many. */
export const figure = (money: Money, locale: Locale): VNode => {
  const code = codeBeside(money, locale)
  return html`<span class="po-money"><bdi>${formatMoney(money, locale)}</bdi>${
    code && html` <span class="po-code">${code}</span>`
  }</span>`
}

export function drawSummary(summary: Summary): VNode {
  const { locale, amount, breakdown, description, reference, due_on, credited_note } = summary
  const words = wordsOf(locale).summary
  return html`
    <h2 class="po-hidden">${words.heading}</h2>
    ${
      amount &&
      html`<p class="po-amount" id="amount" data-required>
        <span class="po-label">${words[summary.label]}</span>
        <strong>${figure(amount, locale)}</strong>
      </p>`
    }
    ${description && html`<p class="po-description"><bdi>${description}</bdi></p>`}
    ${credited_note && html`<p class="po-note"><bdi>${credited_note}</bdi></p>`}
    ${
      due_on &&
      html`<p class="po-note">${fill(words.due_on, { date: formatDay(due_on, locale) })}</p>`
    }
    ${
      (breakdown.length > 0 || reference) &&
      html`<dl class="po-facts">
        ${breakdown.map(
          (line) => html`<div>
            <dt>${words[line.label]}</dt>
            <dd><bdi>${formatMoney(line.amount, locale)}</bdi></dd>
          </div>`,
        )}
        ${reference && html`<div><dt>${words.reference}</dt><dd><bdi>${reference}</bdi></dd></div>`}
      </dl>`
    }
  `
}
