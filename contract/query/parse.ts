import { readDecimalCommas, THOUSANDS } from './amounts.ts'
import type { Locale, Query, Term, Value } from './ast.ts'
import { nearest } from './fold.ts'
import { prefixOf } from './ids.ts'
import { colonOf, type Piece, pieceOf, type Token, tokens } from './lex.ts'
import { MAX_QUERY_CHARS, MAX_TERMS, MAX_VALUES_PER_KEY, MIN_SEARCH_CHARS } from './limits.ts'
import { normalise, textOf, unique } from './normalise.ts'
import { collectProblems, type Problems, type QueryError } from './problems.ts'
import { searchTests } from './search-text.ts'
import { readValue } from './values.ts'
import {
  findKey,
  HAS,
  IS,
  isWord,
  type KeySpec,
  lookUp,
  nameIn,
  type Vocabulary,
  wordsOf,
} from './vocabulary.ts'

export type ParseResult =
  | { readonly ok: true; readonly query: Query }
  | { readonly ok: false; readonly errors: readonly QueryError[] }

type Context = {
  readonly vocabulary: Vocabulary
  readonly locale: Locale
  readonly problems: Problems
}

/**
 * Reads a query as typed. Words of both languages are understood in either locale; the locale
 * decides decimal commas and the language of errors. Text from a URL or the API is canonical:
 * locale `en`.
 */
export function parse(
  text: string,
  vocabulary: Vocabulary,
  { locale }: { readonly locale: Locale },
): ParseResult {
  const problems = collectProblems(locale)
  const whole = { offset: 0, length: text.length }
  if (text.length > MAX_QUERY_CHARS) {
    problems.add('too_long', whole, { fill: { max: MAX_QUERY_CHARS } })
    return { ok: false, errors: problems.found }
  }
  const control = controlCharacterAt(text)
  if (control >= 0) problems.add('bad_character', { offset: control, length: 1 })
  const read = tokens(text)
  if (read.length > MAX_TERMS) {
    problems.add('too_many_terms', whole, { fill: { max: MAX_TERMS } })
    return { ok: false, errors: problems.found }
  }
  const terms = read.map((token) => readTerm(token, { vocabulary, locale, problems }))
  for (const [i, token] of read.entries()) refuseSplitAmount(terms[i], token, read[i + 1], problems)
  const good = terms.filter((term) => term !== null)
  const query = { list: vocabulary.list, terms: unique(good, textOf) }
  if (problems.found.length === 0 && normalise(query).length > MAX_QUERY_CHARS) {
    problems.add('too_long', whole, { fill: { max: MAX_QUERY_CHARS } })
  }
  return problems.found.length === 0 ? { ok: true, query } : { ok: false, errors: problems.found }
}

/** Half a surrogate pair counts: neither JSON nor the database can carry it. */
function controlCharacterAt(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) ?? 0
    if (code >= 0xd800 && code <= 0xdfff) return i
    if ((code < 32 && !/\s/.test(text.charAt(i))) || code === 127) return i
    if (code > 0xffff) i++
  }
  return -1
}

/** `amount:>1 234,50` would be taken for two terms. */
function refuseSplitAmount(
  term: Term | null | undefined,
  token: Token,
  next: Token | undefined,
  problems: Problems,
): void {
  if (term?.kind !== 'key' || term.type !== 'money' || next === undefined) return
  const digits = /(?:^|[^0-9.]|\.\.)([0-9]{1,3})$/.exec(token.syntax)?.[1]
  if (digits === undefined || next.negated || next.start !== token.end + 1) return
  if (!THOUSANDS.test(next.syntax)) return
  const offset = token.end - digits.length
  const place = { offset, length: next.end - offset }
  problems.add('split_amount', place, { fill: { word: `${digits} ${next.text}` } })
}

function readTerm(token: Token, context: Context): Term | null {
  if (token.unclosed !== null) {
    const length = token.end - token.unclosed
    return context.problems.add('unclosed_quote', { offset: token.unclosed, length })
  }
  const colon = colonOf(token.syntax)
  if (colon < 0) return readSearch(token, context)
  const word = token.text.slice(0, colon)
  if (isWord('is', IS, word)) return readFlag(token, colon, context)
  if (isWord('has', HAS, word)) return readHas(token, colon, context)
  return readKey(token, colon, context)
}

function readSearch(token: Token, { vocabulary, problems }: Context): Term | null {
  const place = { offset: token.start, length: token.end - token.start }
  if (/^[<>]/.test(token.syntax)) {
    return problems.add('operator_without_key', place, { fill: { word: token.text } })
  }
  const stars = /^\**/.exec(token.syntax)?.[0].length ?? 0
  const rest = /\**$/.exec(token.syntax)?.index ?? token.text.length
  const text = token.text.slice(stars, Math.max(stars, rest)).trim()
  if (searchTests(text, vocabulary).length > 0) {
    return { kind: 'search', text, negated: token.negated }
  }
  if (prefixOf(text.toLowerCase()) !== null) {
    return problems.add('id_elsewhere', place, { fill: { word: text } })
  }
  return problems.add('text_too_short', place, { fill: { max: MIN_SEARCH_CHARS } })
}

