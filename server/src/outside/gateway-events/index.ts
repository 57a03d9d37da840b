export { receiveEvent } from './actions/receive.ts'
export { gatewayEventJobs } from './jobs.ts'
export { gatewayEventRoutes } from './routes.ts'
