import { THOUSANDS } from './amounts.ts'
import type { KeyTerm, Query, SearchTerm, Term, Value } from './ast.ts'
import { colonOf } from './lex.ts'
import { isWord, NONE } from './vocabulary.ts'

/** The canonical text of a query: English words, dots, as little quoting as possible. */
export const normalise = ({ terms }: Query): string =>
  terms
    .map((term, i) => (isSplitAmount(terms[i - 1], term) ? quoted(term) : textOf(term)))
    .join(' ')

/** `amount:>1 234` would look like an amount with a space in it, so the text 234 is quoted. */
const isSplitAmount = (before: Term | undefined, term: Term): term is SearchTerm =>
  before?.kind === 'key' &&
  before.type === 'money' &&
  term.kind === 'search' &&
  THOUSANDS.test(term.text)

const quoted = ({ negated, text }: SearchTerm): string => (negated ? '-' : '') + quote(text)

export function textOf(term: Term): string {
  const sign = term.negated ? '-' : ''
  switch (term.kind) {
    case 'flag':
      return `${sign}is:${term.flag}`
    case 'has':
      return `${sign}has:${term.key}`
    case 'search':
      return sign + (isPlainSearch(term.text) ? term.text : quote(term.text))
    case 'key':
      return `${sign}${term.key}:${valuesText(term)}`
  }
}

function valuesText({ type, values }: KeyTerm): string {
  const texts = values.map((value) => valueText(value, type === 'text' || type === 'name'))
  if (type !== 'money') return texts.join(',')
  return texts.map((text, i) => withoutDecimalComma(text, texts[i + 1])).join(',')
}

/** `10,20` would be 10.20 to a French reader, so the list is written `10.0,20`. */
const withoutDecimalComma = (text: string, next = ''): string =>
  /[0-9]$/.test(text) && /^[0-9]/.test(next) && !/(?<!\.)\.[0-9]+$/.test(text) ? `${text}.0` : text

function valueText(value: Value, isText: boolean): string {
  if (value.op === 'none') return 'none'
  if (value.op === 'range') return `${value.from}..${value.to}`
  const text = isText && !isPlainValue(value.literal) ? quote(value.literal) : value.literal
  if (value.op === 'is') return text
  if (value.op === 'prefix') return `${text}*`
  if (value.op === 'suffix') return `*${text}`
  if (value.op === 'contains') return `*${text}*`
  return value.op + text
}

const SPECIAL = /[\s"“«\\]/

const isPlainValue = (text: string): boolean =>
  !SPECIAL.test(text) && !/^[<>]|[,*]/.test(text) && !isWord('none', NONE, text)

const isPlainSearch = (text: string): boolean =>
  !SPECIAL.test(text) && !/^[-<>*]|\*$/.test(text) && colonOf(text) < 0

const quote = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`

/** Keeps the first of each name. */
export function unique<T>(items: readonly T[], name: (item: T) => string): T[] {
  const seen = new Set<string>()
  return items.filter((item) => seen.size < seen.add(name(item)).size)
}
