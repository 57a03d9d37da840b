import type { ReactNode } from 'react'
import classes from './DataTable.module.css'
import type { ListDefinition, Row } from './definition.ts'
import { type OpenRow, RowLink, useOpenRow } from './RowLink.tsx'

type Props<R extends Row> = {
  readonly list: ListDefinition<R>
  readonly rows: readonly R[]
  readonly busy: boolean
  readonly onOpen: OpenRow | undefined
}

/** Rows of a list on a narrow screen. */
export function Cards<R extends Row>({ list, rows, busy, onOpen }: Props<R>) {
  return (
    <ul className={classes.cards} aria-label={list.title} aria-busy={busy}>
      {rows.map((row) => (
        <OneCard key={row.id} row={row} list={list} onOpen={onOpen} />
      ))}
    </ul>
  )
}

type CardProps<R extends Row> = {
  readonly row: R
  readonly list: ListDefinition<R>
  readonly onOpen: OpenRow | undefined
}

function OneCard<R extends Row>({ row, list, onOpen }: CardProps<R>) {
  const to = list.pathOf?.(row) ?? null
  const open = useOpenRow(to, row.id, onOpen)
  const link = (children: ReactNode) => (
    <RowLink to={to} name={list.nameOf(row)} onClick={open}>
      {children}
    </RowLink>
  )
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a larger target; the card holds the link
    <li className={classes.card} onClick={open} data-id={row.id} data-opens={to !== null}>
      {list.card(row, link)}
    </li>
  )
}
