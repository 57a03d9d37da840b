import { describe, expect, it } from 'vitest'
import { pickLocale } from './languages.ts'

const none = { query: null, link: null, customer: null, acceptLanguage: null, org: null }

describe('pickLocale', () => {
  it('takes the address, then the link, the customer, the browser, the organisation', () => {
    const all = { query: 'fr', link: 'en', customer: 'en', acceptLanguage: 'en', org: 'en' }
    expect(pickLocale(all)).toBe('fr')
    expect(pickLocale({ ...none, link: 'fr', customer: 'en' })).toBe('fr')
    expect(pickLocale({ ...none, customer: 'fr-CA', acceptLanguage: 'en' })).toBe('fr')
    expect(pickLocale({ ...none, acceptLanguage: 'fr', org: 'en' })).toBe('fr')
    expect(pickLocale({ ...none, org: 'fr' })).toBe('fr')
    expect(pickLocale(none)).toBe('en')
  })

  it('passes over languages that we do not speak', () => {
    expect(pickLocale({ ...none, query: 'de', link: 'fr' })).toBe('fr')
    expect(pickLocale({ ...none, query: '"><script>', org: 'fr' })).toBe('fr')
  })

  it.each([
    ['fr-FR,fr;q=0.9,en;q=0.8', 'fr'],
    ['de-DE,de;q=0.9,en;q=0.5,fr;q=0.7', 'fr'],
    ['en;q=0.8,fr;q=0.8', 'en'],
    ['fr;q=0,en;q=0.1', 'en'],
    ['fr;q=oops,en;q=0.1', 'en'],
    ['*', 'en'],
    [',,;q=', 'en'],
  ])('reads Accept-Language %j as %s', (acceptLanguage, locale) => {
    expect(pickLocale({ ...none, acceptLanguage })).toBe(locale)
  })
})
