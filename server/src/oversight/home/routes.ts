import { Home } from '#contract/watching.ts'
import { ok } from '#server/kernel/result.ts'
import type { Deps } from '#server/platform/deps.ts'
import { type RouteHost, route } from '#server/platform/http/index.ts'
import { lookHome } from './actions/look.ts'

export function homeRoutes(host: RouteHost, deps: Deps): void {
  route(host, {
    method: 'GET',
    url: '/v1/home',
    permission: 'access_dashboard',
    tag: 'Home',
    summary: 'What needs a person, how today goes, and the newest payments',
    answers: { 200: Home },
    refusals: {},
    handler: async ({ caller }) =>
      ok({ status: 200, body: await lookHome(deps.db, caller.scope, deps.clock.now()) }),
  })
}
