import { Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PageOf } from '../api/wire.ts'
import classes from './ListPage.module.css'
import { isFirstPage, PAGE_SIZES, patchLimit, patchPage } from './list-search.ts'
import { PageCount } from './StatusLine.tsx'
import type { ListView } from './use-list-view.ts'

type Props = {
  readonly page: PageOf<unknown>
  readonly view: ListView
  readonly count: (count: number) => string
}

/** Pages by cursor: rows that arrive meanwhile neither repeat nor hide others. */
export function Pager({ page, view, count }: Props) {
  const { t } = useTranslation('list')
  const { next, prev } = page.page
  const isFirst = isFirstPage(view.search)
  return (
    <nav aria-label={t('pager.label')} className={classes.pager}>
      <span className="florin-muted">
        <PageCount page={page} count={count} />
      </span>
      <PageSize view={view} />
      <span className={classes.ways}>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconChevronLeft size={16} aria-hidden />}
          disabled={isFirst || prev === null}
          onClick={() => prev !== null && view.change(patchPage({ before: prev }))}
        >
          {t('pager.previous')}
        </Button>
        <Button
          variant="default"
          size="sm"
          rightSection={<IconChevronRight size={16} aria-hidden />}
          disabled={next === null}
          onClick={() => next !== null && view.change(patchPage({ after: next }))}
        >
          {t('pager.next')}
        </Button>
      </span>
    </nav>
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
