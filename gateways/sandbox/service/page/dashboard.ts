import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { toDecimal } from '../../currencies.ts'
import { type Charge, refundable } from '../charge.ts'
import type { SandboxEvent } from '../store/events.ts'
import type { Refund } from '../wire.ts'
import { amountText, pageHtml, WORDS } from './frame.ts'
import type { Language, Words } from './words.ts'

export type DashboardView = {
  readonly charge: Charge
  readonly refunds: readonly Refund[]
  readonly events: readonly SandboxEvent[]
  readonly refund_refused: boolean
}

/** What a vendor's own dashboard shows of one charge, with a refund that Florin did not ask for. */
export function dashboardPage(view: DashboardView, language: Language): string {
  const words = WORDS[language]
  const { charge, refunds, events } = view
  const money = (amount: string) => amountText(amount, charge.currency, language)
  const facts: [string, string][] = [
    [words.status, words.result[charge.status].title],
    [words.amount, money(charge.amount)],
    [words.captured, money(charge.captured)],
    [words.refunded, money(charge.refunded)],
    [words.fee, money(charge.fee)],
    [words.card, charge.card_last4 ? `${charge.card_brand} •••• ${charge.card_last4}` : '–'],
    [words.our_reference, charge.transaction_id],
    [words.made, moment(charge.created_ms, language)],
  ]
  const body = html`<div>
    <h1>${words.charge} ${charge.ref}</h1>
    <dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
    <section>
      <h2>${words.refunds}</h2>
      ${
        refunds.length === 0
          ? html`<p class="muted">${words.no_refunds}</p>`
          : refundTable(refunds, words, language)
      }
      ${refundForm(view, words, language)}
    </section>
    <section>
      <h2>${words.events}</h2>
      ${
        events.length === 0
          ? html`<p class="muted">${words.no_events}</p>`
          : eventTable(events, words, language)
      }
    </section>
  </div>`
  return pageHtml({ language, title: `${words.dashboard} ${charge.ref}`, body, wide: true })
}

function moment(time_ms: number, language: Language): string {
  const style = { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' } as const
  return `${new Intl.DateTimeFormat(language, style).format(time_ms)} UTC`
}

const refundTable = (
  refunds: readonly Refund[],
  words: Words,
  language: Language,
): VNode => html`<table>
  <thead>
    <tr><th scope="col">${words.amount}</th><th scope="col">${words.status}</th>
      <th scope="col">${words.our_reference}</th></tr>
  </thead>
  <tbody>
    ${refunds.map(
      (refund) => html`<tr>
        <td>${amountText(refund.amount, refund.currency, language)}</td>
        <td>${words.refund_status[refund.status]}</td>
        <td>${refund.transaction_id ?? words.outside}</td>
      </tr>`,
    )}
  </tbody>
</table>`

function refundForm({ charge, refund_refused }: DashboardView, words: Words, language: Language) {
  const left = refundable(charge)
  if (left === 0n) return html`<p class="muted">${words.nothing_to_refund}</p>`
  return html`<form method="post" action=${`?lang=${language}`}>
    <label for="amount">${words.refund_amount} (${charge.currency})</label>
    <input id="amount" name="amount" type="text" inputmode="decimal" autocomplete="off" required
      value=${toDecimal(left, charge.currency)}
      aria-invalid=${refund_refused ? 'true' : undefined}
      aria-describedby=${refund_refused ? 'refund_problem refund_hint' : 'refund_hint'} />
    ${
      refund_refused &&
      html`<p class="problem" id="refund_problem" role="alert">${words.refund_refused}</p>`
    }
    <p class="muted" id="refund_hint">${words.refund_hint}</p>
    <button>${words.refund}</button>
  </form>`
}

const eventTable = (
  events: readonly SandboxEvent[],
  words: Words,
  language: Language,
): VNode => html`<table>
  <thead>
    <tr><th scope="col">${words.event}</th><th scope="col">${words.made}</th>
      <th scope="col">${words.delivery}</th></tr>
  </thead>
  <tbody>
    ${events.map(
      (event) => html`<tr>
        <td>${event.type}</td>
        <td>${moment(event.created_ms, language)}</td>
        <td>
          ${event.deliveries.map(
            ({ state, attempts, last_answer }) => html`<p>
              ${words.delivery_state[state]} · ${attempts}${last_answer ? ` · ${last_answer}` : ''}
            </p>`,
          )}
        </td>
      </tr>`,
    )}
  </tbody>
</table>`
