import type { Export } from '../../api/wire.ts'

export const isUnderWay = (job: Export | undefined): boolean =>
  job !== undefined && (job.status === 'waiting' || job.status === 'running')

export const mayResume = (job: Export): boolean =>
  job.status === 'canceled' || job.status === 'failed'
