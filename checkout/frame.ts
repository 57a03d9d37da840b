import type { ComponentChildren, VNode } from 'preact'
import type { Mode } from '#contract/shapes.ts'
import { checkoutAssets } from './assets.ts'
import { drawDocument, html, mailto, safeHref } from './html.ts'
import { type LangUrls, LOCALES, type Locale, type Merchant } from './props.ts'
import { wordsOf } from './words/catalogue.ts'

/** What stands around every hosted page: banner, merchant, language switch, policies, support. */
export type Frame = {
  readonly locale: Locale
  /** Null when it is not known whose page this is. */
  readonly mode: Mode | null
  readonly merchant: Merchant | null
  readonly lang_urls: LangUrls | null
  /** Of the document: the title of the state, in plain text. */
  readonly title: string
  /** Subject of a mail to support. */
  readonly about: string | null
  /** Without JavaScript the page asks again by itself. */
  readonly refresh: { readonly seconds: number; readonly url: string } | null
  readonly body: ComponentChildren
}

const style = ({ url, integrity }: { url: string; integrity: string }): VNode =>
  html`<link rel="stylesheet" href=${url} integrity=${integrity} />`

const script = ({ url, integrity }: { url: string; integrity: string }): VNode =>
  html`<script type="module" src=${url} integrity=${integrity}></script>`

/** What a tab or a bookmark shows. */
export const documentTitle = ({
  title,
  merchant,
  mode,
}: Pick<Frame, 'title' | 'merchant' | 'mode'>): string =>
  [mode === 'test' ? 'TEST' : null, title, merchant?.name ?? null]
    .filter((part) => part !== null)
    .join(' · ')

function head(frame: Frame): VNode {
  const { refresh } = frame
  return html`<head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex, nofollow" />
    <meta name="referrer" content="no-referrer" />
    <meta name="format-detection" content="telephone=no" />
    <title>${documentTitle(frame)}</title>
    <link rel="icon" href="data:," />
    ${checkoutAssets.style && style(checkoutAssets.style)}
    ${checkoutAssets.script && script(checkoutAssets.script)}
    ${
      refresh &&
      html`<noscript>
        <meta http-equiv="refresh" content=${`${refresh.seconds};url=${refresh.url}`} />
      </noscript>`
    }
  </head>`
}

/** Each language in its own name, so that its readers find it. */
function languages({ locale, lang_urls: urls }: Frame): VNode | null {
  if (!urls) return null
  const links = LOCALES.map((each) => {
    const { language_name: name } = wordsOf(each)
    const current = each === locale ? 'true' : null
    return html`<li>
      <a href=${safeHref(urls[each])} lang=${each} hreflang=${each} aria-current=${current}>
        <span aria-hidden="true">${each.toUpperCase()}</span><span class="po-hidden">${name}</span>
      </a>
    </li>`
  })
  return html`<nav class="po-languages" aria-label=${wordsOf(locale).language}>
    <ul>${links}</ul>
  </nav>`
}

function footer({ locale, merchant, about }: Frame): VNode | null {
  const words = wordsOf(locale)
  const email = merchant?.support_email
  const policies = [
    { label: words.terms, href: safeHref(merchant?.terms_url) },
    { label: words.privacy, href: safeHref(merchant?.privacy_url) },
  ].filter(({ href }) => href !== null)
  if (!email && policies.length === 0) return null
  return html`<footer class="po-footer">
    ${
      email &&
      html`<p class="po-support">
        <span>${words.support}</span>
        <a href=${mailto(email, about ?? '')}><bdi>${email}</bdi></a>
      </p>`
    }
    ${
      policies.length > 0 &&
      html`<p>${policies.map(({ label, href }) => html`<a href=${href}>${label}</a>`)}</p>`
    }
  </footer>`
}

export function drawPage(frame: Frame): string {
  const { locale, mode, merchant, body } = frame
  const words = wordsOf(locale)
  return drawDocument(html`<html lang=${locale}>
    ${head(frame)}
    <body>
      <header>
        ${mode === 'test' && html`<p class="po-test" data-required>${words.test_banner}</p>`}
        <div class="po-top">
          <p class="po-merchant"><bdi>${merchant?.name}</bdi></p>
          ${languages(frame)}
        </div>
      </header>
      ${body}
      <p class="po-offline" role="status" data-offline=${words.offline}></p>
      ${footer(frame)}
    </body>
  </html>`)
}
