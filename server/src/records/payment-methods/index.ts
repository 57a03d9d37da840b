export { usable } from './payment-method.ts'
export { paymentMethodRoutes } from './routes.ts'
export { insertMethod, methodsOf, type PaymentMethodRow } from './store.ts'
