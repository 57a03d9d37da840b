import {
  columnOrderingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { IconArrowDown, IconArrowUp, IconArrowsSort } from '@tabler/icons-react'
import { type MouseEvent, type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from './CopyButton.tsx'
import classes from './DataTable.module.css'
import type { Column, ListDefinition, Row } from './definition.ts'
import { directionOf, nextSort, patchSort } from './list-search.ts'
import { RowLink } from './RowLink.tsx'
import type { ListView } from './use-list-view.ts'
import { useOpenRow } from './use-open-row.ts'

const features = tableFeatures({ columnVisibilityFeature, columnOrderingFeature })

type Props<R extends Row> = {
  readonly list: ListDefinition<R>
  readonly view: ListView
  readonly rows: readonly R[]
  readonly busy: boolean
}

/** Rows of a list on a wide screen. The table scrolls inside itself, never the page sideways. */
export function DataTable<R extends Row>({ list, view, rows, busy }: Props<R>) {
  const { headers, lines } = useLines(list, view.columns, rows)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.scroller} aria-label={list.title} tabIndex={0}>
      <table className={classes.table} data-density={view.density} aria-busy={busy}>
        <caption className="florin-hidden">{list.title}</caption>
        <thead>
          <tr>
            {headers.map((column) => (
              <Head key={column.key} column={column} list={list} view={view} />
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ row, columns }) => (
            <Line key={row.id} row={row} columns={columns} list={list} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Columns in their order, without the hidden ones, once for the head and once per row. */
function useLines<R extends Row>(
  list: ListDefinition<R>,
  shown: readonly string[],
  rows: readonly R[],
) {
  const byKey = useMemo(
    () => new Map(list.columns.map((column) => [column.key, column])),
    [list.columns],
  )
  const columns = useMemo(() => list.columns.map(({ key }) => ({ id: key })), [list.columns])
  const state = useMemo(
    () => ({
      columnOrder: [...shown],
      columnVisibility: Object.fromEntries(
        list.columns.map(({ key }) => [key, shown.includes(key)]),
      ),
    }),
    [list.columns, shown],
  )
  const data = rows as R[]
  const table = useTable({ features, columns, data, state, getRowId: ({ id }: R) => id })
  const named = (id: string): Column<R>[] => byKey.get(id) ?? []
  return {
    headers: table.getVisibleLeafColumns().flatMap(({ id }) => named(id)),
    lines: table.getRowModel().rows.map((line) => ({
      row: line.original,
      columns: line.getVisibleCells().flatMap(({ column }) => named(column.id)),
    })),
  }
}
