import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Chip, type Query, termsOf, withoutTerm } from '#contract/query/index.ts'
import { read } from '../api/read.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'
import { chipWords } from './chip-words.ts'
import type { ListDefinition, Row } from './definition.ts'
import { byRowsHidden, HIDDEN_MAX, type HiddenTerm } from './hidden-rows.ts'
import classes from './ListPage.module.css'
import type { ListView } from './use-list-view.ts'
import { useSpeech } from './use-speech.ts'

type Props<R extends Row> = {
  readonly list: ListDefinition<R>
  readonly view: ListView
  readonly query: Query
}

/** No row matches: which filter hides how many, and one press to take each away. */
export function FilteredEmpty<R extends Row>({ list, view, query }: Props<R>) {
  const { data, isPending, isError } = useQuery({
    ...read('/v1/payments/hidden', { query: { q: view.search.q } }),
    enabled: list.answers !== undefined,
  })
  if (list.answers === undefined || isError) {
    return <Reasons list={list} view={view} query={query} total={null} terms={[]} />
  }
  if (isPending) return <SkeletonRows />
  if (data.total === 0) return list.empty
  return <Reasons list={list} view={view} query={query} total={data.total} terms={data.terms} />
}

type ReasonsProps<R extends Row> = Props<R> & {
  readonly total: number | null
  readonly terms: readonly HiddenTerm[]
}

function Reasons<R extends Row>({ list, view, query, total, terms }: ReasonsProps<R>) {
  const { t } = useTranslation('list')
  const chips = byRowsHidden(termsOf(query), terms)
  const count = query.terms.length
  const rows = total === null ? '' : list.count(total)
  const sentence =
    total === null
      ? t('empty.filtered', { count })
      : t(total >= HIDDEN_MAX ? 'empty.hiddenAtLeast' : 'empty.hidden', { count, rows })
  return (
    <EmptyState
      title={t('empty.noMatch')}
      action={
        <Button onClick={() => view.setQuery({ ...query, terms: [] })}>{t('chips.clear')}</Button>
      }
    >
      <p>
        <strong>{sentence}</strong>
      </p>
      <ul className={classes.reasons}>
        {chips.map(({ chip, hidden }) => (
          <Reason key={chip.text} chip={chip} query={query} view={view}>
            {hidden === null ? null : t('empty.alone', { count: hidden, rows: list.count(hidden) })}
          </Reason>
        ))}
      </ul>
    </EmptyState>
  )
}

type ReasonProps = {
  readonly chip: Chip
  readonly query: Query
  readonly view: ListView
  readonly children: ReactNode
}

function Reason({ chip, query, view, children }: ReasonProps) {
  const { t } = useTranslation('list')
  const speech = useSpeech()
  return (
    <li>
      <Button
        variant="default"
        size="compact-md"
        classNames={{ root: classes.reason, label: classes.reasonLabel }}
        onClick={() => view.setQuery(withoutTerm(query, chip.index))}
      >
        {t('empty.remove', { filter: chipWords(chip, query, speech) })}
      </Button>
      {children === null ? null : <span className="florin-muted">{children}</span>}
    </li>
  )
}
