import type { Locale } from './ast.ts'
import { DATE_WORDS } from './dates.ts'
import { fold } from './fold.ts'
import { colonOf, type Token, tokens } from './lex.ts'
import { MAX_SUGGESTIONS } from './limits.ts'
import {
  findKey,
  HAS,
  IS,
  isWord,
  type KeySpec,
  NONE,
  nameIn,
  namesOf,
  type Vocabulary,
  type WordSpec,
} from './vocabulary.ts'

export type Suggestion = {
  readonly kind: 'key' | 'flag' | 'value' | 'date' | 'has' | 'none'
  /** What to put in place of the range, in the reader's words. */
  readonly insert: string
  /** The same in canonical words, to look up a label. */
  readonly canonical: string
}

export type Suggestions = {
  /** UTF-16 range of the text that an accepted item replaces. */
  readonly from: number
  readonly to: number
  readonly items: readonly Suggestion[]
  /** Values of this key are data: ask the server for those that begin with the prefix. */
  readonly wants: { readonly key: string; readonly prefix: string } | null
}

type Words = Readonly<Record<string, WordSpec>>

/** What may be typed at the cursor (a UTF-16 offset). */
export function suggest(
  text: string,
  cursor: number,
  vocabulary: Vocabulary,
  locale: Locale,
): Suggestions {
  const at = Math.max(0, Math.min(cursor, text.length))
  const token = tokens(text).find(({ start, end }) => start <= at && at <= end)
  if (token === undefined) return offer(at, at, keyItems('', vocabulary, locale))
  const start = token.start + (token.negated ? 1 : 0)
  const typed = text.slice(start, Math.max(start, at))
  if (/["“«\\]/.test(typed)) return offer(at, at, [])
  const colon = colonOf(typed)
  if (colon < 0) return offer(start, keyEnd(token), keyItems(typed, vocabulary, locale))
  const end = pieceEnd(text, at)
  return afterColon(typed.slice(0, colon), typed.slice(colon + 1), at, end, vocabulary, locale)
}

const offer = (from: number, to: number, items: readonly Suggestion[]): Suggestions => ({
  from,
  to,
  items: items.slice(0, MAX_SUGGESTIONS),
  wants: null,
})

/** An accepted key brings its own colon, so the range takes the old one. */
function keyEnd(token: Token): number {
  const colon = colonOf(token.syntax)
  return colon < 0 ? token.end : (token.at[colon] ?? token.end) + 1
}

function pieceEnd(text: string, at: number): number {
  const rest = /^[^\s,]*/.exec(text.slice(at))
  return at + (rest?.[0].length ?? 0)
}

function keyItems(typed: string, vocabulary: Vocabulary, locale: Locale): Suggestion[] {
  const items = (kind: Suggestion['kind'], table: Words, before: string, after: string) =>
    startingWith(typed, table).map((name) => ({
      kind,
      insert: `${before}${nameIn(locale, name, table[name])}${after}`,
      canonical: name,
    }))
  const is = `${nameIn(locale, 'is', IS)}:`
  const flags = typed === '' ? [] : items('flag', vocabulary.flags, is, '')
  const words: Words = vocabulary.meta ? { is: IS, has: HAS } : { is: IS }
  return [...items('key', vocabulary.keys, '', ':'), ...flags, ...items('key', words, '', ':')]
}

/** Canonical names of which some name begins as typed. */
function startingWith(typed: string, table: Words): string[] {
  const prefix = fold(typed)
  return Object.entries(table)
    .filter(([name, spec]) => namesOf(name, spec).some((word) => fold(word).startsWith(prefix)))
    .map(([name]) => name)
}

function afterColon(
  word: string,
  values: string,
  at: number,
  to: number,
  vocabulary: Vocabulary,
  locale: Locale,
): Suggestions {
  const prefix = values.replace(/^.*(?:,|\.\.|[<>]=?)/s, '')
  const from = at - prefix.length
  const named = (kind: Suggestion['kind'], table: Words) =>
    startingWith(prefix, table).map((name) => ({
      kind,
      insert: nameIn(locale, name, table[name]),
      canonical: name,
    }))
  if (isWord('is', IS, word)) return offer(from, to, named('flag', vocabulary.flags))
  if (isWord('has', HAS, word)) return offer(from, to, named('has', nullableKeys(vocabulary)))
  const found = findKey(vocabulary, word)
  if (found === undefined) return offer(from, to, [])
  const { key, spec } = found
  const none = spec.nullable ? named('none', { none: NONE }) : []
  const items = [...(valueItems(spec, prefix) ?? named(...wordsFor(spec))), ...none]
  const isData = spec.type === 'text' || spec.type === 'name' || spec.type === 'code'
  return { ...offer(from, to, items), wants: isData ? { key, prefix } : null }
}

const nullableKeys = ({ keys }: Vocabulary): Words =>
  Object.fromEntries(Object.entries(keys).filter(([, { nullable }]) => nullable))

const wordsFor = (spec: KeySpec): ['date' | 'value', Words] =>
  spec.type === 'date' ? ['date', DATE_WORDS] : ['value', spec.values ?? {}]

/** Known codes are offered once a letter is typed; before that the server's counts are better. */
function valueItems(spec: KeySpec, prefix: string): Suggestion[] | null {
  if (spec.type !== 'code') return null
  const known = prefix === '' ? [] : (spec.code?.known ?? [])
  return known
    .filter((code) => code.startsWith(prefix.toUpperCase()))
    .map((code) => ({ kind: 'value', insert: code, canonical: code }))
}
