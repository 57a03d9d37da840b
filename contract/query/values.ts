import { compareAmounts, readAmount } from './amounts.ts'
import type { Comparison, Locale, Match, Value, ValueType } from './ast.ts'
import { DATE_WORDS, isReversed, isSpan, readDate } from './dates.ts'
import { nearest } from './fold.ts'
import { prefixOf } from './ids.ts'
import type { Piece } from './lex.ts'
import { MAX_CANDIDATES } from './limits.ts'
import type { Problems } from './problems.ts'
import {
  isWord,
  type KeySpec,
  lookUp,
  NONE,
  nameIn,
  type Vocabulary,
  wordsOf,
} from './vocabulary.ts'

/** Where a value stands: its key, and what its readers need. */
export type Setting = {
  readonly key: string
  readonly spec: KeySpec
  readonly vocabulary: Vocabulary
  readonly locale: Locale
  readonly problems: Problems
}

type Reader = (piece: Piece, setting: Setting) => Value | null

const READERS: Readonly<Record<ValueType, Reader>> = {
  enum: readEnum,
  code: readCode,
  money: (piece, setting) => readOrdered(piece, setting, amountIn),
  date: (piece, setting) => readOrdered(piece, setting, dateIn),
  id: readId,
  text: readText,
  name: readText,
}

/** One value; null after a problem has been added. */
export function readValue(piece: Piece, setting: Setting): Value | null {
  const { spec, problems } = setting
  const fill = { key: shown(setting) }
  if (piece.text.trim() === '') return problems.add('missing_value', piece, { fill })
  if (isWord('none', NONE, piece.syntax)) {
    return spec.nullable ? { op: 'none' } : problems.add('always_present', piece, { fill })
  }
  const ordered = spec.type === 'money' || spec.type === 'date'
  if (!ordered && /^[<>]/.test(piece.syntax)) {
    return problems.add('not_comparable', piece, { fill })
  }
  return READERS[spec.type](piece, setting)
}

const shown = ({ key, spec, locale }: Setting): string =>
  key.startsWith('meta.') ? key : nameIn(locale, key, spec)

function readEnum(piece: Piece, setting: Setting): Value | null {
  const { spec, vocabulary, locale, problems } = setting
  const values = spec.values ?? {}
  const literal = lookUp(values, piece.text)
  if (literal !== undefined) return { op: 'is', literal }
  const example = Object.entries(values)
    .slice(0, MAX_CANDIDATES)
    .map(([value, word]) => nameIn(locale, value, word))
    .join(', ')
  const fill = { key: shown(setting), word: piece.text, example }
  const flag = spec.flagWords ? lookUp(vocabulary.flags, piece.text) : undefined
  if (flag !== undefined) {
    const name = nameIn(locale, flag, vocabulary.flags[flag])
    const more = { fill: { ...fill, flag: name }, candidates: [] }
    return problems.add('flag_in_list', piece, more)
  }
  const candidates = nearest(piece.text, wordsOf(values))
  const names = candidates.map((value) => nameIn(locale, value, values[value]))
  return problems.add('unknown_value', piece, { fill, candidates, shown: names })
}

function readCode(piece: Piece, setting: Setting): Value | null {
  const { spec, problems } = setting
  const { pattern, example, known } = spec.code ?? { pattern: /./, example: '' }
  const literal = piece.text.toUpperCase()
  if (pattern.test(literal) && (known?.includes(literal) ?? true)) return { op: 'is', literal }
  const words = new Map(known?.map((code) => [code.toLowerCase(), code]))
  const fill = { key: shown(setting), word: piece.text, example }
  return problems.add('unknown_value', piece, { fill, candidates: nearest(piece.text, words) })
}

function readId(piece: Piece, setting: Setting): Value | null {
  const { spec, problems } = setting
  const literal = piece.text.toLowerCase()
  const prefix = prefixOf(literal)
  if (prefix !== null && spec.ids?.includes(prefix)) return { op: 'is', literal }
  const example = spec.ids?.map((known) => `${known}_`).join(', ') ?? ''
  return problems.add('bad_id', piece, { fill: { key: shown(setting), word: piece.text, example } })
}

