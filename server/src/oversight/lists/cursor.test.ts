import { describe, expect, it } from 'vitest'
import { makeCursor, readCursor } from './cursor.ts'

const ID = 'pay_01jd0000000000000000000000'
const forged = (parts: unknown): string => Buffer.from(JSON.stringify(parts)).toString('base64url')

describe('a cursor', () => {
  it('comes back as the position it was made of', () => {
    const by = { id: ID, value: ID }
    expect(readCursor('a', 'id', makeCursor('a', by))).toEqual(by)
    const number = { id: ID, value: '49.90' }
    expect(readCursor('a', 'number', makeCursor('a', number))).toEqual(number)
    const time = { id: ID, value: '1764000000123456' }
    expect(readCursor('a', 'time', makeCursor('a', time))).toEqual(time)
  })

  it('of another search is refused', () => {
    expect(readCursor('b', 'id', makeCursor('a', { id: ID, value: ID }))).toBeNull()
  })

  it.each([
    '',
    'x',
    '💥',
    forged(null),
    forged({}),
    forged([]),
    forged(['x', ID, null]),
    `${makeCursor('a', { id: ID, value: ID })}x`,
  ])('that is damaged is refused: %s', (cursor) => {
    expect(readCursor('a', 'id', `${cursor}`)).toBeNull()
  })

  it.each(["'; drop table payments; --", '1e400', 'NaN', '', '-', '1'.repeat(40)])(
    'carries only values that PostgreSQL can read: %s',
    (value) => {
      const cursor = makeCursor('a', { id: ID, value })
      expect(readCursor('a', 'number', cursor)).toBeNull()
      expect(readCursor('a', 'time', cursor)).toBeNull()
    },
  )

  it('beyond the end of time is refused', () => {
    const cursor = makeCursor('a', { id: ID, value: '99999999999999999' })
    expect(readCursor('a', 'time', cursor)).toBeNull()
  })
})
