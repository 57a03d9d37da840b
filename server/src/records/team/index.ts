export { authenticator, CLIENT_HEADER, SESSION_COOKIE } from './actions/authenticate.ts'
export { teamRoutes } from './routes.ts'
export {
  type ApiKeyRow,
  insertKey,
  insertMember,
  keysOf,
  memberByEmail,
  revokeKey,
  sweepSignIns,
} from './store.ts'