function readText(piece: Piece, setting: Setting): Value | null {
  const { text, syntax } = piece
  const { spec, problems } = setting
  const starts = syntax.startsWith('*') ? 1 : 0
  const ends = syntax.length > 1 && syntax.endsWith('*') ? 1 : 0
  const literal = text.slice(starts, text.length - ends)
  const stars = syntax.slice(starts, text.length - ends).includes('*')
  if (stars || literal.trim() === '') {
    return problems.add('wildcard_misplaced', piece, { fill: { word: text } })
  }
  const match: 'is' | Match = starts ? (ends ? 'contains' : 'suffix') : ends ? 'prefix' : 'is'
  if (match !== 'is') return { op: match, literal }
  if (spec.ids !== undefined && prefixOf(literal) !== null) return readId(piece, setting)
  return { op: 'is', literal: spec.exact === 'lower' ? literal.toLowerCase() : literal }
}

type ReadLiteral = (typed: string, piece: Piece, setting: Setting) => string | null

function amountIn(typed: string, piece: Piece, { locale, problems }: Setting): string | null {
  const amount = readAmount(typed, locale === 'fr')
  return amount ?? problems.add('bad_amount', piece, { fill: { word: piece.text } })
}

function dateIn(typed: string, piece: Piece, { locale, problems }: Setting): string | null {
  const date = readDate(typed)
  if (date !== null) return date
  const candidates = nearest(typed, wordsOf(DATE_WORDS))
  const names = candidates.map((word) =>
    nameIn(locale, word, DATE_WORDS[word as keyof typeof DATE_WORDS]),
  )
  return problems.add('bad_date', piece, { fill: { word: typed }, candidates, shown: names })
}

/** Amounts and dates: a literal, a comparison, or a range with one or both ends. */
function readOrdered(piece: Piece, setting: Setting, read: ReadLiteral): Value | null {
  const op = /^(?:>=|<=|>|<)/.exec(piece.syntax)?.[0] as Comparison | undefined
  const skip = op?.length ?? 0
  const text = piece.text.slice(skip)
  const dots = piece.syntax.slice(skip).indexOf('..')
  if (dots >= 0 && op === undefined) return readRange(piece, dots, setting, read)
  if (text === '') {
    return setting.problems.add('missing_value', piece, { fill: { key: shown(setting) } })
  }
  const literal = read(text, piece, setting)
  if (literal === null) return null
  return compared(op ?? 'is', literal, piece, setting)
}

function compared(op: 'is' | Comparison, literal: string, piece: Piece, setting: Setting) {
  if (op !== 'is' && setting.spec.type === 'date' && isSpan(literal)) {
    return refuseSpan(literal, piece, setting)
  }
  return { op, literal }
}

const refuseSpan = (word: string, piece: Piece, setting: Setting): null =>
  setting.problems.add('span_alone', piece, { fill: { word, key: shown(setting) } })

function readRange(piece: Piece, dots: number, setting: Setting, read: ReadLiteral): Value | null {
  const [low, high] = [piece.text.slice(0, dots), piece.text.slice(dots + 2)]
  const fill = { key: shown(setting), word: piece.text }
  if (low === '' && high === '') return setting.problems.add('missing_value', piece, { fill })
  const from = low === '' ? null : read(low, piece, setting)
  const to = high === '' ? null : read(high, piece, setting)
  if (low === '') return to === null ? null : compared('<=', to, piece, setting)
  if (high === '') return from === null ? null : compared('>=', from, piece, setting)
  if (from === null || to === null) return null
  if (setting.spec.type === 'money') {
    const fits = compareAmounts(from, to) <= 0
    return fits
      ? { op: 'range', from, to }
      : setting.problems.add('range_reversed', piece, { fill })
  }
  const span = [from, to].find(isSpan)
  if (span !== undefined) return refuseSpan(span, piece, setting)
  if (isReversed(from, to)) return setting.problems.add('range_reversed', piece, { fill })
  return { op: 'range', from, to }
}
