import { Fragment, type ReactNode } from 'react'
import classes from './Facts.module.css'

type Props = { readonly rows: readonly (readonly [string, ReactNode] | null)[] }

/** Names and values; a row that is null is left out. */
export function Facts({ rows }: Props) {
  return (
    <dl className={classes.facts}>
      {rows.map((row) =>
        row === null ? null : (
          <Fragment key={row[0]}>
            <dt>{row[0]}</dt>
            <dd>{row[1]}</dd>
          </Fragment>
        ),
      )}
    </dl>
  )
}
