import { describe, expect, it } from 'vitest'
import { en } from './en.ts'
import { fr } from './fr.ts'

/** Words that are the same in both languages. */
const SAME = new Set([
  '3-D Secure',
  'API',
  'American Express',
  'Diners Club',
  'Discover',
  'JCB',
  'Mastercard',
  'UnionPay',
  'Visa',
  'Bancontact',
  'Bitcoin',
  'Coinbase',
  'Mollie',
  'PayPal',
  'Stripe',
  'iDEAL',
  'Active',
  'E-mail',
  'Export',
  'Exports',
  'Florin',
  'Message',
  'Net',
  'TEST',
  'Test',
  'Transaction',
  'Transactions',
  'Type',
  'Source',
  'export',
  'exports',
  'transaction',
  'transactions',
])

type Tree = { readonly [key: string]: string | Tree }

function leaves(tree: Tree, at = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] => {
    const path = at === '' ? key : `${at}.${key}`
    return typeof value === 'string' ? [[path, value]] : leaves(value, path)
  })
}

const english = leaves(en)
const french = new Map(leaves(fr))
const HOLE = /\{\{\s*(\w+)[^}]*\}\}/g
const holes = (text: string) => [...text.matchAll(HOLE)].map(([, name]) => name).sort()
const wordsOf = (text: string) =>
  text.replaceAll(HOLE, '').replaceAll(/[^\p{L}\d]+$|^[^\p{L}\d]+/gu, '')

describe('the catalogues', () => {
  it('have the same keys', () => {
    expect([...french.keys()].sort()).toEqual(english.map(([key]) => key).sort())
  })

  it('hold no empty words', () => {
    const empty = [...english, ...french].filter(([, words]) => words.trim() === '')
    expect(empty).toEqual([])
  })

  it('take the same values', () => {
    const differing = english
      .filter(([key, words]) => String(holes(words)) !== String(holes(french.get(key) ?? '')))
      .map(([key]) => key)
      .filter((key) => !key.endsWith('_one'))
    expect(differing).toEqual([])
  })

  it('are translated: no French words equal the English, but for those listed', () => {
    const untranslated = english.filter(([key, words]) => {
      const said = wordsOf(words)
      return french.get(key) === words && /\p{L}/u.test(said) && !SAME.has(said)
    })
    expect(untranslated).toEqual([])
  })

  it('write French with a space before ; : ! ? and », which is then set narrow', () => {
    const wrong = [...french].filter(([, words]) => /[^\s?!…][;!?»]|[\p{L}\d}]:(\s|$)/u.test(words))
    expect(wrong).toEqual([])
  })
})
