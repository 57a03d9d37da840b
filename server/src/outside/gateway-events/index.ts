export { gatewayEventJobs } from './jobs.ts'
export { receiveEvent } from './receive.ts'
export { gatewayEventRoutes } from './routes.ts'
