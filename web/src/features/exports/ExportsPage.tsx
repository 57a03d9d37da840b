import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { VOCABULARIES } from '#contract/query/index.ts'
import type { Export } from '../../api/wire.ts'
import { CardBody } from '../../list/CardBody.tsx'
import type { Column, FilterField, ListDefinition } from '../../list/definition.ts'
import { ListPage } from '../../list/ListPage.tsx'
import { QueryWords } from '../../list/QueryWords.tsx'
import { paths } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Money } from '../../ui/Money.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { Time } from '../../ui/Time.tsx'
import { ExportProgress } from './ExportProgress.tsx'
import { ExportWays } from './ExportWays.tsx'
import classes from './exports.module.css'

const SHOWN = ['created_at', 'q', 'rows', 'sums', 'status', 'ways', 'created_by'] as const
const FILTERS: readonly FilterField[] = [
  { kind: 'choices', key: 'status' },
  { kind: 'dates', key: 'created' },
]

/** Every file that was made of a list, with exactly what it held. */
export function ExportsPage() {
  return <ListPage list={useExportsList()} />
}

function useExportsList(): ListDefinition<Export> {
  const { t } = useTranslation('exports')
  const columns = useExportColumns()
  return useMemo(
    () => ({
      name: 'exports',
      title: t('title'),
      template: '/v1/exports',
      vocabulary: VOCABULARIES.exports,
      columns,
      shown: SHOWN,
      sort: '-created',
      card: (job) => (
        <CardBody
          top={<StatusBadge kind="export" status={job.status} />}
          value={<ExportProgress job={job} />}
          title={<QueryWords list="payments" q={job.q} />}
          lines={[<Time key="time" at={job.created_at} />, <ExportWays key="ways" job={job} />]}
        />
      ),
      nameOf: ({ file_name, id }) => file_name ?? id,
      count: (count) => t('count', { count }),
      searchLabel: t('search'),
      filters: FILTERS,
      empty: (
        <EmptyState title={t('empty')} link={<Go to={paths.payments}>{t('toPayments')}</Go>} />
      ),
      live: 'export',
      liveById: true,
    }),
    [t, columns],
  )
}

function useExportColumns(): readonly Column<Export>[] {
  const { t } = useTranslation('exports')
  return useMemo(() => {
    const column = (
      key: (typeof SHOWN)[number] | 'sha256' | 'time_zone',
      cell: Column<Export>['cell'],
      more: Partial<Column<Export>> = {},
    ): Column<Export> => ({ key, title: t(`columns.${key}`), cell, ...more })
    return [
      column('created_at', (job) => <Time at={job.created_at} />, { sort: 'created' }),
      column('q', (job) => <QueryWords list="payments" q={job.q} />, { wrap: true }),
      column('rows', (job) => <ExportProgress job={job} />, { end: true }),
      column('sums', (job) => <Sums job={job} />, { end: true }),
      column('status', (job) => <StatusBadge kind="export" status={job.status} />),
      column('ways', (job) => <ExportWays job={job} />),
      column('created_by', (job) => job.created_by.name ?? '–'),
      column('time_zone', (job) => job.time_zone),
      column('sha256', (job) => <code>{job.sha256?.slice(0, 12) ?? '–'}</code>, {
        copy: (job) => job.sha256,
      }),
    ]
  }, [t])
}

function Sums({ job }: { readonly job: Export }) {
  return (
    <span className={classes.sums}>
      {job.sums.map(({ currency, amount }) => (
        <Money key={currency} of={amount} />
      ))}
    </span>
  )
}
