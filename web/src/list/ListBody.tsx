import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ApiFault } from '../api/fault.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorState } from '../ui/faults.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'
import { Cards } from './Cards.tsx'
import tableClasses from './DataTable.module.css'
import { DataTable } from './DataTable.tsx'
import type { ListDefinition, Row } from './definition.ts'
import { FilteredEmpty } from './FilteredEmpty.tsx'
import { FIRST_PAGE, isFirstPage } from './list-search.ts'
import type { OpenRow } from './RowLink.tsx'
import type { ListView } from './use-list-view.ts'
import type { Rows } from './use-rows.ts'

type Props<R extends Row> = {
  readonly list: ListDefinition<R>
  readonly view: ListView
  readonly rows: Rows<R>
  readonly wide: boolean
  readonly onOpen: OpenRow | undefined
}

/** Rows, or why there are none. While others load, the old ones stay under a thin moving line. */
export function ListBody<R extends Row>({ list, view, rows, wide, onOpen }: Props<R>) {
  const { t } = useTranslation('list')
  const { data, error, isFetching } = rows
  if (view.parsed?.ok === false) return <EmptyState title={t('empty.notUnderstood')} />
  const retry = () => void rows.refetch()
  if (error instanceof ApiFault && STALE.includes(error.code)) {
    return <StaleAddress view={view} />
  }
  if (data === undefined && error !== null) return <ErrorState fault={error} onRetry={retry} />
  if (data === undefined) return <SkeletonRows columns={wide ? view.columns.length : 2} />
  const busy = isFetching
  return (
    <>
      {error !== null && <ErrorState fault={error} onRetry={retry} />}
      <div className={tableClasses.progress} data-on={busy} aria-hidden />
      {data.data.length === 0 ? (
        <NoRows list={list} view={view} />
      ) : wide ? (
        <DataTable list={list} view={view} rows={data.data} busy={busy} onOpen={onOpen} />
      ) : (
        <Cards list={list} rows={data.data} busy={busy} onOpen={onOpen} />
      )}
    </>
  )
}

/** An old address whose place or order is no longer one: asking again would not help. */
const STALE = ['cursor_invalid', 'sort_invalid']

function StaleAddress({ view }: { readonly view: ListView }) {
  const { t } = useTranslation('list')
  return (
    <EmptyState
      title={t('empty.stale')}
      action={
        <Button variant="default" onClick={() => view.change({ ...FIRST_PAGE, sort: undefined })}>
          {t('empty.firstPage')}
        </Button>
      }
    />
  )
}

function NoRows<R extends Row>({ list, view }: Pick<Props<R>, 'list' | 'view'>) {
  const { t } = useTranslation('list')
  if (!isFirstPage(view.search)) {
    return (
      <EmptyState
        title={t('empty.page')}
        action={
          <Button variant="default" onClick={() => view.change(FIRST_PAGE)}>
            {t('empty.firstPage')}
          </Button>
        }
      />
    )
  }
  if (view.query === null || view.query.terms.length === 0) return list.empty
  return <FilteredEmpty list={list} view={view} query={view.query} />
}
