import { type Locale, normalise, type Query, VOCABULARIES } from '#contract/query/index.ts'
import { withTicks } from '../../list/query-edit.ts'

export const PERIODS = ['', 'today', 'yesterday', 'this_month', 'last_month'] as const
export type Period = (typeof PERIODS)[number]

/** What the dialog asks; together with the view it is the body of `POST /v1/exports`. */
export type ExportChoices = {
  readonly rows: 'view' | 'everything'
  /** A date word in the place of the view's own period; empty: as it is. */
  readonly period: Period
  readonly columns: 'visible' | 'all'
  readonly separator: ',' | ';'
  readonly bom: boolean
}

/** French spreadsheets want semicolons and a mark that says the text is UTF-8. */
export const usualChoices = (locale: Locale): ExportChoices => ({
  rows: 'view',
  period: '',
  columns: 'visible',
  separator: locale === 'fr' ? ';' : ',',
  bom: locale === 'fr',
})

export type ExportedView = {
  readonly query: Query
  readonly sort: string
  readonly columns: readonly string[]
}

/** The query of the rows in the file. */
export function exportedQuery({ rows, period }: ExportChoices, query: Query): string {
  const asked = rows === 'view' ? query : { ...query, terms: [] }
  if (period === '') return normalise(asked)
  return normalise(withTicks(asked, VOCABULARIES.payments, 'created', [period]))
}

export function exportBody(choices: ExportChoices, view: ExportedView, locale: Locale) {
  const { separator, bom } = choices
  const q = exportedQuery(choices, view.query)
  return {
    list: 'payments' as const,
    ...(q === '' ? {} : { q }),
    sort: view.sort,
    ...(choices.columns === 'visible' ? { columns: [...view.columns] } : {}),
    locale,
    separator,
    bom,
  }
}
