export type { ExportDeps } from './actions/run.ts'
export { exportFlow } from './export.ts'
export { exportJobs, sweepExports } from './jobs.ts'
export { exportRoutes } from './routes.ts'
