import type { Problem } from '#contract/shapes.ts'
import type { Refusal, RefusalTable } from '#server/kernel/result.ts'

export type HttpRefusalCode =
  | 'body_invalid'
  | 'body_too_large'
  | 'media_type_unsupported'
  | 'not_found'
  | 'method_not_allowed'
  | 'sign_in_required'
  | 'permission_missing'
  | 'request_forged'
  | 'mode_invalid'
  | 'idempotency_key_missing'
  | 'idempotency_key_invalid'
  | 'idempotency_key_reused'
  | 'idempotency_in_flight'
  | 'internal_error'
  | 'unavailable'
  | 'stopping'

export const HTTP_REFUSALS: RefusalTable<HttpRefusalCode> = {
  body_invalid: { status: 400, title: 'The request does not fit the schema' },
  body_too_large: { status: 413, title: 'The request body is larger than 256 kB' },
  media_type_unsupported: { status: 415, title: 'Send application/json' },
  not_found: { status: 404, title: 'There is nothing at this address' },
  method_not_allowed: { status: 405, title: 'This address does not take that method' },
  sign_in_required: { status: 401, title: 'Sign in or send an API key' },
  permission_missing: { status: 403, title: 'You do not have the permission for this' },
  request_forged: { status: 403, title: 'The request did not come from the back office' },
  mode_invalid: { status: 400, title: 'Florin-Mode is test or live' },
  idempotency_key_missing: { status: 400, title: 'This request needs an Idempotency-Key' },
  idempotency_key_invalid: { status: 400, title: 'The Idempotency-Key is not usable' },
  idempotency_key_reused: { status: 422, title: 'This Idempotency-Key belongs to another request' },
  idempotency_in_flight: { status: 409, title: 'The same request is still running' },
  internal_error: { status: 500, title: 'Something went wrong here' },
  unavailable: { status: 503, title: 'Florin cannot reach its database' },
  stopping: { status: 503, title: 'Florin is stopping' },
}

const RETRYABLE = new Set([409, 429, 500, 503])

/**
 * A refusal as RFC 9457 problem details. The table gives status and title, the refusal the
 * sentence.
 */
export function problemOf(
  refusal: Refusal,
  table: RefusalTable<string>,
  request: { id: string; url: string },
): Problem {
  const known = table[refusal.code] ?? HTTP_REFUSALS.internal_error
  const detail = refusal.detail ?? `${known.title}.`
  return {
    type: `/docs/api#error-${refusal.code}`,
    title: known.title,
    status: known.status,
    detail,
    instance: request.url.split('?')[0] ?? '/',
    code: refusal.code,
    request_id: request.id,
    retryable: RETRYABLE.has(known.status),
    ...(refusal.pointer
      ? { errors: [{ pointer: refusal.pointer, code: refusal.code, detail }] }
      : {}),
    ...(refusal.allowed ? { allowed: { ...refusal.allowed } } : {}),
  }
}
