export { type LinkRow, linkStatus, presentLink } from './payment-link.ts'
export { linkRoutes } from './routes/api.ts'
