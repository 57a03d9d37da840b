import type { Locale } from '#contract/query/index.ts'

/** What the dialog asks; together with the view it is the body of `POST /v1/exports`. */
export type ExportChoices = {
  readonly rows: 'view' | 'everything'
  readonly columns: 'visible' | 'all'
  readonly separator: ',' | ';'
  readonly bom: boolean
}

/** French spreadsheets want semicolons and a mark that says the text is UTF-8. */
export const usualChoices = (locale: Locale): ExportChoices => ({
  rows: 'view',
  columns: 'visible',
  separator: locale === 'fr' ? ';' : ',',
  bom: locale === 'fr',
})

export type ExportedView = {
  readonly q: string
  readonly sort: string
  readonly columns: readonly string[]
}

export function exportBody(choices: ExportChoices, view: ExportedView, locale: Locale) {
  const { separator, bom } = choices
  return {
    list: 'payments' as const,
    ...(choices.rows === 'view' && view.q !== '' ? { q: view.q } : {}),
    sort: view.sort,
    ...(choices.columns === 'visible' ? { columns: [...view.columns] } : {}),
    locale,
    separator,
    bom,
  }
}
