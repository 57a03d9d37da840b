export { topUpPurpose } from './purpose.ts'
export { walletRoutes } from './routes.ts'
export { ensureWallet } from './store.ts'
