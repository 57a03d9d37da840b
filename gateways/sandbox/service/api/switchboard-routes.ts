import type { FastifyInstance, FastifyRequest, HTTPMethods } from 'fastify'
import type { Result } from '../books.ts'
import type { Company } from '../company.ts'
import { readDisputeOutcome, readDisputeRequest, readJson } from '../requests.ts'
import type { Switchboard } from '../switchboard.ts'
import { callerOf, failed, refusalAnswer, sendJson } from './routes.ts'

type Answer = { readonly status: number; readonly body: object }
type Asked = {
  readonly board: Switchboard
  readonly account_ref: string
  readonly body: string
  /** The id or ref in the path. */
  readonly named: string
}

const ROUTES: readonly (readonly [HTTPMethods, string, (asked: Asked) => Promise<Answer>])[] = [
  ['GET', '/v1/switches', async (asked) => found(await asked.board.getSwitches(asked.account_ref))],
  ['PUT', '/v1/switches', setSwitches],
  ['DELETE', '/v1/switches', resetSwitches],
  ['GET', '/v1/events', async (asked) => list(await asked.board.listEvents(asked.account_ref))],
  ['POST', '/v1/events/:named/resend', resendEvent],
  ['POST', '/v1/disputes', createDispute],
  ['POST', '/v1/disputes/:named/close', closeDispute],
  ['GET', '/v1/books', async (asked) => found(await asked.board.truth(asked.account_ref))],
  ['GET', '/v1/summary', async (asked) => found(await asked.board.booksSummary(asked.account_ref))],
]

/** The switchboard over HTTP, for tests that see this company from outside. Switches spare it. */
export function switchboardRoutes(
  app: FastifyInstance,
  company: Company,
  board: Switchboard,
): void {
  for (const [method, url, act] of ROUTES) {
    app.route<{ Params: { named?: string } }>({
      method,
      url,
      handler: async (request, reply) => {
        const caller = await callerOf(company, request, null)
        if (caller === null) {
          const answer = failed(401, 'unauthorized', 'The API key is not known here.')
          return sendJson(company, reply, answer)
        }
        const { account_ref } = caller.account
        const named = request.params.named ?? ''
        const answer = await act({ board, account_ref, body: textOf(request), named })
        return sendJson(company, reply, answer)
      },
    })
  }
}

async function setSwitches({ board, account_ref, body }: Asked): Promise<Answer> {
  const input = readJson(body)
  return answered(input.ok ? await board.setSwitches(account_ref, input.value) : input)
}

async function resetSwitches({ board, account_ref }: Asked): Promise<Answer> {
  await board.resetSwitches(account_ref)
  return found({})
}

async function resendEvent({ board, account_ref, named }: Asked): Promise<Answer> {
  const sent = await board.resendEvent(account_ref, named)
  return sent ? found({}) : failed(404, 'not_found', 'There is no such event.')
}

async function createDispute({ board, account_ref, body }: Asked): Promise<Answer> {
  const wish = readDisputeRequest(body)
  if (!wish.ok) return answered(wish)
  return answered(await board.createDispute(account_ref, wish.value.charge, wish.value.amount))
}

async function closeDispute({ board, account_ref, body, named }: Asked): Promise<Answer> {
  const end = readDisputeOutcome(body)
  if (!end.ok) return answered(end)
  return answered(await board.closeDispute(account_ref, named, end.value.outcome))
}

const textOf = (request: FastifyRequest): string =>
  typeof request.body === 'string' ? request.body : ''

const found = (body: object): Answer => ({ status: 200, body })
const list = (data: readonly object[]): Answer => found({ object: 'list', data })
const answered = (result: Result<object>): Answer =>
  result.ok ? found(result.value) : refusalAnswer(result.refusal)
