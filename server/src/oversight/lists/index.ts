export { presentSums } from './actions/count.ts'
export { customerListRoute, type ListDeps, listRoutes } from './routes.ts'
