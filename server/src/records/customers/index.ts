export { customerRoutes, presentCustomer } from './routes.ts'
export { customersExist } from './store.ts'
