export { forgetOldKeys, type Intent, idempotent, type Started } from './idempotency.ts'
export { withReferences } from './openapi.ts'
export { HTTP_REFUSALS } from './problem.ts'
export { apiReferenceStyles, renderApiReference } from './reference.ts'
export {
  type Authenticate,
  type Call,
  type Caller,
  type Reply,
  type RouteHost,
  route,
  sendRefusal,
} from './route.ts'
export { makeHttp } from './server.ts'
