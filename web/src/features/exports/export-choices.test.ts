import { expect, it } from 'vitest'
import { VOCABULARIES } from '#contract/query/index.ts'
import { readQuery } from '../../list/query-edit.ts'
import { exportBody, exportedQuery, usualChoices } from './export-choices.ts'

const parsed = readQuery('status:failed created:7d', VOCABULARIES.payments)
if (!parsed.ok) throw new Error('the query of this test is not understood')
const { query } = parsed
const view = { query, sort: '-created', columns: ['id', 'amount'] }
const usual = usualChoices('en')

it('exports what is shown: its query, its order, its columns', () => {
  expect(exportBody(usual, view, 'en')).toEqual({
    list: 'payments',
    q: 'status:failed created:7d',
    sort: '-created',
    columns: ['id', 'amount'],
    locale: 'en',
    separator: ',',
    bom: false,
  })
})

it('everything means no query and, with all columns, no choice of columns', () => {
  const body = exportBody({ ...usual, rows: 'everything', columns: 'all' }, view, 'en')
  expect(body).not.toHaveProperty('q')
  expect(body).not.toHaveProperty('columns')
})

it('another period takes the place of the one that is on', () => {
  const lastMonth = { ...usual, period: 'last_month' } as const
  expect(exportedQuery(lastMonth, query)).toBe('status:failed created:last_month')
  expect(exportedQuery({ ...lastMonth, rows: 'everything' }, query)).toBe('created:last_month')
})

it('starts from what a French spreadsheet opens', () => {
  expect(usualChoices('fr')).toMatchObject({ separator: ';', bom: true })
})
