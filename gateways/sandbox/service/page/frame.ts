import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { digitsOf } from '../../currencies.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import { STYLE } from './style.ts'
import type { Language, Words } from './words.ts'

export const WORDS: Readonly<Record<Language, Words>> = { en, fr }

/** The first of these that names a language we speak; English if none does. */
export function languageOf(...wishes: readonly unknown[]): Language {
  for (const wish of wishes) {
    const found = typeof wish === 'string' ? /^\s*(en|fr)\b/i.exec(wish)?.[1] : undefined
    if (found) return found.toLowerCase() === 'fr' ? 'fr' : 'en'
  }
  return 'en'
}

/** A decimal string as people read it, with all of the currency's digits. */
export function amountText(amount: string, currency: string, language: Language): string {
  const digits = digitsOf(currency) ?? 2
  const style = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  const exact = amount as Intl.StringNumericLiteral
  if (currency.length !== 3) {
    return `${new Intl.NumberFormat(language, style).format(exact)} ${currency}`
  }
  return new Intl.NumberFormat(language, { ...style, style: 'currency', currency }).format(exact)
}

export type Page = {
  readonly language: Language
  readonly title: string
  readonly body: VNode
  readonly wide?: boolean
}

/** A whole document. Everything from outside passes through the renderer, which escapes it. */
export function pageHtml({ language, title, body, wide = false }: Page): string {
  const words = WORDS[language]
  const other: Language = language === 'en' ? 'fr' : 'en'
  const document = html`<html lang=${language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${`${title} · ${words.sandbox}`}</title>
      <link rel="icon" href="data:," />
      <style dangerouslySetInnerHTML=${{ __html: STYLE }}></style>
    </head>
    <body>
      <header>
        <p class="banner">${words.no_real_money}</p>
        <div class=${wide ? 'page wide top' : 'page top'}>
          <p>${words.sandbox}</p>
          <a href=${`?lang=${other}`} lang=${other} hreflang=${other}>${words.other_language}</a>
        </div>
      </header>
      <main class=${wide ? 'page wide' : 'page'}>${body}</main>
    </body>
  </html>`
  return `<!doctype html>${renderToString(document)}`
}
