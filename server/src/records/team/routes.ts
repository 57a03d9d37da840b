import type { FastifyInstance } from 'fastify'
import { Me, SignIn } from '#contract/people.ts'
import { PERMISSIONS } from '#contract/permissions.ts'
import { Problem } from '#contract/shapes.ts'
import { present } from '#server/kernel/assert.ts'
import type { MerchantId } from '#server/kernel/ids.ts'
import { ok, type RefusalTable } from '#server/kernel/result.ts'
import type { Deps } from '#server/platform/deps.ts'
import { HTTP_REFUSALS, type RouteHost, route, sendRefusal } from '#server/platform/http/index.ts'
import { sha256 } from '#server/platform/secrets.ts'
import { merchantById, shopsOf } from '../merchants/index.ts'
import { SESSION_COOKIE } from './actions/authenticate.ts'
import { SESSION_HOURS, signIn } from './actions/sign-in.ts'
import { deleteSignIn, emailOf } from './store.ts'

type TeamDeps = Deps & { readonly publicUrl: () => string }

const SIGN_IN_REFUSALS: RefusalTable<string> = {
  ...HTTP_REFUSALS,
  sign_in_wrong: { status: 401, title: 'Wrong e-mail or password' },
  sign_in_too_often: { status: 429, title: 'Too many tries to sign in' },
}

export function teamRoutes(host: RouteHost, deps: TeamDeps): void {
  signInRoutes(host.app, deps)
  route(host, {
    method: 'GET',
    url: '/v1/me',
    permission: 'signed_in',
    tag: 'Account',
    summary: 'Who is calling, for which merchant',
    answers: { 200: Me },
    refusals: {},
    handler: async ({ caller }) => {
      const { kind, id, name } = caller.actor
      const self = { id: id ?? '', name: name ?? '' }
      const { merchantId } = caller.scope
      const email = kind === 'member' ? await emailOf(deps.db, merchantId, self.id) : ''
      return ok({
        status: 200,
        body: {
          ...(await meOf(deps, merchantId)),
          member: kind === 'member' ? { ...self, email } : null,
          key: kind === 'key' ? self : null,
          modes: kind === 'key' ? [caller.scope.mode] : ['test', 'live'],
          permissions: [...caller.permissions],
        },
      })
    },
  })
}

/** Sign-in carries its own proof, so it is the one pair of routes without a permission. */
function signInRoutes(app: FastifyInstance, deps: TeamDeps): void {
  const secure = () => deps.publicUrl().startsWith('https:')
  app.post<{ Body: { email: string; password: string } }>('/v1/sign_in', {
    schema: {
      body: SignIn,
      summary: 'Sign in with e-mail and password',
      tags: ['Account'],
      response: { 200: Me, default: Problem },
      security: [],
    },
    handler: async (request, reply) => {
      const answer = await signIn(deps, {
        ...request.body,
        ip: request.ip,
        userAgent: request.headers['user-agent'] ?? null,
        requestId: request.id,
      })
      if (!answer.ok) return sendRefusal(request, reply, answer, SIGN_IN_REFUSALS)
      const { member, token } = answer.value
      reply.setCookie(SESSION_COOKIE, token, {
        path: '/',
        httpOnly: true,
        sameSite: 'strict',
        secure: secure(),
        maxAge: SESSION_HOURS * 3600,
      })
      reply.type('application/json; charset=utf-8').serializer(JSON.stringify)
      return reply.send({
        ...(await meOf(deps, member.merchant_id)),
        member: { id: member.id, email: member.email, name: member.name },
        key: null,
        modes: ['test', 'live'],
        permissions: [...PERMISSIONS],
      })
    },
  })
  app.post('/v1/sign_out', {
    schema: { summary: 'Sign out', tags: ['Account'], security: [] },
    handler: async (request, reply) => {
      const token = request.cookies[SESSION_COOKIE]
      if (token) await deleteSignIn(deps.db, sha256(token))
      reply.clearCookie(SESSION_COOKIE, { path: '/' })
      return reply.code(204).send()
    },
  })
}

async function meOf(deps: Deps, merchantId: MerchantId) {
  const merchant = present(await merchantById(deps.db, merchantId), 'the merchant of a session')
  const shops = await shopsOf(deps.db, merchantId)
  return {
    object: 'me',
    merchant: {
      id: merchant.merchant_id,
      name: merchant.name,
      time_zone: merchant.time_zone,
      currency: merchant.currency,
      locale: merchant.locale,
    },
    shops: shops.map(({ id, name }) => ({ id, name })),
  }
}
