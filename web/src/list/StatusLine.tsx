import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { read } from '../api/read.ts'
import type { PageOf } from '../api/wire.ts'
import { Money } from '../ui/Money.tsx'
import type { ListDefinition, Row } from './definition.ts'
import classes from './ListPage.module.css'
import type { ListView } from './use-list-view.ts'
import type { LiveRows } from './use-live-rows.ts'

type Props<R extends Row> = {
  readonly list: ListDefinition<R>
  readonly view: ListView
  readonly page: PageOf<R> | undefined
  readonly live: LiveRows
}

/** What the view holds, in numbers, and what arrived since. */
export function StatusLine<R extends Row>({ list, view, page, live }: Props<R>) {
  const { t } = useTranslation('list')
  return (
    <div className={classes.status}>
      {list.answers && view.query !== null ? (
        <Summary q={view.search.q} count={list.count} />
      ) : (
        <span>{page && <PageCount page={page} count={list.count} />}</span>
      )}
      <span role="status" className={classes.pill}>
        {live.waiting > 0 && (
          <Button size="compact-sm" radius="xl" onClick={live.show}>
            {t('live.show', { count: live.waiting })}
          </Button>
        )}
      </span>
    </div>
  )
}

type CountProps = {
  readonly page: PageOf<unknown>
  readonly count: (count: number) => string
}

export function PageCount({ page, count }: CountProps) {
  const { t } = useTranslation('list')
  return pageCountWords(page, count, (rows) => t('pager.about', { count: rows }))
}

/** An estimate is not more exact than this. */
const DIGITS = 3

/** `1,284 payments`, or `about 12,400 payments` where counting exactly would be too much work. */
export function pageCountWords(
  { page: { count } }: PageOf<unknown>,
  words: (count: number) => string,
  about: (rows: string) => string,
): string {
  return count.exact ? words(count.value) : about(words(Number(count.value.toPrecision(DIGITS))))
}

type SummaryProps = { readonly q: string; readonly count: (count: number) => string }

/** The very count and sums that an export of this view carries. */
function Summary({ q, count }: SummaryProps) {
  const { t } = useTranslation('list')
  const { data } = useQuery(read('/v1/payments/summary', { query: { q } }))
  if (data === undefined) return <span className="florin-muted">{t('summary.counting')}</span>
  return (
    <dl className={classes.summary}>
      <dt className="florin-hidden">{t('summary.rows')}</dt>
      <dd>{count(data.count)}</dd>
      {data.sums.map(({ currency, amount }) => (
        <div key={currency}>
          <dt className="florin-hidden">{t('summary.sum', { currency })}</dt>
          <dd>
            <Money of={amount} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
