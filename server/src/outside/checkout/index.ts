export { openSession } from './actions/open-session.ts'
export { formBodies, html, message } from './pages.ts'
export { type CheckoutDeps, checkoutRoutes } from './routes.ts'
