export { authenticator } from './actions/authenticate.ts'
export { teamRoutes } from './routes.ts'
export {
  type ApiKeyRow,
  insertKey,
  insertMember,
  keysOf,
  revokeKey,
  sweepSignIns,
} from './store.ts'
