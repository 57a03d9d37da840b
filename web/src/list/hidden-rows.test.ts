import { expect, it } from 'vitest'
import { parse, termsOf, VOCABULARIES } from '#contract/query/index.ts'
import { byRowsHidden } from './hidden-rows.ts'

const parsed = parse('status:failed amount:>100 is:manual', VOCABULARIES.payments, { locale: 'en' })
const chips = parsed.ok ? termsOf(parsed.query) : []

it('puts first the filter whose removal brings back the most', () => {
  const reasons = byRowsHidden(chips, [
    { index: 0, term: 'status:failed', rows_without: 12 },
    { index: 1, term: 'amount:>100', rows_without: 1190 },
    { index: 2, term: 'is:manual', rows_without: 0 },
  ])
  expect(reasons.map(({ chip, hidden }) => [chip.text, hidden])).toEqual([
    ['amount:>100', 1190],
    ['status:failed', 12],
    ['is:manual', 0],
  ])
})

it('names every filter even where the server says nothing of it', () => {
  const reasons = byRowsHidden(chips, [])
  expect(reasons.map(({ hidden }) => hidden)).toEqual([null, null, null])
  expect(reasons.map(({ chip }) => chip.index)).toEqual([0, 1, 2])
})
