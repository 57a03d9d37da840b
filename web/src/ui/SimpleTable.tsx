import type { ReactNode } from 'react'
import classes from './SimpleTable.module.css'

export type Column<Row> = {
  readonly key: string
  readonly label: string
  readonly cell: (row: Row) => ReactNode
  /** Figures stand at the right. */
  readonly number?: boolean
  /** The heading is for screen readers only, as over a column of buttons. */
  readonly silent?: boolean
}

type Props<Row> = {
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
}

/** A short table without filters; on a phone each row is a card with its own labels. */
export function SimpleTable<Row>({ caption, columns, rows, keyOf }: Props<Row>) {
  return (
    <table className={classes.table}>
      <caption className="florin-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ key, label, number = false, silent = false }) => (
            <th key={key} scope="col" data-number={number || undefined}>
              <span className={silent ? 'florin-hidden' : undefined}>{label}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ key, label, cell, number = false, silent = false }) => (
              <td
                key={key}
                data-number={number || undefined}
                data-label={silent ? undefined : label}
              >
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
