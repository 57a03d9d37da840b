export { type Change, changesOf, commitPayment, eventOf } from './actions/commit-payment.ts'
export { type CreateDeps, createPayments, type NewPayment } from './actions/create.ts'
export { expirePayments } from './actions/expire.ts'
export { AVAILABLE, availabilityOf, WHY_NOT } from './available.ts'
export {
  type ChargeView,
  eventFor,
  flagsOf,
  needsAction,
  nextStepOf,
  type PaymentEvent,
  type PaymentRow,
  paymentFlow,
  refundable,
  remaining,
  stepped,
} from './payment.ts'
export { type PaymentNames, presentPayment } from './present.ts'
export {
  creditLegs,
  debitLegs,
  type Leg,
  type Purpose,
  type Purposes,
  salePurpose,
} from './purpose.ts'
export { PAYMENT_REFUSALS, type PaymentRefusal } from './refusals.ts'
export { audit, fullPayment, type OpenSession, paymentRoutes } from './routes.ts'
export { lockPayments, notesOf, paymentById } from './store.ts'
