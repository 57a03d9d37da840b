import { CloseButton } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { keyOf, read } from '../../api/read.ts'
import type { Export } from '../../api/wire.ts'
import { useLive } from '../../live/live.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { ExportProgress } from './ExportProgress.tsx'
import { ExportWays } from './ExportWays.tsx'
import { isUnderWay } from './export-status.ts'
import classes from './exports.module.css'
import { takeAwaited, unfollow, useFollowed } from './followed.ts'

const POLL_MS = 1_500

/** The exports that were started here, in a corner of every page until they are put away. */
export function ExportTray() {
  const { t } = useTranslation('exports')
  const ids = useFollowed()
  if (ids.length === 0) return null
  return (
    <section className={classes.tray} aria-label={t('tray.title')}>
      {ids.map((id) => (
        <Job key={id} id={id} />
      ))}
    </section>
  )
}

function Job({ id }: { readonly id: string }) {
  const { t } = useTranslation('exports')
  const client = useQueryClient()
  const { data: job } = useQuery({
    ...read('/v1/exports/{id}', { id }),
    refetchInterval: ({ state }) => (isUnderWay(state.data as Export) ? POLL_MS : false),
  })
  useLive((event) => {
    if (event.type !== 'export' || event.id !== id) return
    void client.invalidateQueries({ queryKey: keyOf('/v1/exports/{id}', id) })
  })
  useHandOver(job)
  if (job === undefined) return null
  return (
    <div className={classes.job}>
      <div className={classes.top}>
        <span>
          <strong>{t('tray.job')}</strong> <StatusBadge kind="export" status={job.status} />
        </span>
        <CloseButton size="sm" aria-label={t('tray.close')} onClick={() => unfollow(id)} />
      </div>
      <ExportProgress job={job} />
      <ExportWays job={job} />
      <p role="status" className="florin-hidden">
        {spoken(job, t)}
      </p>
    </div>
  )
}

/** Downloads a file that was asked for here, once, as soon as it is there. */
function useHandOver(job: Export | undefined): void {
  useEffect(() => {
    if (job?.status !== 'done' || job.download_url === null || !takeAwaited(job.id)) return
    const link = document.createElement('a')
    link.href = job.download_url
    link.download = job.file_name ?? ''
    link.click()
  }, [job])
}

/** Said aloud at each quarter, not at each row. */
function spoken(job: Export, t: (key: 'tray.percent', fill: { percent: number }) => string) {
  const { rows_done, rows_total } = job
  const quarters = rows_total === 0 ? 4 : Math.floor((4 * rows_done) / rows_total)
  return t('tray.percent', { percent: 25 * quarters })
}
