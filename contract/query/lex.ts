/** Stands in `Token.syntax` for a character that was quoted or escaped and so means only itself. */
export const LITERAL = '\uE000'

/**
 * One term as typed. `text` and `syntax` have the same length: `text` is what the characters say,
 * `syntax` what they may mean. `at[i]` is where character i stands in the query.
 */
export type Token = {
  readonly start: number
  readonly end: number
  readonly negated: boolean
  readonly text: string
  readonly syntax: string
  readonly at: readonly number[]
  /** Offset of a quote that is never closed. */
  readonly unclosed: number | null
}

const CLOSING: Readonly<Record<string, string>> = { '"': '"', '“': '”', '«': '»' }
const isSpace = (char: string): boolean => /\s/.test(char)
/** Between digits a no-break space groups thousands: amounts copied from a French screen. */
const GROUPING = /^[0-9][\u00a0\u2007\u2009\u202f][0-9]$/

/** Splits a query into terms; never fails: an unclosed quote runs to the end and is marked. */
export function tokens(text: string): Token[] {
  const found: Token[] = []
  let next = 0
  while (next < text.length) {
    if (isSpace(text.charAt(next))) {
      next++
      continue
    }
    const token = readToken(text, next)
    found.push(token)
    next = token.end
  }
  return found
}

function readToken(text: string, start: number): Token {
  const negated = text[start] === '-' && start + 1 < text.length && !isSpace(text.charAt(start + 1))
  let decoded = ''
  let syntax = ''
  const at: number[] = []
  let closing: string | null = null
  let opened = start
  let i = negated ? start + 1 : start
  const take = (char: string, means: string) => {
    decoded += char
    syntax += means
    at.push(i)
  }
  for (; i < text.length; i++) {
    const char = text.charAt(i)
    if (char === '\\' && i + 1 < text.length) {
      i++
      take(text.charAt(i), LITERAL)
    } else if (closing !== null) {
      if (char === closing) closing = null
      else take(char, LITERAL)
    } else if (CLOSING[char] !== undefined) {
      closing = CLOSING[char]
      opened = i
    } else if (GROUPING.test(text.slice(i - 1, i + 2))) {
      take(' ', LITERAL)
    } else if (isSpace(char)) {
      break
    } else {
      take(char, char)
    }
  }
  const unclosed = closing === null ? null : opened
  return { start, end: i, negated, text: decoded, syntax, at, unclosed }
}

/** A part of a token, by character index, with its place in the query. */
export type Piece = {
  readonly text: string
  readonly syntax: string
  readonly offset: number
  readonly length: number
}

export function pieceOf(token: Token, from: number, to: number): Piece {
  const offset = token.at[from] ?? token.end
  const last = token.at[to - 1]
  return {
    text: token.text.slice(from, to),
    syntax: token.syntax.slice(from, to),
    offset,
    length: last === undefined || to <= from ? 0 : last + 1 - offset,
  }
}

const KEY = /^[\p{L}_][\p{L}\p{N}_.'’-]*:/u

/** Index of the colon after a key, or -1 for free text. A quoted colon does not count. */
export function colonOf(syntax: string): number {
  const key = KEY.exec(syntax)
  return key === null ? -1 : key[0].length - 1
}
