import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { type CardProblem, spaced, TEST_CARDS } from '../cards.ts'
import type { Charge, Failure } from '../charge.ts'
import { amountText, pageHtml, WORDS } from './frame.ts'
import type { Language, Words } from './words.ts'

/** The hosted page: plain forms that post to their own address. */
export function payPage(charge: Charge, language: Language, problem: CardProblem | null): string {
  const words = WORDS[language]
  const amount = amountText(charge.amount, charge.currency, language)
  const action = `?lang=${language}`
  const body = html`
    <h1>${words.pay_title}</h1>
    <p class="muted">${words.you_pay}</p>
    <p class="amount">${amount}</p>
    ${charge.reference && html`<p class="muted">${words.reference} · ${charge.reference}</p>`}
    ${charge.description && html`<p>${charge.description}</p>`}
    <form method="post" action=${action}>
      <label for="card_number">${words.card_number}</label>
      <input id="card_number" name="card_number" type="text" inputmode="numeric"
        autocomplete="cc-number" maxlength="30" required
        aria-invalid=${problem ? 'true' : undefined}
        aria-describedby=${problem ? 'card_problem card_hint' : 'card_hint'} />
      ${
        problem &&
        html`<p class="problem" id="card_problem" role="alert">${words.card_problem[problem]}</p>`
      }
      <p class="muted" id="card_hint">${words.card_hint}</p>
      <button class="primary" name="act" value="pay">${words.pay(amount)}</button>
    </form>
    <form method="post" action=${action}>
      <button name="act" value="cancel">${words.cancel}</button>
    </form>
    ${testCards(words, language, action)}
  `
  return pageHtml({ language, title: words.pay_title, body: html`<div>${body}</div>` })
}

const testCards = (words: Words, language: Language, action: string): VNode => html`<section>
  <h2>${words.test_cards}</h2>
  <p class="muted">${words.test_cards_hint}</p>
  <form method="post" action=${action}>
    <ul class="cards">
      ${TEST_CARDS.map(
        ({ number, result }) => html`<li>
          <button name="card_number" value=${number}>
            <span class="number">${spaced(number)}</span> <span>${result[language]}</span>
          </button>
        </li>`,
      )}
    </ul>
  </form>
</section>`

/** The step at the payer's bank. */
export function authenticatePage(charge: Charge, language: Language): string {
  const words = WORDS[language]
  const amount = amountText(charge.amount, charge.currency, language)
  const body = html`<div>
    <h1>${words.authenticate_title}</h1>
    <p>${words.authenticate_text(amount)}</p>
    <p class="amount">${amount}</p>
    <form method="post" action=${`?lang=${language}`}>
      <button class="primary" name="act" value="approve">${words.approve}</button>
      <button name="act" value="refuse">${words.refuse}</button>
    </form>
  </div>`
  return pageHtml({ language, title: words.authenticate_title, body })
}

/** What a charge came to, for a payer who comes back to its page. */
export function resultPage(charge: Charge, language: Language): string {
  const words = WORDS[language]
  const { title, text } = words.result[charge.status]
  const reason = charge.status === 'failed' ? failureText(words, charge) : null
  const url = payerGoesTo(charge)
  const body = html`<div>
    <h1>${title}</h1>
    <p class="amount">${amountText(charge.amount, charge.currency, language)}</p>
    <p role="status">${reason ? `${reason} ${text}` : text}</p>
    ${
      url === null
        ? html`<p class="muted">${words.close}</p>`
        : html`<a class="button primary" href=${url}>${words.go_on}</a>`
    }
  </div>`
  return pageHtml({ language, title, body })
}

const failureText = (words: Words, charge: Charge): string | null =>
  words.failure[charge.failure_code as Failure] ?? charge.failure_message

/** Where a payer goes once a charge no longer waits for them. */
export const payerGoesTo = (charge: Charge): string | null =>
  charge.status === 'canceled' ? charge.cancel_url : charge.return_url

export function noticePage(
  language: Language,
  notice: (words: Words) => { readonly title: string; readonly text: string },
): string {
  const { title, text } = notice(WORDS[language])
  const body = html`<div><h1>${title}</h1><p>${text}</p></div>`
  return pageHtml({ language, title, body })
}
