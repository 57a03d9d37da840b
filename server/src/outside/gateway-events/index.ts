export { gatewayEventJobs } from './jobs.ts'
export { gatewayEventRoutes } from './routes.ts'
