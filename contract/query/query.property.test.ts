import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAmount } from './amounts.ts'
import type { Query, Term, Value } from './ast.ts'
import {
  matches,
  normalise,
  parse,
  type QueryRecord,
  resolve,
  suggest,
  VOCABULARIES,
  type Vocabulary,
} from './index.ts'
import { textOf, unique } from './normalise.ts'
import { searchTests } from './search-text.ts'
import type { KeySpec } from './vocabulary.ts'

const { payments } = VOCABULARIES
const zoned = { now_ms: Date.UTC(2026, 10, 20, 9), timeZone: 'Europe/Paris', vocabulary: payments }

const isClean = (text: string): boolean =>
  text.isWellFormed() && !/[\p{Cc}]/u.test(text.replace(/\s/g, '')) && text.trim() !== ''
const words = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(...'ab1 ",*\\<>:-.«»“”'), maxLength: 12 }),
    fc.constantFrom('none', 'aucun', 'is:test', '..', '1,2', '234', '-x', '10..20', '\u00a0a'),
  )
  .filter(isClean)

const amount = fc
  .tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.integer({ min: 0, max: 9 }))
  .map(([digits, places]) =>
    readAmount(`${digits}.${'9'.repeat(places)}`.replace(/\.$/, ''), false),
  )
  .map((text) => text ?? '0')
const day = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
  .chain((date) => fc.constantFrom(4, 7, 10).map((length) => date.toISOString().slice(0, length)))
const moment = fc.oneof(
  day,
  fc.constantFrom('today', 'last_month', 'this_quarter', '2026-10-01T14:00', '2026-10-01T14:00Z'),
)
const id = (prefix: string) => `${prefix}_01h455vb4pex5vsknk084sn02q`

const compared = (literal: fc.Arbitrary<string>): fc.Arbitrary<Value> =>
  fc.record({ op: fc.constantFrom('is', '>', '>=', '<', '<='), literal })
const is = (literal: fc.Arbitrary<string>): fc.Arbitrary<Value> =>
  literal.map((text) => ({ op: 'is', literal: text }))

function valueUnder(spec: KeySpec): fc.Arbitrary<Value> {
  const none: fc.Arbitrary<Value>[] = spec.nullable ? [fc.constant({ op: 'none' })] : []
  const span = is(fc.constantFrom('7d', '24h', '2w', '3mo'))
  const matched: fc.Arbitrary<Value> = fc.record({
    op: fc.constantFrom('is', 'prefix', 'suffix', 'contains'),
    literal: spec.exact === 'lower' ? words.map((text) => text.toLowerCase()) : words,
  })
  const kinds: Record<KeySpec['type'], fc.Arbitrary<Value>[]> = {
    enum: [is(fc.constantFrom(...Object.keys(spec.values ?? { x: 0 })))],
    code: [is(fc.constantFrom(...(spec.code?.known ?? [spec.code?.example ?? ''])))],
    money: [
      compared(amount),
      amount.map((text) => ({ op: 'range', from: text, to: '9000000000000' })),
    ],
    date: [compared(moment), span, moment.map((from) => ({ op: 'range', from, to: '2999-12-31' }))],
    id: [is(fc.constantFrom(...(spec.ids ?? ['pay']).map(id)))],
    text: [matched],
    name: [matched, ...(spec.ids === undefined ? [] : [is(fc.constant(id(spec.ids[0] ?? '')))])],
  }
  return fc.oneof(...kinds[spec.type], ...none)
}

function termOf(vocabulary: Vocabulary): fc.Arbitrary<Term> {
  const negated = fc.boolean()
  const metaSpec: KeySpec = { type: 'text', fr: '', nullable: true }
  const specs: [string, KeySpec][] = [...Object.entries(vocabulary.keys)]
  if (vocabulary.meta) specs.push(['meta.Order_ref-1', metaSpec])
  const key = fc.constantFrom(...specs).chain(([name, spec]) =>
    fc.record({
      kind: fc.constant('key' as const),
      key: fc.constant(name),
      type: fc.constant(spec.type),
      negated,
      values: fc.uniqueArray(valueUnder(spec), {
        minLength: 1,
        maxLength: 4,
        selector: (value) => JSON.stringify(value),
      }),
    }),
  )
  const nullable = specs.filter(([, spec]) => spec.nullable).map(([name]) => name)
  const search = words
    .map((text) => text.trim())
    .filter((text) => searchTests(text, vocabulary).length > 0)
  return fc.oneof(
    { weight: 4, arbitrary: key },
    fc.record({
      kind: fc.constant('flag' as const),
      flag: fc.constantFrom(...Object.keys(vocabulary.flags)),
      negated,
    }),
    fc.record({ kind: fc.constant('has' as const), key: fc.constantFrom(...nullable), negated }),
    fc.record({ kind: fc.constant('search' as const), text: search, negated }),
  )
}

const queryOf = (vocabulary: Vocabulary): fc.Arbitrary<Query> =>
  fc
    .array(termOf(vocabulary), { maxLength: 6 })
    .map((terms) => ({ list: vocabulary.list, terms: unique(terms, textOf) }))
    .filter((query) => normalise(query).length <= 2_000)