/** What follows `is:` or `has:`: one word without commas. */
function readName(token: Token, colon: number, context: Context): Piece | null {
  const piece = pieceOf(token, colon + 1, token.text.length)
  const key = token.text.slice(0, colon)
  if (piece.text === '') {
    const place = { offset: token.start, length: token.end - token.start }
    return context.problems.add('missing_value', place, { fill: { key } })
  }
  if (piece.syntax.includes(',')) {
    return context.problems.add('one_name', piece, { fill: { key } })
  }
  return piece
}

function readFlag(token: Token, colon: number, context: Context): Term | null {
  const piece = readName(token, colon, context)
  if (piece === null) return null
  const { vocabulary, locale, problems } = context
  const flag = lookUp(vocabulary.flags, piece.text)
  if (flag !== undefined) return { kind: 'flag', flag, negated: token.negated }
  const fill = { word: piece.text }
  const value = enumValueCalled(piece.text, vocabulary)
  if (value !== null) {
    return problems.add('unknown_flag', piece, { fill, candidates: [value] })
  }
  const candidates = nearest(piece.text, wordsOf(vocabulary.flags))
  const shown = candidates.map((name) => nameIn(locale, name, vocabulary.flags[name]))
  return problems.add('unknown_flag', piece, { fill, candidates, shown })
}

/** `is:failed` is a habit from other tools: the answer names `status:failed`. */
function enumValueCalled(word: string, { keys }: Vocabulary): string | null {
  for (const [key, { values }] of Object.entries(keys)) {
    const value = values === undefined ? undefined : lookUp(values, word)
    if (value !== undefined) return `${key}:${value}`
  }
  return null
}

function readHas(token: Token, colon: number, context: Context): Term | null {
  const piece = readName(token, colon, context)
  if (piece === null) return null
  const found = findKey(context.vocabulary, piece.text)
  if (found === undefined) return unknownKey(piece, context)
  if (found.spec.nullable) return { kind: 'has', key: found.key, negated: token.negated }
  const key = nameIn(context.locale, found.key, found.spec)
  return context.problems.add('always_present', piece, { fill: { key } })
}

function unknownKey(piece: Piece, { vocabulary, locale, problems }: Context): null {
  if (vocabulary.meta && /^meta(data)?\.?$/i.test(piece.text)) {
    return problems.add('meta_needs_key', piece)
  }
  const fill = { word: piece.text }
  const flag = lookUp(vocabulary.flags, piece.text)
  if (flag !== undefined) {
    return problems.add('unknown_key', piece, { fill, candidates: [`is:${flag}`] })
  }
  const candidates = nearest(piece.text, wordsOf(vocabulary.keys))
  const shown = candidates.map((key) => nameIn(locale, key, vocabulary.keys[key]))
  return problems.add('unknown_key', piece, { fill, candidates, shown })
}

function readKey(token: Token, colon: number, context: Context): Term | null {
  const name = pieceOf(token, 0, colon)
  const found = findKey(context.vocabulary, name.text)
  if (found === undefined) return unknownKey(name, context)
  const { key, spec } = found
  const pieces = split(token, colon + 1, spec, context)
  if (pieces === null) return null
  const fill = { key: nameIn(context.locale, key, spec), max: MAX_VALUES_PER_KEY }
  if (pieces.length > MAX_VALUES_PER_KEY) {
    const place = { offset: token.start, length: token.end - token.start }
    return context.problems.add('too_many_values', place, { fill })
  }
  const flag = soleFlag(pieces, spec, context.vocabulary)
  if (flag !== undefined) return { kind: 'flag', flag, negated: token.negated }
  const values = pieces.map((piece) => readValue(piece, { ...context, key, spec }))
  const good = values.filter((value): value is Value => value !== null)
  if (good.length < values.length) return null
  const merged = unique(good, (value) => JSON.stringify(value))
  return { kind: 'key', key, type: spec.type, negated: token.negated, values: merged }
}

/** `status:refunded`: one product's status is our flag. */
function soleFlag(pieces: readonly Piece[], spec: KeySpec, { flags }: Vocabulary) {
  const [piece, second] = pieces
  if (piece === undefined || second !== undefined || !spec.flagWords) return undefined
  return lookUp(spec.values ?? {}, piece.text) === undefined ? lookUp(flags, piece.text) : undefined
}

/** Splits values at their commas, after a French reader's decimal commas have become dots. */
function split(token: Token, from: number, spec: KeySpec, context: Context): Piece[] | null {
  let values = token
  if (spec.type === 'money' && context.locale === 'fr') {
    const read = readDecimalCommas(token.syntax.slice(from))
    const whole = pieceOf(token, from, token.text.length)
    if (!read.ok) {
      return context.problems.add('ambiguous_decimal', whole, { fill: { word: whole.text } })
    }
    values = withDots(
      token,
      read.commas.map((comma) => comma + from),
    )
  }
  const ends = [...values.syntax.matchAll(/,/g)].map((comma) => comma.index)
  const starts = [from - 1, ...ends.filter((end) => end >= from)]
  return starts.map((start, i) => pieceOf(values, start + 1, starts[i + 1] ?? values.text.length))
}

function withDots(token: Token, commas: readonly number[]): Token {
  const dotted = (text: string) =>
    text
      .split('')
      .map((char, i) => (commas.includes(i) ? '.' : char))
      .join('')
  return { ...token, text: dotted(token.text), syntax: dotted(token.syntax) }
}
