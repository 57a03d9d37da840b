export { openSession } from './actions/open-session.ts'
export { type CheckoutDeps, checkoutRoutes } from './routes/api.ts'
export { formBodies, message } from './routes/pages.ts'
