import type { ComponentChildren } from 'preact'
import { drawPage } from './frame.ts'
import { html, mailto, safeHref } from './html.ts'
import type { MessageKind, MessagePageProps } from './props.ts'
import { sheetParts } from './sheet.ts'
import type { Tone } from './states.ts'
import { fill, fillText, wordsOf } from './words/catalogue.ts'

const TONES = {
  not_found: 'over',
  link_expired: 'over',
  link_canceled: 'over',
  too_many_requests: 'wait',
  error: 'bad',
  maintenance: 'over',
} as const satisfies Record<MessageKind, Tone>

function action(props: MessagePageProps): ComponentChildren {
  const words = wordsOf(props.locale)
  const { merchant } = props
  const named = { merchant: merchant?.name ?? '' }
  const retry = safeHref(props.retry_url)
  const back = safeHref(props.back_url)
  if (retry) return html`<a class="po-button" href=${retry}>${words.actions.retry}</a>`
  if (back) return html`<a class="po-button" href=${back}>${fill(words.back, named)}</a>`
  if (!merchant?.support_email) return null
  const href = mailto(merchant.support_email, props.request_id ?? '')
  return html`<a class="po-button" href=${href}>${fill(words.support_action, named)}</a>`
}

export function renderMessagePage(props: MessagePageProps): string {
  const { locale, kind, request_id: id } = props
  const words = wordsOf(locale)
  const said = words.messages[kind]
  return drawPage({
    ...props,
    title: said.title,
    about: id && fillText(words.request_id, { id }),
    refresh: null,
    body: html`<main class="po-sheet" data-watch="never">
      ${sheetParts({
        tone: TONES[kind],
        title: said.title,
        text: said.text,
        summary: null,
        action: html`${action(props)}
        ${id && html`<p class="po-muted po-request">${fill(words.request_id, { id })}</p>`}`,
      })}
    </main>`,
  })
}
