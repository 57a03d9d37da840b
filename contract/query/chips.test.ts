import { describe, expect, it } from 'vitest'
import type { Query, Term } from './ast.ts'
import {
  emptyQuery,
  normalise,
  parse,
  replaceKey,
  termsOf,
  VOCABULARIES,
  withoutTerm,
  withTerm,
} from './index.ts'

const { payments } = VOCABULARIES

function queryOf(text: string): Query {
  const read = parse(text, payments, { locale: 'en' })
  if (!read.ok) throw new Error(read.errors[0]?.sentence)
  return read.query
}

function termOf(text: string): Term {
  const [term] = queryOf(text).terms
  if (term === undefined) throw new Error('no term')
  return term
}

describe('chips', () => {
  it.each([
    ['status:failed,expired', 'key', 'status', false, 'is'],
    ['-amount:>100', 'key', 'amount', true, '>'],
    ['credited:>100,none', 'key', 'credited', false, 'mixed'],
    ['created:2026-10-01..2026-10-15', 'key', 'created', false, 'range'],
    ['name:dup*', 'key', 'name', false, 'prefix'],
    ['reason:none', 'key', 'reason', false, 'none'],
    ['meta.cart:A-17', 'key', 'meta.cart', false, 'is'],
    ['-is:manual', 'flag', 'manual', true, 'is'],
    ['has:customer', 'has', 'customer', false, 'is'],
    ['"Jean Dupont"', 'search', '', false, 'is'],
  ])('%s', (text, kind, key, negated, operator) => {
    expect(termsOf(queryOf(text))).toMatchObject([{ index: 0, kind, key, negated, operator, text }])
  })

  it('are the query: together they are its canonical text', () => {
    const query = queryOf('status:failed amount:10,20 is:manual dupont')
    expect(
      termsOf(query)
        .map(({ text }) => text)
        .join(' '),
    ).toBe(normalise(query))
  })
})

describe('editing', () => {
  it('adds a term once', () => {
    const once = withTerm(emptyQuery(payments), termOf('status:failed'))
    expect(normalise(withTerm(once, termOf('status:failed')))).toBe('status:failed')
    expect(normalise(withTerm(once, termOf('is:manual')))).toBe('status:failed is:manual')
  })

  it('removes by index', () => {
    expect(normalise(withoutTerm(queryOf('status:failed is:manual dupont'), 1))).toBe(
      'status:failed dupont',
    )
  })

  it.each([
    [
      'is:manual status:failed dupont status:open',
      'status:expired',
      'is:manual status:expired dupont',
    ],
    ['-status:failed dupont', 'status:expired', '-status:failed dupont status:expired'],
    ['', 'status:expired', 'status:expired'],
  ])('puts a new term in the place of the old: %s', (before, term, after) => {
    expect(normalise(replaceKey(queryOf(before), 'status', termOf(term)))).toBe(after)
  })

  it('takes a key out', () => {
    const query = queryOf('status:failed dupont -status:open')
    expect(normalise(replaceKey(query, 'status', null))).toBe('dupont -status:open')
  })
})
