import { describe, expect, it } from 'vitest'
import { en } from './en.ts'
import { fr } from './fr.ts'

/** Words that are the same in both languages. */
const SAME = new Set<string>([])

type Tree = { readonly [key: string]: string | Tree }

function leaves(tree: Tree, at = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] => {
    const path = at === '' ? key : `${at}.${key}`
    return typeof value === 'string' ? [[path, value]] : leaves(value, path)
  })
}

const english = leaves(en)
const french = new Map(leaves(fr))
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

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
    const untranslated = english.filter(
      ([key, words]) => french.get(key) === words && /\p{L}{2}/u.test(words) && !SAME.has(words),
    )
    expect(untranslated).toEqual([])
  })

  it('follow French typography: a narrow no-break space before ; ! ? and a no-break one before :', () => {
    const wrong = [...french].filter(([, words]) => /[^\u202f\u00a0\s(]?[ ][;!?:]|[^\s\u202f(][!?](\s|$)/.test(words))
    expect(wrong).toEqual([])
  })
})
