import { PERMISSIONS, PERSON_ONLY } from '#contract/permissions.ts'
import { ok, type Result, refuse } from '#server/kernel/result.ts'
import type { Mode } from '#server/kernel/scope.ts'
import type { Authenticate, Caller } from '#server/platform/http/index.ts'
import type { Queryable } from '#server/platform/postgres/index.ts'
import { sha256 } from '#server/platform/secrets.ts'
import { keyBySecret, type SignedIn, signedIn, touchKey } from '../store.ts'

export const SESSION_COOKIE = 'florin_session'
/** A header that no plain form can send; with SameSite=Strict it proves that our own page asks. */
const CLIENT_HEADER = 'florin-client'

const ALL: ReadonlySet<string> = new Set(PERMISSIONS)
/** What no key may do, whatever its row says. */
const FOR_PEOPLE: ReadonlySet<string> = new Set(PERSON_ONLY)

type Request = Parameters<Authenticate>[0]
type AuthRefusal = 'sign_in_required' | 'request_forged' | 'mode_invalid'

/**
 * Who calls: a member by session cookie, or a key. Read anew at each request, so changes bite at
 * once.
 */
export const authenticator =
  (q: Queryable, ownOrigins: () => readonly string[]): Authenticate =>
  async (request) => {
    const header = request.headers.authorization
    if (header !== undefined) return byKey(q, request, header)
    const token = request.cookies[SESSION_COOKIE]
    if (!token) return refuse('sign_in_required', { detail: HOW_TO_SIGN_IN })
    const member = await signedIn(q, sha256(token))
    if (!member) return refuse('sign_in_required', { detail: HOW_TO_SIGN_IN })
    if (!sameSite(request, ownOrigins())) {
      const detail = 'Send this request from the back office, or use an API key.'
      return refuse('request_forged', { detail })
    }
    return byMember(request, member)
  }

const HOW_TO_SIGN_IN =
  'Sign in at the back office, or send an API key as "Authorization: Bearer sk_…".'

function byMember(request: Request, member: SignedIn): Result<Caller, AuthRefusal> {
  const mode = modeOf(request)
  if (mode === null) return refuse('mode_invalid', { detail: 'Florin-Mode is "test" or "live".' })
  return ok({
    scope: { merchantId: member.merchant_id, mode },
    actor: { kind: 'member', id: member.member_id, name: member.name },
    permissions: ALL,
    ...where(request),
  })
}

function modeOf(request: Request): Mode | null {
  const query = request.query as Record<string, unknown> | undefined
  const said = request.headers['florin-mode'] ?? query?.mode ?? 'test'
  return said === 'test' || said === 'live' ? said : null
}

async function byKey(
  q: Queryable,
  request: Request,
  header: string,
): Promise<Result<Caller, AuthRefusal>> {
  const secret = /^Bearer (sk_(?:test|live)_[A-Za-z0-9_-]{32,64})$/.exec(header)?.[1]
  const key = secret ? await keyBySecret(q, sha256(secret)) : undefined
  if (!key) {
    const detail = 'This API key is unknown, expired or revoked. Make a new one under Developers.'
    return refuse('sign_in_required', { detail })
  }
  const asked = request.headers['florin-mode']
  if (asked !== undefined && asked !== key.mode) {
    const detail = `This key belongs to ${key.mode} mode. Use a key of the other mode.`
    return refuse('mode_invalid', { detail })
  }
  await touchKey(q, key)
  return ok({
    scope: { merchantId: key.merchant_id, mode: key.mode },
    actor: { kind: 'key', id: key.id, name: key.name },
    permissions: new Set(key.scopes.filter((one) => !FOR_PEOPLE.has(one))),
    ...where(request),
  })
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

function sameSite(request: Request, ownOrigins: readonly string[]): boolean {
  if (SAFE.has(request.method)) return true
  const { origin } = request.headers
  if (origin !== undefined && !ownOrigins.includes(origin) && !isOwnHost(request, origin)) {
    return false
  }
  return request.headers[CLIENT_HEADER] === 'web'
}

/** The address the browser itself used, e.g. 127.0.0.1 where APP_URL says localhost. */
function isOwnHost(request: Request, origin: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === request.headers.host
}

function where(request: Request): Pick<Caller, 'requestId' | 'ip' | 'locale'> {
  const french = /^\s*fr\b/i.test(request.headers['accept-language'] ?? '')
  return { requestId: request.id, ip: request.ip, locale: french ? 'fr' : 'en' }
}
