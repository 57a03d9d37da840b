import { expect, it } from 'vitest'
import { normalise, VOCABULARIES, type Vocabulary } from '#contract/query/index.ts'
import { readQuery } from '../../list/query-edit.ts'
import { PAYMENT_VIEWS } from './payment-views.ts'

const canonical = (q: string, vocabulary: Vocabulary) => {
  const parsed = readQuery(q === '' ? undefined : q, vocabulary)
  return parsed.ok ? normalise(parsed.query) : parsed.errors[0]?.sentence
}

it('every view is a query in canonical form, so that its tab knows when it is on', () => {
  for (const q of Object.values(PAYMENT_VIEWS)) {
    expect(canonical(q, VOCABULARIES.payments)).toBe(q)
  }
})
