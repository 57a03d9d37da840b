import type { VNode } from 'preact'
import { formatMoney } from './amounts.ts'
import { html, safeHref } from './html.ts'
import type { Locale, Method, OpenAmount } from './props.ts'
import { fill, fillText, wordsOf } from './words/catalogue.ts'

const token = (csrf: string | null | undefined): VNode | null =>
  csrf ? html`<input type="hidden" name="csrf" value=${csrf} />` : null

/** The island disables it after the first press; the server makes a second press harmless. */
const submit = (label: unknown, busy: string): VNode =>
  html`<button class="po-button" type="submit" data-busy=${busy}>${label}</button>`

const methodNames = ({ name, description }: Method): VNode =>
  html`<span class="po-method-name"><bdi>${name}</bdi></span>
    ${description && html`<span class="po-method-text"><bdi>${description}</bdi></span>`}`

const methodCard = (method: Method, checked: boolean): VNode =>
  html`<label class="po-method">
    <input type="radio" name="method" value=${method.slug} checked=${checked} required />
    ${methodNames(method)}
  </label>`

export type PayForm = {
  readonly locale: Locale
  readonly action: string
  readonly csrf: string | null | undefined
  readonly methods: readonly Method[]
  readonly selected: string | null | undefined
  /** Of the group of methods. */
  readonly legend: string
  /** Whether the title above already says it. */
  readonly legend_hidden: boolean
  /** With its amount, e.g. "Pay €10.00". */
  readonly button: unknown
}

export function drawPayForm(form: PayForm): VNode {
  const { locale, action, csrf, methods, legend, legend_hidden, button } = form
  const words = wordsOf(locale).pay
  const [only] = methods
  const chosen = methods.find(({ slug }) => slug === form.selected) ?? only
  const choice =
    methods.length === 1 && only
      ? html`<div class="po-method po-only">
          <input type="hidden" name="method" value=${only.slug} />
          <span class="po-hidden">${words.method}</span>
          ${methodNames(only)}
        </div>`
      : html`<fieldset class="po-methods">
          <legend class=${legend_hidden ? 'po-hidden' : null}>${legend}</legend>
          ${methods.map((method) => methodCard(method, method === chosen))}
        </fieldset>`
  return html`<form class="po-form" method="post" action=${safeHref(action)} data-once>
    ${token(csrf)} ${choice} ${submit(button, words.busy)}
  </form>`
}

function hintOf({ min, max }: OpenAmount, locale: Locale): VNode | null {
  const words = wordsOf(locale).open_amount
  const parts = {
    ...(min && { min: formatMoney(min, locale) }),
    ...(max && { max: formatMoney(max, locale) }),
  }
  const sentence = min && max ? words.between : min ? words.at_least : max ? words.at_most : null
  if (!sentence) return null
  return html`<p class="po-hint" id="amount-hint">${fill(sentence, parts)}</p>`
}

function errorOf({ error, digits, currency }: OpenAmount, locale: Locale): VNode | null {
  if (!error) return null
  const words = wordsOf(locale).open_amount
  const decimals = locale === 'fr' ? ',' : '.'
  const parts = {
    digits: String(digits),
    currency,
    example: digits === 0 ? '25' : `25${decimals}${'50'.padEnd(digits, '0').slice(0, digits)}`,
  }
  const code = error === 'too_many_decimals' && digits === 0 ? 'no_decimals' : error
  return html`<p class="po-error" id="amount-error">${fill(words[code], parts)}</p>`
}

export function drawAmountForm(form: {
  readonly locale: Locale
  readonly action: string
  readonly csrf: string | null | undefined
  readonly open: OpenAmount
}): VNode {
  const { locale, action, csrf, open } = form
  const words = wordsOf(locale)
  const hint = hintOf(open, locale)
  const error = errorOf(open, locale)
  const described = [error && 'amount-error', hint && 'amount-hint'].filter(Boolean).join(' ')
  return html`<form class="po-form" method="post" action=${safeHref(action)} data-once novalidate>
    ${token(csrf)}
    <div class="po-field">
      <label for="amount-field">
        ${fillText(words.open_amount.label, { currency: open.currency })}
      </label>
      <input
        id="amount-field"
        class="po-input"
        name="amount"
        type="text"
        inputmode=${open.digits === 0 ? 'numeric' : 'decimal'}
        autocomplete="off"
        maxlength="40"
        required
        value=${open.entered}
        autofocus=${error !== null}
        aria-invalid=${error ? 'true' : null}
        aria-describedby=${described || null}
      />
      ${error} ${hint}
    </div>
    ${submit(words.open_amount.go_on, words.pay.busy)}
  </form>`
}

/** A form with nothing to fill in: a link whose amount is fixed, or more time. */
export const drawPlainForm = (form: {
  readonly action: string
  readonly csrf: string | null | undefined
  readonly button: string
  readonly busy: string
  readonly quiet: boolean
}): VNode =>
  html`<form class="po-form" method="post" action=${safeHref(form.action)} data-once>
    ${token(form.csrf)}
    <button class=${form.quiet ? 'po-quiet' : 'po-button'} type="submit" data-busy=${form.busy}>
      ${form.button}
    </button>
  </form>`
