import type { JobHandlers } from '#server/platform/jobs.ts'
import type { CallDeps } from './actions/dispatch.ts'
import { syncTransaction } from './actions/sync.ts'

export const gatewayCallJobs = (deps: CallDeps): JobHandlers => ({
  'transaction.sync': async (job) => {
    const again_in_ms = await syncTransaction(deps, job.scope, job.key)
    return again_in_ms === null ? undefined : { again_in_ms }
  },
})
