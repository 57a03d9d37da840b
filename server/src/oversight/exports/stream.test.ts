import { describe, expect, it } from 'vitest'
import { afterFirstLine, readManifest, rowCounter } from './stream.ts'

async function* chunks(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function split(text: string, size: number): Promise<{ line: string; rest: string }> {
  const heard: string[] = []
  const rest: Buffer[] = []
  const source = afterFirstLine(chunks(text, size), (line) => heard.push(line))
  for await (const bytes of source) rest.push(bytes)
  expect(heard).toHaveLength(1)
  return { line: heard[0] ?? '', rest: Buffer.concat(rest).toString() }
}

describe('the stream of an export', () => {
  it.each([1, 2, 7, 100])('gives up its first line in pieces of %i bytes', async (size) => {
    const text = '"EUR:1:100",""\n"é","a\nb"\n"c",""\n'
    expect(await split(text, size)).toEqual({ line: '"EUR:1:100",""', rest: text.slice(15) })
  })

  it('without a first line is a fault', async () => {
    await expect(split('"EUR:1:100"', 4)).rejects.toThrow('before its first line')
  })

  it.each([1, 3, 100])('counts rows, not lines, in pieces of %i bytes', async (size) => {
    const count = rowCounter()
    let rows = 0
    for await (const bytes of chunks('"a\nb","say ""x""\n"\n"",""\n"é"\n', size))
      rows = count(bytes)
    expect(rows).toBe(3)
  })

  it('begins with its sums', () => {
    expect(readManifest('"EUR:3:12345;JPY:1:500","",""')).toEqual({
      rows: 4,
      sums: [
        { currency: 'EUR', count: 3, amount: '12345' },
        { currency: 'JPY', count: 1, amount: '500' },
      ],
    })
    expect(readManifest('"",""')).toEqual({ rows: 0, sums: [] })
    expect(() => readManifest('"pay_01","10.00"')).toThrow('begins with its sums')
  })
})
