import { type ReactNode, useId } from 'react'
import classes from './Card.module.css'

type Props = {
  readonly title: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
  readonly flush?: boolean
}

/** A part of a page without a title of its own, such as its only table. */
export function Panel({ children }: { readonly children: ReactNode }) {
  return <div className={classes.card}>{children}</div>
}

/** A titled part of a page. */
export function Card({ title, actions, children, flush = false }: Props) {
  const id = useId()
  return (
    <section className={classes.card} aria-labelledby={id}>
      <div className={classes.top}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        {actions}
      </div>
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  )
}
