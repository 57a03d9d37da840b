import { Button } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Vocabulary } from '#contract/query/index.ts'
import { useKeys } from '../ui/keys.tsx'
import { Chips } from './Chips.tsx'
import type { ListDefinition, Row } from './definition.ts'
import classes from './ListPage.module.css'
import { SearchBox } from './SearchBox.tsx'
import type { ListView } from './use-list-view.ts'
import { useSearchBox } from './use-search-box.ts'

const FiltersPanel = lazy(async () => ({
  default: (await import('./FiltersPanel.tsx')).FiltersPanel,
}))

type Props<R extends Row> = {
  readonly list: ListDefinition<R>
  readonly view: ListView
  readonly found: string
  readonly tools: ReactNode
}

/** The box, the Filters button and the chips: three ways to the one query. */
export function SearchArea<R extends Row>(props: Props<R>) {
  const { list, tools } = props
  if (list.vocabulary !== null) return <Searchable {...props} vocabulary={list.vocabulary} />
  return <div className={classes.tools}>{tools}</div>
}

type SearchableProps<R extends Row> = Props<R> & { readonly vocabulary: Vocabulary }

function Searchable<R extends Row>({ list, view, found, tools, vocabulary }: SearchableProps<R>) {
  const { t } = useTranslation('list')
  const box = useSearchBox(view, vocabulary)
  useKeys({ '/': { label: t('keys.search'), run: () => box.input.current?.focus() } })
  return (
    <>
      <div className={classes.tools}>
        <SearchBox
          box={box}
          vocabulary={vocabulary}
          label={list.searchLabel ?? list.title}
          facets={list.answers !== undefined}
        />
        <FiltersButton list={list} view={view} found={found} />
        {tools}
      </div>
      <Chips view={view} box={box} />
    </>
  )
}

type ButtonProps<R extends Row> = Omit<Props<R>, 'tools'>

function FiltersButton<R extends Row>({ list, view, found }: ButtonProps<R>) {
  const { t } = useTranslation('list')
  const [opened, setOpened] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const open = () => {
    // The panel gives the focus back to what had it, also when a key opened it.
    button.current?.focus()
    setOpened(true)
  }
  useKeys({ f: { label: t('keys.filters'), run: open } })
  const count = view.query?.terms.length ?? 0
  return (
    <>
      <Button
        ref={button}
        variant="default"
        leftSection={<IconFilter size={16} aria-hidden />}
        onClick={open}
        disabled={view.query === null}
      >
        {count === 0 ? t('filters.title') : t('filters.on', { count })}
      </Button>
      {opened && view.query !== null && (
        <Suspense>
          <FiltersPanel
            list={list as unknown as ListDefinition<Row>}
            view={view}
            query={view.query}
            opened
            onClose={() => setOpened(false)}
            found={found}
          />
        </Suspense>
      )}
    </>
  )
}
