import type { ReactNode } from 'react'
import classes from './states.module.css'

type Props = {
  readonly title: string
  readonly action?: ReactNode
  readonly link?: ReactNode
  readonly children?: ReactNode
}

/** Nothing here: one sentence, at most one button and one link. */
export function EmptyState({ title, action, link, children }: Props) {
  return (
    <div className={classes.empty}>
      <p className={classes.sentence}>{title}</p>
      {children}
      {action || link ? (
        <div className={classes.ways}>
          {action}
          {link}
        </div>
      ) : null}
    </div>
  )
}
