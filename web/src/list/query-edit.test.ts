import { describe, expect, it } from 'vitest'
import { normalise, type ParseResult, type Query, VOCABULARIES } from '#contract/query/index.ts'
import {
  addTyped,
  boundsOf,
  hasFlag,
  readQuery,
  replaceTyped,
  sameQuery,
  textUnder,
  ticksOf,
  withBounds,
  withFlag,
  withoutLast,
  withText,
  withTicks,
} from './query-edit.ts'

const words = VOCABULARIES.payments

function queryOf(result: ParseResult): Query {
  if (!result.ok) throw new Error(result.errors[0]?.sentence)
  return result.query
}
const query = (q: string) => queryOf(readQuery(q === '' ? undefined : q, words))
const text = (result: ParseResult) => normalise(queryOf(result))

describe('typing', () => {
  it('adds to what is on, and the same twice once', () => {
    const on = query('status:failed')
    expect(text(addTyped(on, 'amount:>100 status:failed', words, 'en'))).toBe(
      'status:failed amount:>100',
    )
  })

  it('reads the words and decimals of the reader', () => {
    expect(text(addTyped(query(''), 'montant:>100,50', words, 'fr'))).toBe('amount:>100.5')
  })

  it('changes nothing when it is not understood', () => {
    const result = addTyped(query('status:failed'), 'statsu:open', words, 'en')
    expect(result.ok).toBe(false)
    expect(!result.ok && result.errors[0]?.candidates).toContain('status')
  })

  it('puts an edited term in the place of the old one', () => {
    const on = query('status:failed amount:>100 is:manual')
    expect(text(replaceTyped(on, 1, 'amount:>200', words, 'en'))).toBe(
      'status:failed amount:>200 is:manual',
    )
    expect(text(replaceTyped(on, 1, '', words, 'en'))).toBe('status:failed is:manual')
  })

  it('takes the last one away', () => {
    expect(normalise(withoutLast(query('status:failed is:manual')))).toBe('status:failed')
    expect(withoutLast(query('')).terms).toEqual([])
  })
})

describe('controls', () => {
  it('tick values of one key', () => {
    const on = query('status:failed,open -status:expired')
    expect(ticksOf(on, 'status')).toEqual(['failed', 'open'])
    expect(normalise(withTicks(on, words, 'status', ['succeeded']))).toBe(
      'status:succeeded -status:expired',
    )
    expect(normalise(withTicks(on, words, 'status', []))).toBe('-status:expired')
  })

  it('look for any part of a text, and quote what needs it', () => {
    const on = withText(query('status:failed'), words, 'customer', ' Ana "la" Martín: 3 ')
    expect(textUnder(query(normalise(on)), 'customer')).toBe('Ana "la" Martín: 3')
    expect(normalise(withText(query(''), words, 'email', '@example.com'))).toBe(
      'email:*@example.com*',
    )
    expect(normalise(withText(query(''), words, 'gateway', 'Sandbox'))).toBe('gateway:sandbox')
    expect(normalise(withText(on, words, 'customer', ' '))).toBe('status:failed')
  })

  it('set and read both ends of a range', () => {
    const set = (from: string, to: string) =>
      withBounds(query('amount:5 status:failed'), words, 'amount', { from, to })
    expect(text(set('1234.5', ''))).toBe('amount:>=1234.5 status:failed')
    expect(text(set('10', '20'))).toBe('amount:10..20 status:failed')
    expect(text(set('', '20'))).toBe('amount:<=20 status:failed')
    expect(text(set('', ''))).toBe('status:failed')
    expect(set('20', '10').ok).toBe(false)
    expect(boundsOf(query('amount:10..20'), 'amount')).toEqual({ from: '10', to: '20' })
    expect(boundsOf(query('amount:<=20'), 'amount')).toEqual({ from: '', to: '20' })
    expect(boundsOf(query('created:last_month'), 'created')).toEqual({ from: '', to: '' })
  })

  it('switch flags', () => {
    const on = withFlag(query('status:failed'), 'manual', true)
    expect(normalise(on)).toBe('status:failed is:manual')
    expect(hasFlag(on, 'manual')).toBe(true)
    expect(hasFlag(query('-is:manual'), 'manual')).toBe(false)
    expect(normalise(withFlag(on, 'manual', false))).toBe('status:failed')
  })
})

it('a view is its canonical text', () => {
  expect(sameQuery(query('status:UNPAID'), 'status:unpaid')).toBe(true)
  expect(sameQuery(query('status:unpaid is:manual'), 'status:unpaid')).toBe(false)
})