describe('round trip', () => {
  it.each(Object.values(VOCABULARIES))('$list: canonical text means the same query', (list) => {
    fc.assert(
      fc.property(queryOf(list), fc.constantFrom('en', 'fr'), (query, locale) => {
        expect(parse(normalise(query), list, { locale })).toEqual({ ok: true, query })
      }),
      { numRuns: 400 },
    )
  })

  it('whatever can be typed is refused with a place, or has a canonical form that stays', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .array(
          fc.constantFrom(
            ...'status:|amount:|montant:|created:|name:|is:|has:|meta.a:|-|,|..|>|<=|*|"|«|»|\\| '
              .split('|')
              .concat('10', '5,5', '1 234', 'failed', 'none', 'today', '7d', 'dupont', '\u202f'),
          ),
          { maxLength: 12 },
        )
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(typed, fc.constantFrom('en', 'fr'), (text, locale) => {
        const read = parse(text, payments, { locale })
        if (!read.ok) {
          expect(read.errors.length).toBeGreaterThan(0)
          for (const { position } of read.errors) {
            expect(position.offset).toBeGreaterThanOrEqual(0)
            expect(position.offset + position.length).toBeLessThanOrEqual(text.length)
          }
          return
        }
        const canonical = normalise(read.query)
        for (const again of ['en', 'fr'] as const) {
          const second = parse(canonical, payments, { locale: again })
          expect(second).toEqual(read)
        }
        resolve(read.query, zoned)
      }),
      { numRuns: 5_000 },
    )
  })
})

const rowOf: fc.Arbitrary<QueryRecord> = fc.record({
  status: fc.constantFrom('open', 'succeeded', 'failed', 'expired'),
  amount: fc.oneof(fc.constant('49.90'), amount),
  created: fc.integer({ min: Date.UTC(2026, 9, 1), max: Date.UTC(2026, 11, 1) }),
  reason: fc.constantFrom(null, 'card_declined', 'expired_card'),
  name: fc.oneof(fc.constant(null), words),
  customer: fc.constantFrom([], [id('cus'), 'Ana Dupont', 'ana@example.com']),
  gref: fc.constantFrom(null, 'pi_3Nabc123'),
  flags: fc.subarray(['test', 'manual', 'refunded']),
  meta: fc.constantFrom({}, { 'Order_ref-1': 'A-17' }),
})

describe('matching', () => {
  const passesAll = (query: Query, row: QueryRecord) => matches(resolve(query, zoned), row)

  it('a negated term passes exactly the rows that the plain one does not', () => {
    fc.assert(
      fc.property(termOf(payments), rowOf, (term, row) => {
        const only = (negated: boolean): Query => ({
          list: 'payments',
          terms: [{ ...term, negated }],
        })
        expect(passesAll(only(true), row)).toBe(!passesAll(only(false), row))
      }),
      { numRuns: 1_000 },
    )
  })

  it('terms are AND and values are OR', () => {
    fc.assert(
      fc.property(queryOf(payments), rowOf, (query, row) => {
        const alone = (term: Term) => passesAll({ list: 'payments', terms: [term] }, row)
        expect(passesAll(query, row)).toBe(query.terms.every(alone))
        for (const term of query.terms) {
          if (term.kind !== 'key') continue
          const one = (value: Value) => alone({ ...term, negated: false, values: [value] })
          expect(alone({ ...term, negated: false })).toBe(term.values.some(one))
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('> and <= divide the rows that have a value, and so do < and >=', () => {
    const rows = fc.record({ amount, created: fc.integer({ min: 0, max: 4e12 }) })
    const pair = fc.constantFrom(['>', '<='] as const, ['<', '>='] as const)
    const side = fc.oneof(
      fc.record({ key: fc.constant('amount'), type: fc.constant('money' as const), text: amount }),
      fc.record({ key: fc.constant('created'), type: fc.constant('date' as const), text: moment }),
    )
    fc.assert(
      fc.property(rows, pair, side, (row, [one, other], { key, type, text }) => {
        const passing = (op: '>' | '<=' | '<' | '>=') => {
          const values: Value[] = [{ op, literal: text }]
          const term: Term = { kind: 'key', key, type, negated: false, values }
          return passesAll({ list: 'payments', terms: [term] }, row)
        }
        expect(passing(one)).not.toBe(passing(other))
      }),
      { numRuns: 1_000 },
    )
  })
})

it('suggestions never fail, stay few and replace a part of the text', () => {
  const text = fc.string({
    unit: fc.constantFrom(...'status:amount>,. is"-é\u00a0fa'),
    maxLength: 30,
  })
  fc.assert(
    fc.property(text, fc.nat(30), fc.constantFrom('en', 'fr'), (typed, cursor, locale) => {
      const { from, to, items } = suggest(typed, cursor, payments, locale)
      expect(from).toBeGreaterThanOrEqual(0)
      expect(to).toBeGreaterThanOrEqual(from)
      expect(to).toBeLessThanOrEqual(typed.length)
      expect(items.length).toBeLessThanOrEqual(12)
    }),
    { numRuns: 2_000 },
  )
})
