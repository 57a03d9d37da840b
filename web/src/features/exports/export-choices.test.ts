import { expect, it } from 'vitest'
import { exportBody, usualChoices } from './export-choices.ts'

const view = { q: 'status:failed', sort: '-created', columns: ['id', 'amount'] }

it('exports what is shown: its query, its order, its columns', () => {
  expect(exportBody(usualChoices('en'), view, 'en')).toEqual({
    list: 'payments',
    q: 'status:failed',
    sort: '-created',
    columns: ['id', 'amount'],
    locale: 'en',
    separator: ',',
    bom: false,
  })
})

it('everything means no query and, with all columns, no choice of columns', () => {
  const choices = { ...usualChoices('en'), rows: 'everything', columns: 'all' } as const
  const body = exportBody(choices, view, 'en')
  expect(body).not.toHaveProperty('q')
  expect(body).not.toHaveProperty('columns')
})

it('starts from what a French spreadsheet opens', () => {
  expect(usualChoices('fr')).toMatchObject({ separator: ';', bom: true })
})
