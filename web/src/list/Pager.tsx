import { Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageOf } from '../api/wire.ts'
import classes from './ListPage.module.css'
import { isFirstPage, PAGE_SIZES, type Patch, patchLimit, patchPage } from './list-search.ts'
import { PageCount } from './StatusLine.tsx'
import type { ListView } from './use-list-view.ts'

type Props = {
  /** Undefined while the rows on the screen still belong to another page. */
  readonly page: PageOf<unknown> | undefined
  readonly view: ListView
  readonly count: (count: number) => string
}

/** Pages by cursor: rows that arrive meanwhile neither repeat nor hide others. */
export function Pager({ page, view, count }: Props) {
  const { t } = useTranslation('list')
  const next = page?.page.next ?? null
  const prev = isFirstPage(view.search) ? null : (page?.page.prev ?? null)
  return (
    <nav aria-label={t('pager.label')} className={classes.pager}>
      <span className="florin-muted">{page && <PageCount page={page} count={count} />}</span>
      <PageSize view={view} />
      <span className={classes.ways}>
        <Turn
          to={prev === null ? null : patchPage({ before: prev })}
          view={view}
          left={<IconChevronLeft size={16} aria-hidden />}
        >
          {t('pager.previous')}
        </Turn>
        <Turn
          to={next === null ? null : patchPage({ after: next })}
          view={view}
          right={<IconChevronRight size={16} aria-hidden />}
        >
          {t('pager.next')}
        </Turn>
      </span>
    </nav>
  )
}

type TurnProps = {
  readonly to: Patch | null
  readonly view: ListView
  readonly left?: ReactNode
  readonly right?: ReactNode
  readonly children: string
}

/** Keeps the focus when there is nowhere further to go: a disabled button would lose it. */
function Turn({ to, view, left, right, children }: TurnProps) {
  return (
    <Button
      variant="default"
      leftSection={left}
      rightSection={right}
      aria-disabled={to === null}
      mod={{ disabled: to === null }}
      onClick={() => to !== null && view.change(to)}
    >
      {children}
    </Button>
  )
}

function PageSize({ view }: { readonly view: ListView }) {
  const { t } = useTranslation('list')
  return (
    <label className={classes.size}>
      {t('pager.size')}{' '}
      <select
        className={classes.select}
        value={view.search.limit}
        onChange={(event) => view.change(patchLimit(Number(event.target.value)))}
      >
        {PAGE_SIZES.map((size) => (
          <option key={size}>{size}</option>
        ))}
      </select>
    </label>
  )
}
