import { Type } from 'typebox'
import { Lookup } from '#contract/watching.ts'
import { ok, type RefusalTable, refuse } from '#server/kernel/result.ts'
import type { Deps } from '#server/platform/deps.ts'
import { type RouteHost, route } from '#server/platform/http/index.ts'
import { lookup } from './actions/lookup.ts'

const REFUSALS = {
  lookup_empty: { status: 400, title: 'Nothing to look up' },
} as const satisfies RefusalTable<string>

const TextParams = Type.Object({
  text: Type.String({ maxLength: 400, description: 'Any id, reference, label or e-mail.' }),
})

export function searchRoutes(host: RouteHost, deps: Deps): void {
  route(host, {
    method: 'GET',
    url: '/v1/lookup/:text',
    permission: 'access_payments',
    tag: 'Search',
    summary: 'Find what an id, reference, label or e-mail stands for',
    params: TextParams,
    answers: { 200: Lookup },
    refusals: REFUSALS,
    handler: async ({ caller, params }) => {
      const text = params.text.replaceAll('\0', '').trim()
      if (text === '') return refuse('lookup_empty', { detail: 'Write what to look for.' })
      return ok({ status: 200, body: await lookup(deps.db, caller.scope, text) })
    },
  })
}
