import { describe, expect, it } from 'vitest'
import { type ListName, parse, termsOf, VOCABULARIES } from '#contract/query/index.ts'
import { list as en } from '../i18n/list/en.ts'
import { list as fr } from '../i18n/list/fr.ts'
import type { WordGroup } from '../i18n/say.ts'
import { words as enWords } from '../i18n/words/en.ts'
import { words as frWords } from '../i18n/words/fr.ts'
import { chipWords, type Speech, valueWords } from './chip-words.ts'

type Table = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The catalogue itself, without the library that serves it to the pages. */
function speechOf(locale: 'en' | 'fr'): Speech {
  const words: Table = locale === 'en' ? enWords : frWords
  const chip: Readonly<Record<string, string>> = locale === 'en' ? en.chip : fr.chip
  const plural = new Intl.PluralRules(locale)
  return {
    locale,
    say: (group, code) => words[group]?.[code] ?? `missing ${group}.${code}`,
    nameOf: (id) => `…${id.slice(-6)}`,
    knows: (group, code) => words[group]?.[code] !== undefined,
    phrase: (name, fill) => {
      const form = typeof fill.count === 'number' ? `${name}_${plural.select(fill.count)}` : name
      return (chip[form] ?? `missing ${form}`).replaceAll(/\{\{(\w+)\}\}/g, (_, hole) =>
        String(fill[hole]),
      )
    },
  }
}

function spoken(q: string, locale: 'en' | 'fr' = 'en', list: ListName = 'payments'): string[] {
  const parsed = parse(q, VOCABULARIES[list], { locale: 'en' })
  if (!parsed.ok) throw new Error(parsed.errors[0]?.sentence)
  return termsOf(parsed.query).map((chip) => chipWords(chip, parsed.query, speechOf(locale)))
}

describe('a chip says', () => {
  it.each([
    ['status:failed,expired', 'Status: Failed, Expired'],
    ['status:unpaid', 'Status: Unpaid'],
    ['-status:failed', 'Status: not Failed'],
    ['amount:>100', 'Amount > 100'],
    ['amount:>=1234.5', 'Amount ≥ 1,234.5'],
    ['amount:10..20', 'Amount: 10 to 20'],
    ['created:last_month', 'Created: last month'],
    ['created:7d', 'Created: last 7 days'],
    ['created:2026-10', 'Created: October 2026'],
    ['created:>2026-10-01', 'Created: after 1 Oct 2026'],
    ['created:2026-10-01..2026-10-15', 'Created: 1 Oct 2026 to 15 Oct 2026'],
    ['is:needs_action', 'Action required'],
    ['-is:manual', 'Not: Marked by hand'],
    ['has:customer', 'With: Customer'],
    ['-has:customer', 'Without: Customer'],
    ['gateway:none', 'Gateway: none'],
    ['ref:A-*', 'Reference: A-…'],
    ['customer:cus_01k8ywes07e00aackhsw68gsk6', 'Customer: …68gsk6'],
    ['meta.order_ref:A-17', 'meta.order_ref: A-17'],
    ['"ana martín"', '“ana martín”'],
  ])('%s as %s', (q, words) => {
    expect(spoken(q)).toEqual([words])
  })

  it('the same in French', () => {
    expect(spoken('status:failed amount:>1234.5 created:7d', 'fr')).toEqual([
      'Statut : Échoué',
      'Montant > 1\u202f234,5',
      'Création : les 7 derniers jours',
    ])
  })
})

describe('the words of the query language', () => {
  const lists = Object.keys(VOCABULARIES) as ListName[]
  it.each(lists)('name every key, value and flag of %s in both languages', (list) => {
    const { keys, flags } = VOCABULARIES[list]
    for (const speech of [speechOf('en'), speechOf('fr')]) {
      const has = (group: WordGroup, code: string) => speech.knows(group, code)
      expect(Object.keys(keys).filter((key) => !has('filterKey', key))).toEqual([])
      expect(Object.keys(flags).filter((flag) => !has('flag', flag))).toEqual([])
      const unnamed = Object.entries(keys).flatMap(([key, { values = {} }]) =>
        Object.keys(values).filter((value) => valueWords(list, key, value, speech) === value),
      )
      expect(unnamed).toEqual([])
    }
  })
})
