export { type LinkRow, presentLink } from './payment-link.ts'
export { linkRoutes } from './routes/api.ts'
