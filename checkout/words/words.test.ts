import { describe, expect, it } from 'vitest'
import { fill, fillText } from './catalogue.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'

type Tree = { readonly [key: string]: string | Tree }

const leaves = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : leaves(value, `${path}${key}.`),
  )

const places = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)

const ENGLISH = new Map(leaves(en))
const FRENCH = new Map(leaves(fr))

describe('the words', () => {
  it('are complete in both languages', () => {
    expect([...FRENCH.keys()]).toEqual([...ENGLISH.keys()])
    for (const [, sentence] of [...ENGLISH, ...FRENCH]) expect(sentence.trim()).not.toBe('')
  })

  it('name the same places in both languages', () => {
    for (const [key, sentence] of ENGLISH) {
      expect(places(FRENCH.get(key) ?? '').sort(), key).toEqual(places(sentence).sort())
    }
  })

  it('are not left in English on a French page', () => {
    const same = [...ENGLISH].filter(
      ([key, text]) => text === FRENCH.get(key) && /[a-z]/.test(text),
    )
    expect(same.map(([key]) => key)).toEqual(['summary.total', 'receipt.total'])
  })

  it('say vous, and set French signs apart with a space that does not break', () => {
    for (const [key, sentence] of FRENCH) {
      expect(sentence, key).not.toMatch(/\b(tu|ton|ta|tes|toi)\b/i)
      expect(sentence, key).not.toMatch(/\S[:?!;]|[^\u00a0\u202f][:?!;](\s|$)/)
      expect(sentence, key).not.toContain("'")
    }
  })
})

describe('filling', () => {
  it('takes what is given as text, never as a place of its own', () => {
    expect(fillText('{a} and {b}', { a: '{b}', b: '$&' })).toBe('{b} and $&')
  })

  it('finds a sentence whose place nobody fills', () => {
    expect(() => fillText('Pay {amount}', {})).toThrow('{amount}')
    expect(() => fill('Pay {amount}', {})).toThrow('{amount}')
  })
})
