import { describe, expect, it } from 'vitest'
import type { Locale } from './ast.ts'
import { parse, suggest, VOCABULARIES } from './index.ts'

const { payments } = VOCABULARIES

/** The cursor stands at the bar. */
function offered(marked: string, locale: Locale = 'en') {
  const text = marked.replace('|', '')
  const { from, to, items, wants } = suggest(text, marked.indexOf('|'), payments, locale)
  const inserts = items.map(({ insert }) => insert)
  const accepted = items.map(({ insert }) => text.slice(0, from) + insert + text.slice(to))
  return { inserts, accepted, wants }
}

describe('suggestions', () => {
  it.each([
    ['sta|', ['status:'], 'status:'],
    ['dupont sta|', ['status:'], 'dupont status:'],
    ['-sta|', ['status:'], '-status:'],
    ['sta|:failed', ['status:'], 'status:failed'],
    ['parti|', ['is:partial', 'is:partly_refunded'], 'is:partial'],
    ['status:fa|', ['failed'], 'status:failed'],
    ['status:fa|iled,open', ['failed'], 'status:failed,open'],
    ['status:open,ex|', ['expired'], 'status:open,expired'],
    ['status:pai|', ['succeeded'], 'status:succeeded'],
    ['is:ma|', ['manual'], 'is:manual'],
    ['has:em|', ['email'], 'has:email'],
    ['created:yes|', ['yesterday'], 'created:yesterday'],
    ['created:>=yes|', ['yesterday'], 'created:>=yesterday'],
    ['created:2026-10-01..tod|', ['today'], 'created:2026-10-01..today'],
    ['currency:EUR,us|', ['USD', 'USN', 'USDC', 'USDT'], 'currency:EUR,USD'],
    ['reason:non|', ['unsupported', 'none'], 'reason:none'],
  ])('%s', (marked, inserts, first) => {
    const found = offered(marked)
    expect(found.inserts).toEqual(inserts)
    expect(found.accepted).toContain(first)
  })

  it('speak French to a French reader, and what they offer can be read', () => {
    expect(offered('mon|', 'fr').accepted).toContain('montant:')
    expect(offered('statut:|', 'fr').inserts).toContain('payé')
    for (const text of offered('statut:|', 'fr').accepted.concat(offered('est:|', 'fr').accepted)) {
      expect(parse(text, payments, { locale: 'fr' }).ok).toBe(true)
    }
  })

  it('offer the commonest filters at the start and after a space', () => {
    expect(offered('|').inserts.slice(0, 3)).toEqual(['status:', 'amount:', 'currency:'])
    expect(offered('dupont |').inserts).toHaveLength(12)
  })

  it('ask for data where the values are data', () => {
    expect(offered('gateway:str|').wants).toEqual({ key: 'gateway', prefix: 'str' })
    expect(offered('shop:"a|').wants).toBeNull()
    expect(offered('status:fa|').wants).toBeNull()
  })

  it('offer nothing inside quotes or under an unknown filter', () => {
    expect(offered('"sta|').inserts).toEqual([])
    expect(offered('foo:ba|').inserts).toEqual([])
  })
})
