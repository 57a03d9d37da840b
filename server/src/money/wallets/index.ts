export { topUpPurpose } from './actions/top-up.ts'
export { walletRoutes } from './routes.ts'
