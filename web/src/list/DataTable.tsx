import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import { memo, type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './DataTable.module.css'
import type { Column, ListDefinition, Row } from './definition.ts'
import { directionOf, nextSort, patchSort } from './list-search.ts'
import { CopyCell, type OpenRow, RowLink, useOpenRow } from './RowLink.tsx'
import type { ListView } from './use-list-view.ts'

type Props<R extends Row> = {
  readonly list: ListDefinition<R>
  readonly view: ListView
  readonly rows: readonly R[]
  readonly busy: boolean
  readonly onOpen: OpenRow | undefined
}

/** Rows of a list on a wide screen. The table scrolls inside itself, never the page sideways. */
export function DataTable<R extends Row>({ list, view, rows, busy, onOpen }: Props<R>) {
  const columns = useShownColumns(list, view.columns)
  return (
    <section
      className={classes.scroller}
      aria-label={list.title}
      data-scroll-restoration-id={list.name}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
      tabIndex={0}
    >
      <table className={classes.table} data-density={view.density} aria-busy={busy}>
        <caption className="florin-hidden">{list.title}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} usual={list.sort} view={view} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={row.id} row={row} columns={columns} list={list} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The visible columns in their order. */
export function useShownColumns<R extends Row>(list: ListDefinition<R>, shown: readonly string[]) {
  return useMemo(() => {
    const byKey = new Map(list.columns.map((column) => [column.key, column]))
    return shown.flatMap((key) => byKey.get(key) ?? [])
  }, [list.columns, shown])
}

type HeadProps<R> = {
  readonly column: Column<R>
  readonly usual: string
  readonly view: ListView
}

const SORT_ICONS = {
  ascending: IconArrowUp,
  descending: IconArrowDown,
  none: IconArrowsSort,
} as const

function Head<R>({ column, usual, view }: HeadProps<R>) {
  const { t } = useTranslation('list')
  const { sort, title, end } = column
  if (sort === undefined) {
    return (
      <th scope="col" data-end={end}>
        {title}
      </th>
    )
  }
  const direction = directionOf(view.sort, sort)
  const Icon = SORT_ICONS[direction]
  const change = () => view.change(patchSort(nextSort(view.sort, sort, usual)))
  return (
    <th scope="col" data-end={end} aria-sort={direction}>
      <button
        type="button"
        className={classes.sort}
        data-on={direction !== 'none'}
        onClick={change}
        title={t('table.sortBy', { column: title })}
      >
        {title}
        <Icon size={14} aria-hidden />
      </button>
    </th>
  )
}

type LineProps<R extends Row> = {
  readonly row: R
  readonly columns: readonly Column<R>[]
  readonly list: ListDefinition<R>
  readonly onOpen: OpenRow | undefined
}

/** One row; drawn again only when it, or the choice of columns, changes. */
const Line = memo(LineCells) as typeof LineCells

function LineCells<R extends Row>({ row, columns, list, onOpen }: LineProps<R>) {
  const to = list.pathOf?.(row) ?? null
  const open = useOpenRow(to, row.id, onOpen)
  const changed = useChanged(row.version)
  return (
    <tr onClick={open} data-id={row.id} data-opens={to !== null} data-changed={changed}>
      {columns.map((column, index) =>
        index === 0 ? (
          <th key={column.key} scope="row" data-end={column.end} data-wrap={column.wrap}>
            <Cell row={row} column={column}>
              <RowLink to={to} name={list.nameOf(row)} onClick={open}>
                {column.cell(row)}
              </RowLink>
            </Cell>
          </th>
        ) : (
          <td key={column.key} data-end={column.end} data-wrap={column.wrap}>
            <Cell row={row} column={column}>
              {column.cell(row)}
            </Cell>
          </td>
        ),
      )}
    </tr>
  )
}

/** Alternates at each new version of a row, so that its cells light up once for each. */
function useChanged(version: number | undefined): 'odd' | 'even' | undefined {
  const [seen, setSeen] = useState({ version, times: 0 })
  if (seen.version !== version) setSeen({ version, times: seen.times + 1 })
  if (seen.times === 0) return undefined
  return seen.times % 2 === 0 ? 'even' : 'odd'
}

type CellProps<R> = {
  readonly row: R
  readonly column: Column<R>
  readonly children: ReactNode
}

function Cell<R>({ row, column, children }: CellProps<R>) {
  const text = column.copy?.(row) ?? null
  if (text === null) return children
  return (
    <CopyCell text={text} label={column.title}>
      {children}
    </CopyCell>
  )
}
