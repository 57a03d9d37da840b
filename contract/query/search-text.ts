import { readAmount } from './amounts.ts'
import type { Test } from './ast.ts'
import { prefixOf } from './ids.ts'
import { MIN_SEARCH_CHARS } from './limits.ts'
import type { KeySpec, ReadingKind, Vocabulary } from './vocabulary.ts'

/** One thing a piece of free text may be. */
export type Reading =
  | { readonly as: 'id'; readonly id: string; readonly prefix: string }
  | { readonly as: 'amount'; readonly amount: string }
  | { readonly as: 'email' | 'last4' | 'gateway_ref' | 'fragment'; readonly text: string }

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
/** A gateway's own id: one word of 8 or more with a letter and a digit, as `pi_3Nabc` or a UUID. */
const OPAQUE = /^(?=.*[0-9])(?=.*[A-Za-z])[\w.:/+=-]{8,}$/
/** `1,234.50` and `1.234,50` */
const GROUPED = /^[0-9]{1,3}(?:([.,])[0-9]{3})+(?!\1)[.,][0-9]+$/

/** Everything free text may be, likeliest first. An id of ours and a whole e-mail are only that. */
export function classifyText(text: string): Reading[] {
  const id = text.toLowerCase()
  const prefix = prefixOf(id)
  if (prefix !== null) return [{ as: 'id', id, prefix }]
  if (EMAIL.test(text)) return [{ as: 'email', text }]
  const readings: Reading[] = amountsIn(text).map((amount) => ({ as: 'amount', amount }))
  if (/^[0-9]{4}$/.test(text)) readings.push({ as: 'last4', text })
  if (OPAQUE.test(text)) readings.push({ as: 'gateway_ref', text })
  if (text.length >= MIN_SEARCH_CHARS) readings.push({ as: 'fragment', text })
  return readings
}

/** `1,234` is 1.234 to one reader and 1234 to another: free text is looked up as both. */
function amountsIn(text: string): string[] {
  const separator = GROUPED.exec(text)?.[1]
  const joined = separator === undefined ? text : text.replaceAll(separator, '')
  const readings = [readAmount(joined, true)]
  if (/^[0-9]{1,3}(?:,[0-9]{3})+$/.test(text))
    readings.push(readAmount(text.replaceAll(',', ''), false))
  return [...new Set(readings)].filter((amount) => amount !== null)
}

/** The tests a free text stands for in one list; none when it is too short or of another list. */
export function searchTests(text: string, vocabulary: Vocabulary): Test[] {
  const readings = classifyText(text)
  const tests = readings.flatMap((reading) => testsFor(reading, vocabulary))
  const email = readings.find((reading) => reading.as === 'email')
  if (tests.length > 0 || email === undefined) return tests
  return testsFor({ as: 'fragment', text }, vocabulary)
}

function testsFor(reading: Reading, vocabulary: Vocabulary): Test[] {
  return Object.entries(vocabulary.keys)
    .filter(([, spec]) => looksInto(spec, reading))
    .map(([key]) => testOf(key, reading))
}

const looksInto = (spec: KeySpec, reading: Reading): boolean =>
  reading.as === 'id'
    ? (spec.ids?.includes(reading.prefix) ?? false)
    : (spec.search?.includes(reading.as satisfies ReadingKind) ?? false)

function testOf(key: string, reading: Reading): Test {
  switch (reading.as) {
    case 'id':
      return { test: 'one_of', key, values: [reading.id] }
    case 'amount':
      return { test: 'money', key, op: '=', amount: reading.amount }
    case 'last4':
    case 'gateway_ref':
      return { test: 'one_of', key, values: [reading.text] }
    case 'fragment':
      return { test: 'text', key, match: 'contains', text: reading.text }
    case 'email':
      return { test: 'text', key, match: 'equals', text: reading.text }
  }
}
