import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerOnce, type EffectAnswer } from '../actions/answer-once.ts'
import { chargeToken, openCheckout } from '../actions/open-charge.ts'
import { refundCharge } from '../actions/refund.ts'
import { send } from '../answer.ts'
import type { Queryable, Refusal } from '../books.ts'
import { scenarioOf } from '../cards.ts'
import type { Charge } from '../charge.ts'
import { type Company, payerUrl } from '../company.ts'
import { readChargeRequest, readCheckoutRequest, readRefundRequest } from '../requests.ts'
import { type Account, accountOfKey } from '../store/accounts.ts'
import { chargesOfTransaction, findCharge, relatedTo } from '../store/charges.ts'
import { type Acting, ANSWER_SWITCHES, actingOf, type Point } from '../switches.ts'
import { errorBody, misreported, wireCharge, wireRefund } from '../wire.ts'

/** The API that a gateway adapter speaks: Bearer key, JSON, an Idempotency-Key on every POST. */
export function apiRoutes(app: FastifyInstance, company: Company): void {
  app.post('/v1/checkouts', keyed(company, 'checkout', checkoutEffect))
  app.post('/v1/charges', keyed(company, 'charge', chargeEffect))
  app.post('/v1/refunds', keyed(company, 'refund', refundEffect))
  app.get<{ Params: { ref: string } }>('/v1/charges/:ref', (request, reply) =>
    called(company, request, reply, 'look_up', async ({ account_ref }) => {
      const charge = await findCharge(company.books, account_ref, request.params.ref)
      if (charge === null) return failed(404, 'not_found', 'There is no such charge.')
      return { status: 200, body: await shown(company, company.books, charge) }
    }),
  )
  app.get<{ Querystring: { transaction_id?: unknown } }>('/v1/charges', (request, reply) =>
    called(company, request, reply, 'look_up', async ({ account_ref }) => {
      const { transaction_id } = request.query
      if (typeof transaction_id !== 'string') {
        return failed(400, 'request_malformed', 'Name one transaction_id.')
      }
      const charges = await chargesOfTransaction(company.books, account_ref, transaction_id)
      const data: object[] = []
      for (const charge of charges) data.push(await shown(company, company.books, charge))
      return { status: 200, body: { object: 'list', data } }
    }),
  )
}

type Effect = (
  company: Company,
  tx: Queryable,
  account: Account,
  body: string,
) => Promise<EffectAnswer>

const checkoutEffect: Effect = async (company, tx, account, body) => {
  const request = readCheckoutRequest(body)
  if (!request.ok) return refused(request.refusal)
  const opened = await openCheckout(company, tx, account, request.value)
  return opened.ok ? made(await shown(company, tx, opened.value)) : refused(opened.refusal)
}

const chargeEffect: Effect = async (company, tx, account, body) => {
  const request = readChargeRequest(body)
  if (!request.ok) return refused(request.refusal)
  const charged = await chargeToken(company, tx, account, request.value)
  if (!charged.ok) return refused(charged.refusal)
  const charge = charged.value
  const delay_ms = scenarioOf(charge.scenario ?? '')?.answer_delay_ms ?? 0
  if (charge.failure_code === null) return { ...made(await shown(company, tx, charge)), delay_ms }
  const error = errorBody(charge.failure_code, charge.failure_message ?? '', charge.ref)
  return { status: 402, body: error, kept: true }
}

const refundEffect: Effect = async (company, tx, { account_ref }, body) => {
  const request = readRefundRequest(body)
  if (!request.ok) return refused(request.refusal)
  const { charge: charge_ref, ...wish } = request.value
  const refunded = await refundCharge(company, tx, account_ref, { ...wish, charge_ref })
  return refunded.ok ? made(wireRefund(refunded.value.refund)) : refused(refunded.refusal)
}

const made = (body: object): EffectAnswer => ({ status: 201, body, kept: true })

const refused = (refusal: Refusal): EffectAnswer => ({ ...refusalAnswer(refusal), kept: false })

/** Refusals are 400, except for a thing that is not there. */
export const refusalAnswer = ({ code, detail }: Refusal) =>
  failed(code === 'not_found' ? 404 : 400, code, detail)

export const failed = (status: number, code: string, message: string) => ({
  status,
  body: errorBody(code, message),
})

const shown = async (company: Company, books: Queryable, charge: Charge) =>
  wireCharge(charge, await relatedTo(books, charge), payerUrl(company, charge))

/** A POST whose effect happens once per Idempotency-Key. */
function keyed(company: Company, point: Point, act: Effect) {
  return (request: FastifyRequest, reply: FastifyReply) =>
    called(company, request, reply, point, async (account) => {
      const key = request.headers['idempotency-key']
      if (typeof key !== 'string' || key.length < 1 || key.length > 255) {
        return failed(
          400,
          'idempotency_key_missing',
          'Send an Idempotency-Key of 1 to 255 characters.',
        )
      }
      const body = typeof request.body === 'string' ? request.body : ''
      const { pathname } = new URL(request.url, 'http://sandbox')
      const once = await answerOnce(company, account, { key, path: pathname, body, point }, (tx) =>
        act(company, tx, account, body),
      )
      return { ...once, body: JSON.parse(once.body) as object }
    })
}

type Called = {
  readonly status: number
  readonly body: object
  readonly acting?: Acting
  readonly delay_ms?: number
}

/** Who calls is looked up together with the switches that act on this call. */
async function called(
  company: Company,
  request: FastifyRequest,
  reply: FastifyReply,
  point: Point,
  act: (account: Account) => Promise<Called>,
): Promise<unknown> {
  const caller = await callerOf(company, request, point)
  if (caller === null) return sendJson(company, reply, unauthorized)
  const { account, acting } = caller
  if (acting.rate_limit) {
    const seconds = acting.rate_limit.retry_after_s ?? 1
    const answer = failed(429, 'rate_limited', 'Too many requests.')
    return sendJson(company, reply, answer, acting, { 'retry-after': `${seconds}` })
  }
  if (acting.error_before_charge) return sendJson(company, reply, broken, acting)
  const answer = await act(account)
  const all = { ...acting, ...answer.acting }
  if (all.error_after_charge) return sendJson(company, reply, broken, all)
  if (all.garble_answers) return sendJson(company, reply, garbled, all)
  const told = { status: answer.status, body: misreported(answer.body, all) }
  if (answer.delay_ms) await company.wait(answer.delay_ms)
  return sendJson(company, reply, told, all)
}

const unauthorized = failed(401, 'unauthorized', 'The API key is not known here.')
const broken = failed(500, 'internal_error', 'Something went wrong on our side.')
const garbled: Called = { status: 200, body: { object: 'charge', id: null, status: 'succeeded' } }

export async function callerOf(
  company: Company,
  request: FastifyRequest,
  point: Point | null,
): Promise<{ account: Account; acting: Acting } | null> {
  const key = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1]
  if (key === undefined) return null
  const digest = createHash('sha256').update(key).digest()
  const names = point === null ? [] : ANSWER_SWITCHES
  const found = await accountOfKey(company.books, digest, names, point)
  return found && { account: found.account, acting: actingOf(found.used) }
}

export function sendJson(
  company: Company,
  reply: FastifyReply,
  answer: { readonly status: number; readonly body: object },
  acting: Acting = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const { status } = answer
  const body = JSON.stringify(answer.body)
  const whole = { status, content_type: 'application/json; charset=utf-8', body, headers }
  return send(reply, whole, acting, company.wait)
}
