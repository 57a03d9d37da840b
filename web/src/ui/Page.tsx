import { useRouterState } from '@tanstack/react-router'
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Page.module.css'
import { useMode } from './session.tsx'

/**
 * Where the focus is in a visit: the last address that was arrived at (the first page leaves the
 * focus alone), and whether a heading had it when the page was drawn anew with its content.
 */
const arrival = { pathname: null as string | null, handsOver: false }

type Props = {
  readonly title: string
  /** What the heading shows instead of the title, such as an amount with its status. */
  readonly heading?: ReactNode
  readonly subtitle?: ReactNode
  readonly actions?: ReactNode
  readonly width?: 'normal' | 'wide'
  readonly children: ReactNode
}

/**
 * A page: one heading, which takes the focus on arrival so that a keyboard or a screen reader
 * starts at the new page, and the title of the window.
 */
export function Page({ title, heading, subtitle, actions, width = 'normal', children }: Props) {
  const { t } = useTranslation()
  const mode = useMode()
  const top = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = mode === 'test' ? `${title} · ${t('testTitle')} · Florin` : `${title} · Florin`
  }, [title, mode, t])
  useArrival(top)
  return (
    <div className={classes.page} data-width={width}>
      <header className={classes.header}>
        <div className={classes.titles}>
          <h1 ref={top} tabIndex={-1} className={classes.title}>
            {heading ?? title}
          </h1>
          {subtitle === undefined ? null : <div className={classes.subtitle}>{subtitle}</div>}
        </div>
        {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

function useArrival(top: RefObject<HTMLHeadingElement | null>): void {
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  useLayoutEffect(() => {
    const heading = top.current
    const isNew = arrival.pathname !== null && arrival.pathname !== pathname
    if (isNew || arrival.handsOver) heading?.focus({ preventScroll: true })
    arrival.pathname = pathname
    arrival.handsOver = false
    return () => {
      arrival.handsOver = heading !== null && document.activeElement === heading
    }
  }, [pathname, top])
}
