import { useTranslation } from 'react-i18next'
import type { Export } from '../../api/wire.ts'
import { isUnderWay } from './export-status.ts'
import classes from './exports.module.css'

/** Rows written so far, of how many. */
export function ExportProgress({ job }: { readonly job: Export }) {
  const { t } = useTranslation('exports')
  const { rows_done: done, rows_total: total } = job
  if (job.status === 'done') return <span>{t('rows', { count: total })}</span>
  return (
    <span>
      {isUnderWay(job) && (
        <progress
          className={classes.bar}
          max={Math.max(total, 1)}
          value={done}
          aria-label={t('progress', { done, total })}
        />
      )}
      {t('progress', { done, total })}
      {job.message === null ? null : <span className="florin-muted"> · {job.message}</span>}
    </span>
  )
}
