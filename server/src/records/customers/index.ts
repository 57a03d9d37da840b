export { customerRoutes, presentCustomer } from './routes.ts'
export { type CustomerRow, customerById, customersExist, insertCustomer } from './store.ts'
