import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Result } from '../books.ts'
import type { Company } from '../company.ts'
import { readDisputeOutcome, readDisputeRequest, readJson } from '../requests.ts'
import type { Switchboard } from '../switchboard.ts'
import { callerOf, failed, refusalAnswer, sendJson } from './routes.ts'

type Answer = { readonly status: number; readonly body: object }

/** The switchboard over HTTP, for tests that see this company from outside. Switches spare it. */
export function switchboardRoutes(
  app: FastifyInstance,
  company: Company,
  board: Switchboard,
): void {
  const own = (act: (account_ref: string, request: FastifyRequest) => Promise<Answer>) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const caller = await callerOf(company, request, null)
      const answer = caller
        ? await act(caller.account.account_ref, request)
        : failed(401, 'unauthorized', 'The API key is not known here.')
      return sendJson(company, reply, answer)
    }
  const path = (request: FastifyRequest, name: string): string =>
    (request.params as Record<string, string>)[name] ?? ''

  app.get('/v1/switches', own(async (account) => found(await board.getSwitches(account))))
  app.put('/v1/switches', own(async (account, request) => {
    const input = readJson(textOf(request))
    return answered(input.ok ? await board.setSwitches(account, input.value) : input)
  }))
  app.delete('/v1/switches', own(async (account) => {
    await board.resetSwitches(account)
    return found({})
  }))
  app.get('/v1/events', own(async (account) => list(await board.listEvents(account))))
  app.post('/v1/events/:id/resend', own(async (account, request) => {
    const sent = await board.resendEvent(account, path(request, 'id'))
    return sent ? found({}) : failed(404, 'not_found', 'There is no such event.')
  }))
  app.post('/v1/disputes', own(async (account, request) => {
    const wish = readDisputeRequest(textOf(request))
    if (!wish.ok) return answered(wish)
    const { charge, amount } = wish.value
    return answered(await board.createDispute(account, charge, amount))
  }))
  app.post('/v1/disputes/:ref/close', own(async (account, request) => {
    const end = readDisputeOutcome(textOf(request))
    if (!end.ok) return answered(end)
    return answered(await board.closeDispute(account, path(request, 'ref'), end.value.outcome))
  }))
  app.get('/v1/books', own(async (account) => found(await board.truth(account))))
  app.get('/v1/summary', own(async (account) => found(await board.booksSummary(account))))
}

const textOf = (request: FastifyRequest): string =>
  typeof request.body === 'string' ? request.body : ''

const found = (body: object): Answer => ({ status: 200, body })
const list = (data: readonly object[]): Answer => found({ object: 'list', data })
const answered = (result: Result<object>): Answer =>
  result.ok ? found(result.value) : refusalAnswer(result.refusal)
