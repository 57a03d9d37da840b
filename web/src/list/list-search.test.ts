import { describe, expect, it } from 'vitest'
import {
  directionOf,
  isFirstPage,
  nextSort,
  patchLimit,
  patchPage,
  patchQuery,
  readListSearch,
  requestOf,
} from './list-search.ts'

describe('the address of a list', () => {
  it('is read with the defaults filled in', () => {
    expect(readListSearch({})).toEqual({
      q: '',
      sort: undefined,
      after: undefined,
      before: undefined,
      columns: undefined,
      density: undefined,
      limit: 25,
      open: undefined,
    })
  })

  it('keeps what a person pasted and drops what means nothing', () => {
    const search = readListSearch({
      q: ' status:failed ',
      density: 'huge',
      limit: '7',
      mode: 'test',
    })
    expect(search).toMatchObject({ q: 'status:failed', density: undefined, limit: 25 })
    expect(readListSearch({ density: 'dense', limit: '100' })).toMatchObject({
      density: 'dense',
      limit: 100,
    })
  })

  it('stands on one page only', () => {
    const search = readListSearch({ after: 'a', before: 'b' })
    expect(search).toMatchObject({ after: 'a', before: undefined })
    expect(isFirstPage(search)).toBe(false)
    expect(isFirstPage(readListSearch({}))).toBe(true)
  })

  it('goes back to the first page with every other question', () => {
    expect(patchQuery('')).toEqual({
      q: undefined,
      after: undefined,
      before: undefined,
      open: undefined,
    })
    expect(patchLimit(25)).toMatchObject({ limit: undefined, after: undefined })
    expect(patchPage({ before: 'b' })).toMatchObject({ before: 'b', after: undefined })
  })

  it('is asked for in the words of the API', () => {
    const search = readListSearch({ q: 'status:failed', after: 'x', sort: 'amount', limit: '50' })
    expect(requestOf(search)).toEqual({
      q: 'status:failed',
      sort: 'amount',
      after: 'x',
      before: undefined,
      limit: 50,
    })
  })
})

describe('sorting', () => {
  it('goes down, up, and back to the usual order', () => {
    expect(nextSort('-created', 'amount', '-created')).toBe('-amount')
    expect(nextSort('-amount', 'amount', '-created')).toBe('amount')
    expect(nextSort('amount', 'amount', '-created')).toBeUndefined()
  })

  it('turns the usual order round and back', () => {
    expect(nextSort('-created', 'created', '-created')).toBe('created')
    expect(nextSort('created', 'created', '-created')).toBeUndefined()
  })

  it('names its direction', () => {
    expect(directionOf('-amount', 'amount')).toBe('descending')
    expect(directionOf('amount', 'amount')).toBe('ascending')
    expect(directionOf('-created', 'amount')).toBe('none')
  })
})
