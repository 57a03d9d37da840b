import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'

export { html }

export const drawFragment = (node: VNode): string => renderToString(node)
export const drawDocument = (node: VNode): string => `<!doctype html>${renderToString(node)}`

/**
 * An address we are willing to link: http(s), or a path of our own. Return addresses come from
 * merchants and are stored; `javascript:` and `//host` never become a link.
 */
export function safeHref(url: string | null | undefined): string | null {
  if (!url) return null
  if (/^\/(?![/\\])/.test(url)) return url
  try {
    const { protocol } = new URL(url)
    return protocol === 'https:' || protocol === 'http:' ? url : null
  } catch {
    return null
  }
}

export const mailto = (address: string, subject: string): string =>
  `mailto:${encodeURIComponent(address).replace('%40', '@')}?subject=${encodeURIComponent(subject)}`
