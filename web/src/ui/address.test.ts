import { expect, it } from 'vitest'
import { parseSearch, stringifySearch } from './address.tsx'

it('a query survives the address as it is, readable where the address allows', () => {
  const search = { q: 'status:failed,open amount:>100 "a+b & c%"', mode: 'test' }
  const text = stringifySearch(search)
  expect(text).toBe('?q=status:failed,open+amount:%3E100+%22a%2Bb+%26+c%25%22&mode=test')
  expect(parseSearch(text)).toEqual(search)
})

it('numbers stay strings and empty values are dropped', () => {
  expect(parseSearch('?q=123&x=true')).toEqual({ q: '123', x: 'true' })
  expect(stringifySearch({ q: '123', after: undefined, sort: '' })).toBe('?q=123')
})
