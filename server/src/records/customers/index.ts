export { customerRoutes, presentCustomer } from './routes.ts'
export { type CustomerRow, customersExist } from './store.ts'
