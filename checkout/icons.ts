import type { VNode } from 'preact'
import { html } from './html.ts'
import type { Tone } from './states.ts'

/** Strokes on a 24 × 24 grid; the words beside an icon carry the meaning. */
const STROKES: Readonly<Record<Exclude<Tone, 'ask'>, string>> = {
  wait: 'M12 7v5l3 2',
  act: 'M12 7.5v5.5M12 16.5v.01',
  good: 'M7.5 12.5l3 3 6-6.5',
  bad: 'M8.5 8.5l7 7M15.5 8.5l-7 7',
  over: 'M8 12h8',
}

export const toneIcon = (tone: Tone): VNode | null =>
  tone === 'ask'
    ? null
    : html`<svg class="po-icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
        <circle cx="12" cy="12" r="10" />
        <path d=${STROKES[tone]} />
      </svg>`
