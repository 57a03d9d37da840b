export { forgetOldKeys, type Intent, idempotent, type Started } from './idempotency.ts'
export { HTTP_REFUSALS, type HttpRefusalCode, problemOf } from './problem.ts'
export { apiReferenceStyles, renderApiReference } from './reference.ts'
export {
  type Authenticate,
  type Call,
  type Caller,
  type Reply,
  type RouteHost,
  route,
  send,
  sendRefusal,
} from './route.ts'
export { MAX_BODY_BYTES, makeHttp, NOT_FOUND_DETAIL, notFound } from './server.ts'
