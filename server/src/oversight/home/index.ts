export { lookHome } from './actions/look.ts'
export { homeRoutes } from './routes.ts'
