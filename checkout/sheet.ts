import type { ComponentChildren, VNode } from 'preact'
import { html } from './html.ts'
import { toneIcon } from './icons.ts'
import type { Tone } from './states.ts'

/** One page in one column: what it is about, how it stands, and the one thing to do. */
export type Sheet = {
  readonly tone: Tone
  readonly title: ComponentChildren
  readonly text: ComponentChildren
  readonly summary: VNode | null
  readonly action: ComponentChildren
  /** A typed value was refused: its field takes the focus instead of the title. */
  readonly focus_field?: boolean
}

/**
 * The parts that the island exchanges one by one. `role=status` stays in the document while its
 * words change, so that they are announced; the title takes the focus after every navigation.
 */
export function sheetParts({ tone, title, text, summary, action, focus_field }: Sheet): VNode {
  return html`
    ${summary && html`<section class="po-summary" data-part="summary">${summary}</section>`}
    <div class=${`po-status po-${tone}`} data-part="status" role="status">
      ${toneIcon(tone)}
      <h1 tabindex="-1" autofocus=${!focus_field} aria-describedby=${summary && 'amount'}>
        ${title}
      </h1>
      <p>${text}</p>
    </div>
    <div class="po-action" data-part="action">${action}</div>
  `
}
