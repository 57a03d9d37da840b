import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import { canonicalEntry, type EntryFacts, judgeHead, judgeLink } from './chain.ts'

const shuffled = (value: unknown, turn: number): unknown => {
  if (Array.isArray(value)) return value.map((inner) => shuffled(inner, turn))
  if (value === null || typeof value !== 'object') return value
  const fields = Object.entries(value).map(([key, inner]) => [key, shuffled(inner, turn)] as const)
  const at = fields.length === 0 ? 0 : turn % fields.length
  return Object.fromEntries([...fields.slice(at), ...fields.slice(0, at)].reverse())
}

describe('canonical JSON', () => {
  it('is the same whatever the order of keys and the spaces', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), (value, turn) => {
        const text = canonicalJson(JSON.stringify(value))
        expect(canonicalJson(JSON.stringify(shuffled(value, turn), null, 2))).toBe(text)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonicalJson(text)).toBe(text)
      }),
    )
  })

  it.each([
    ['{"b": 1, "a": [true, null, "é\\n"]}', '{"a":[true,null,"é\\n"],"b":1}'],
    ['{"n": 9007199254740993, "m": 1.10}', '{"m":1.10,"n":9007199254740993}'],
    ['{"a": [ ], "a!": {"x": { }}}', '{"a":[],"a!":{"x":{}}}'],
    ['["\\u00e9\\/", "\\\\", "a\\"b", "\\u001f"]', '["é/","\\\\","a\\"b","\\u001f"]'],
    ['{"\\u0062": 1, "a": -0.5e3}', '{"a":-0.5e3,"b":1}'],
    ['{"__proto__": {"a": 1}, "toString": 2}', '{"__proto__":{"a":1},"toString":2}'],
  ])('%s', (given, expected) => {
    expect(canonicalJson(given)).toBe(expected)
  })
})

it('covers every column: any change changes the bytes', () => {
  const entry = (change: Partial<EntryFacts['columns']>, data = '{"a":1}'): EntryFacts => ({
    ref: { kind: 'event', mode: 'test', entry_id: 'evt_1' },
    columns: { id: 'evt_1', mode: 'test', at_us: 1n, actor_id: null, ...(change as object) },
    json: { data },
  })
  const texts = [
    canonicalEntry('mer_1', entry({})),
    canonicalEntry('mer_2', entry({})),
    canonicalEntry('mer_1', entry({ at_us: 2n })),
    canonicalEntry('mer_1', entry({ actor_id: 'null' })),
    canonicalEntry('mer_1', entry({ mode: 'live' })),
    canonicalEntry('mer_1', entry({}, '{"a":2}')),
  ]
  expect(new Set(texts).size).toBe(texts.length)
})

describe('judging', () => {
  const hash = (digit: string) => digit.repeat(64)
  const first = {
    seq: 1n,
    kind: 'audit' as const,
    entry_mode: '',
    entry_id: 'aud_1',
    entry_sha256: hash('e'),
    prev_sha256: hash('0'),
    sha256: hash('1'),
  }
  const now = { entry_sha256: hash('e'), sha256: hash('1') }
  it.each([
    ['a good first link', {}, now, null],
    ['a gap', { seq: 2n }, now, 'link 1 is missing'],
    ['another beginning', { prev_sha256: hash('9') }, now, 'it does not follow the link before it'],
    ['an edited link', {}, { ...now, sha256: hash('2') }, 'the link was changed'],
    ['a deleted entry', {}, { ...now, entry_sha256: null }, 'the entry was deleted'],
    ['an edited entry', {}, { ...now, entry_sha256: hash('f') }, 'the entry was changed'],
  ])('%s', (_, change, recomputed, why) => {
    expect(judgeLink({ ...first, ...change }, null, recomputed)).toBe(why)
  })

  const head = { seq: 1n, sha256: hash('1'), link_sha256: hash('1'), beyond: false }
  it.each([
    ['the end as it should be', head, first, undefined],
    ['nothing sealed yet', { ...head, seq: 0n, link_sha256: null }, null, undefined],
    ['never used', { ...head, seq: null, link_sha256: null }, null, undefined],
    ['no head', { ...head, seq: null }, first, 'the head of the chain is gone'],
    [
      'a cut tail',
      { ...head, seq: 3n, link_sha256: null },
      first,
      'the chain ends at 1 and once ended at 3',
    ],
    ['links beyond', { ...head, beyond: true }, first, 'links stand after the end of the chain'],
    ['another head', { ...head, sha256: hash('7') }, first, 'the head names another last link'],
  ])('%s', (_, given, last, why) => {
    expect(judgeHead(given, last)[0]?.why).toBe(why)
  })
})
