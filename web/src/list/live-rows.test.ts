import { describe, expect, it } from 'vitest'
import { countNew, inPlace } from './live-rows.ts'

const row = (id: string, version = 1) => ({ id, version })

describe('rows in place', () => {
  it('take their newest state and keep their places', () => {
    const shown = [row('a'), row('b'), row('c')]
    const rows = inPlace(shown, [row('new'), row('c', 2), row('a')])
    expect(rows).toEqual([row('a'), row('b'), row('c', 2)])
    expect(rows[0]).toBe(shown[0])
  })

  it('never go back to an older state', () => {
    const shown = [row('a', 3)]
    expect(inPlace(shown, [row('a', 2)])).toBe(shown)
  })

  it('take any difference where they have no version', () => {
    const shown = [{ id: 'a', rows_done: 1 }]
    expect(inPlace(shown, [{ id: 'a', rows_done: 2 }])).toEqual([{ id: 'a', rows_done: 2 }])
    expect(inPlace(shown, [{ id: 'a', rows_done: 1 }])).toBe(shown)
  })
})

describe('new rows', () => {
  const shown = [row('b'), row('c')]

  it('are those the screen does not have', () => {
    expect(countNew(shown, [row('x'), row('y'), row('b'), row('c')], false)).toBe(2)
    expect(countNew(shown, shown, true)).toBe(0)
  })

  it('are not those that came up from the next page because others left', () => {
    expect(countNew(shown, [row('x'), row('c'), row('d')], true)).toBe(1)
  })

  it('may all be new', () => {
    expect(countNew(shown, [row('x'), row('y')], true)).toBe(2)
    expect(countNew([], [row('x')], false)).toBe(1)
  })
})
