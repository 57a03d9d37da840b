import { ActionIcon } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconRefresh } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { keyOf } from '../api/read.ts'
import type { PageOf } from '../api/wire.ts'
import { useKeys } from '../ui/keys.tsx'
import { Page } from '../ui/Page.tsx'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import type { ListDefinition, ListTemplate, Row } from './definition.ts'
import { ListBody } from './ListBody.tsx'
import classes from './ListPage.module.css'
import { Pager } from './Pager.tsx'
import { SearchArea } from './SearchArea.tsx'
import { pageCountWords, StatusLine } from './StatusLine.tsx'
import { type ListView, useListView } from './use-list-view.ts'
import { useLiveRows } from './use-live-rows.ts'
import { useRowKeys } from './use-row-keys.ts'
import { useRows } from './use-rows.ts'

type Props<R extends Row> = {
  readonly list: ListDefinition<R>
  /** Drawn above the search box, such as ready-made queries. */
  readonly views?: (view: ListView) => ReactNode
  readonly actions?: (view: ListView) => ReactNode
  /** Opens a row beside the list, its id in the address; its own page stays one click away. */
  readonly panel?: (id: string, onClose: () => void) => ReactNode
}

const NO_ROWS: readonly never[] = []

/** One list page for every list: its definition says what differs, the address what is shown. */
export function ListPage<R extends Row>({ list, views, actions, panel }: Props<R>) {
  const view = useListView(list)
  const rows = useRows(list, view)
  const live = useLiveRows(list, view, rows.data?.data ?? NO_ROWS)
  const body = useRef<HTMLDivElement>(null)
  const wide = useMediaQuery('(min-width: 48em)', undefined, { getInitialValueInEffect: false })
  const found = useFoundWords(list)
  useRowKeys(body)
  useStartOfPage(body, view, wide ?? true)
  const tools = (
    <>
      <Refresh busy={rows.isFetching} template={list.template} />
      {wide && <ColumnsMenu list={list} view={view} />}
    </>
  )
  const page = rows.isPlaceholderData ? undefined : rows.data
  return (
    <Page title={list.title} subtitle={list.subtitle} actions={actions?.(view)} width="wide">
      <div className={classes.list}>
        {views?.(view)}
        <SearchArea list={list} view={view} found={found(rows.data)} tools={tools} />
        <StatusLine list={list} view={view} page={page} live={live} />
        <div ref={body}>
          <ListBody
            list={list}
            view={view}
            rows={rows}
            wide={wide ?? true}
            onOpen={panel === undefined ? undefined : (open) => view.change({ open })}
          />
        </div>
        {rows.data !== undefined && rows.data.data.length > 0 && (
          <Pager page={page} view={view} count={list.count} />
        )}
        {view.search.open === undefined
          ? null
          : panel?.(view.search.open, () => view.change({ open: undefined }))}
        <Announcement words={found(page)} />
      </div>
    </Page>
  )
}

/** Another page, order or question starts at its first row. */
function useStartOfPage(
  body: RefObject<HTMLElement | null>,
  { search: { q, sort, after, before } }: ListView,
  wide: boolean,
): void {
  const place = JSON.stringify([q, sort, after, before])
  const last = useRef(place)
  useEffect(() => {
    if (last.current === place) return
    last.current = place
    body.current?.querySelector('section')?.scrollTo({ top: 0 })
    if (!wide) body.current?.scrollIntoView({ block: 'nearest' })
  }, [body, place, wide])
}

/** What the page says of how many rows there are; nothing while that is not known. */
function useFoundWords<R extends Row>(list: ListDefinition<R>) {
  const { t } = useTranslation('list')
  const about = (rows: string) => t('pager.about', { count: rows })
  return (page: PageOf<R> | undefined): string =>
    page === undefined ? '' : pageCountWords(page, list.count, about)
}

/** Told to people who do not see the rows change. */
function Announcement({ words }: { readonly words: string }) {
  return (
    <p role="status" className="florin-hidden">
      {words}
    </p>
  )
}

type RefreshProps = { readonly busy: boolean; readonly template: ListTemplate }

/** The rows and their numbers, asked for again. */
function Refresh({ busy, template }: RefreshProps) {
  const { t } = useTranslation('list')
  const client = useQueryClient()
  const refetch = () => {
    const [mode] = keyOf(template)
    for (const asked of [template, `${template}/summary`]) {
      void client.invalidateQueries({ queryKey: [mode, asked] })
    }
  }
  useKeys({ r: { label: t('keys.refresh'), run: refetch } })
  return (
    <ActionIcon
      variant="default"
      size={36}
      aria-label={t('keys.refresh')}
      aria-disabled={busy}
      onClick={refetch}
    >
      <IconRefresh size={16} aria-hidden />
    </ActionIcon>
  )
}
