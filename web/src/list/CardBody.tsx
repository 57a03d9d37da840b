import type { ReactNode } from 'react'
import classes from './DataTable.module.css'

type Props = {
  /** Usually the status. */
  readonly top: ReactNode
  /** Usually the amount. */
  readonly value: ReactNode
  readonly title: ReactNode
  readonly lines: readonly ReactNode[]
}

/** The parts of a card, the same for every list. */
export function CardBody({ top, value, title, lines }: Props) {
  return (
    <>
      <div className={classes.cardTop}>
        <span>{top}</span>
        <span>{value}</span>
      </div>
      <div className={classes.cardTitle}>{title}</div>
      <div className={classes.cardLines}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a card keep their places
          <span key={index}>{line}</span>
        ))}
      </div>
    </>
  )
}
