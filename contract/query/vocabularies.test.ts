import { describe, expect, it } from 'vitest'
import { CURRENCIES } from '#server/kernel/currencies.ts'
import { PREFIX } from '#server/kernel/ids.ts'
import { DATE_WORDS } from './dates.ts'
import { fold } from './fold.ts'
import { prefixOf } from './ids.ts'
import { VOCABULARIES } from './index.ts'
import { CURRENCY_CODES } from './vocabularies/currencies.ts'
import { HAS, IS, namesOf, type WordSpec } from './vocabulary.ts'

type Table = Readonly<Record<string, WordSpec>>

function clashes(table: Table): string[] {
  const owners = new Map<string, string>()
  return Object.entries(table).flatMap(([canonical, spec]) =>
    [...new Set(namesOf(canonical, spec).map(fold))].flatMap((word) => {
      const owner = owners.get(word)
      owners.set(word, canonical)
      return owner === undefined ? [] : [`${word}: ${owner}, ${canonical}`]
    }),
  )
}

describe.each(Object.values(VOCABULARIES))('the words of $list', (vocabulary) => {
  const { keys, flags } = vocabulary
  const tables: [string, Table][] = [
    ['keys', { ...keys, is: IS, has: HAS }],
    ['flags', flags],
    ...Object.entries(keys).map(([key, { values = {} }]): [string, Table] => [key, values]),
  ]

  it.each(tables)('%s: one word means one thing', (_, table) => {
    expect(clashes(table)).toEqual([])
  })

  it.each(tables)('%s: a canonical word can be typed as it is', (_, table) => {
    for (const [canonical, spec] of Object.entries(table)) {
      expect(canonical).toBe(fold(canonical))
      for (const word of namesOf(canonical, spec)) expect(word).not.toMatch(/[\s,:"*<>\\]|\.\./)
    }
  })

  it('groups name stored values of their own list', () => {
    for (const { values = {} } of Object.values(keys)) {
      for (const { expands = [] } of Object.values(values)) {
        for (const stored of expands) expect(values[stored]?.expands).toBeUndefined()
        expect(Object.keys(values)).toEqual(expect.arrayContaining([...expands]))
      }
    }
  })
})

it('date words do not clash', () => {
  expect(clashes(DATE_WORDS)).toEqual([])
})

it('knows the currencies that the kernel knows', () => {
  expect(CURRENCY_CODES.toSorted()).toEqual(Object.keys(CURRENCIES).toSorted())
})

it('knows the id prefixes that the kernel makes', () => {
  for (const prefix of Object.values(PREFIX)) {
    expect(prefixOf(`${prefix}_01h455vb4pex5vsknk084sn02q`)).toBe(prefix)
  }
})
