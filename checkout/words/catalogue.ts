import type { ComponentChild } from 'preact'
import { html } from '../html.ts'
import type { Locale } from '../props.ts'
import { en, type Words } from './en.ts'
import { fr } from './fr.ts'

export type { Words }

const CATALOGUES: Readonly<Record<Locale, Words>> = { en, fr }

export const wordsOf = (locale: Locale): Words => CATALOGUES[locale]

const PLACE = /\{([a-z0-9]+)\}/g

/** A sentence with its places filled, for titles and attributes. An unfilled place is a bug. */
export function fillText(sentence: string, parts: Readonly<Record<string, string>>): string {
  return sentence.replace(PLACE, (_, name: string) => {
    const part = parts[name]
    if (part === undefined) throw new TypeError(`nothing given for {${name}}`)
    return part
  })
}

/**
 * The same for markup. What others wrote (names, references) stands in `<bdi>`, so that
 * right-to-left text or direction marks in it cannot reorder an amount beside it.
 */
export function fill(sentence: string, parts: Readonly<Record<string, string>>): ComponentChild[] {
  return sentence.split(PLACE).map((piece, index) => {
    if (index % 2 === 0) return piece
    const part = parts[piece]
    if (part === undefined) throw new TypeError(`nothing given for {${piece}}`)
    return html`<bdi>${part}</bdi>`
  })
}
