import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type PayerAct, payOnPage } from '../actions/pay.ts'
import { send } from '../answer.ts'
import type { Charge } from '../charge.ts'
import type { Company } from '../company.ts'
import { takeSwitches } from '../store/accounts.ts'
import { findChargeByRef, findChargeOfPage, relatedTo } from '../store/charges.ts'
import type { Switchboard } from '../switchboard.ts'
import { type Acting, ANSWER_SWITCHES, actingOf } from '../switches.ts'
import { dashboardPage } from './dashboard.ts'
import { languageOf } from './frame.ts'
import { PAGE_HEADERS } from './style.ts'
import { authenticatePage, noticePage, payerGoesTo, payPage, resultPage } from './templates.ts'
import type { Language } from './words.ts'

type Query = { readonly lang?: unknown }
type PayerRequest = FastifyRequest<{ Params: { token: string }; Querystring: Query }>
type StaffRequest = FastifyRequest<{ Params: { ref: string }; Querystring: Query }>

/** The pages that the payer sees, and the dashboard page that this company's customer sees. */
export function pageRoutes(app: FastifyInstance, company: Company, board: Switchboard): void {
  app.get('/pay/:token', (request: PayerRequest, reply) =>
    show(company, request, reply, (charge, language) =>
      charge.status === 'action_required' && charge.origin === 'checkout'
        ? payPage(charge, language, null)
        : resultPage(charge, language),
    ),
  )
  app.post('/pay/:token', (request: PayerRequest, reply) => {
    const fields = fieldsOf(request)
    const card_number = fields.get('card_number') ?? ''
    const canceled = fields.get('act') === 'cancel'
    return submit(
      company,
      request,
      reply,
      canceled ? { act: 'cancel' } : { act: 'pay', card_number },
    )
  })
  app.get('/pay/:token/3ds', (request: PayerRequest, reply) =>
    show(company, request, reply, (charge, language) =>
      charge.authenticating ? authenticatePage(charge, language) : resultPage(charge, language),
    ),
  )
  app.post('/pay/:token/3ds', (request: PayerRequest, reply) => {
    const approved = fieldsOf(request).get('act') === 'approve'
    return submit(company, request, reply, { act: 'authenticate', approved })
  })
  app.get('/dashboard/charges/:ref', (request: StaffRequest, reply) =>
    dashboard(company, board, request, reply, false),
  )
  app.post('/dashboard/charges/:ref', async (request: StaffRequest, reply) => {
    const charge = await findChargeByRef(company.books, request.params.ref)
    if (charge === null) return sendPage(company, reply, 404, noPage(languageOfStaff(request)))
    const amount = (fieldsOf(request).get('amount') ?? '').trim().replace(',', '.')
    const refunded = await board.refundAtDashboard(charge.account_ref, charge.ref, amount)
    if (!refunded.ok) return dashboard(company, board, request, reply, true)
    return goTo(reply, `?lang=${languageOfStaff(request)}`)
  })
}

const fieldsOf = (request: FastifyRequest): URLSearchParams =>
  new URLSearchParams(typeof request.body === 'string' ? request.body : '')

const languageOfPayer = (request: PayerRequest, charge: Charge | null): Language =>
  languageOf(request.query.lang, charge?.locale, request.headers['accept-language'])

const languageOfStaff = (request: StaffRequest): Language =>
  languageOf(request.query.lang, request.headers['accept-language'])

const noPage = (language: Language): string =>
  noticePage(language, (words) => ({ title: words.no_page_title, text: words.no_page_text }))

const brokenPage = (language: Language): string =>
  noticePage(language, (words) => ({ title: words.broken_title, text: words.broken_text }))

const goTo = (reply: FastifyReply, url: string) => reply.headers(PAGE_HEADERS).redirect(url, 303)

function sendPage(
  company: Company,
  reply: FastifyReply,
  status: number,
  body: string,
  acting: Acting = {},
): Promise<unknown> {
  const page = { status, content_type: 'text/html; charset=utf-8', body, headers: PAGE_HEADERS }
  return send(reply, page, acting, company.wait)
}

async function show(
  company: Company,
  request: PayerRequest,
  reply: FastifyReply,
  draw: (charge: Charge, language: Language) => string,
): Promise<unknown> {
  const charge = await findChargeOfPage(company.books, request.params.token)
  const language = languageOfPayer(request, charge)
  if (charge === null) return sendPage(company, reply, 404, noPage(language))
  return sendPage(company, reply, 200, draw(charge, language))
}

/** Pays, or says again what the payment already came to; then the payer is sent on. */
async function submit(
  company: Company,
  request: PayerRequest,
  reply: FastifyReply,
  act: PayerAct,
): Promise<unknown> {
  const { token } = request.params
  const found = await findChargeOfPage(company.books, token)
  const language = languageOfPayer(request, found)
  if (found === null) return sendPage(company, reply, 404, noPage(language))
  const used = await takeSwitches(company.books, found.account_ref, ANSWER_SWITCHES, 'page')
  const before = actingOf(used)
  if (before.error_before_charge || before.rate_limit) {
    return sendPage(company, reply, before.rate_limit ? 429 : 500, brokenPage(language), before)
  }
  const answer = await payOnPage(company, token, act)
  if (answer.kind === 'no_such_page') return sendPage(company, reply, 404, noPage(language))
  if (answer.kind === 'correct_card') {
    const page = payPage(answer.charge, language, answer.problem)
    return sendPage(company, reply, 422, page, before)
  }
  if (answer.answer_delay_ms > 0) await company.wait(answer.answer_delay_ms)
  const acting = { ...before, ...answer.acting }
  if (acting.error_after_charge) {
    return sendPage(company, reply, 500, brokenPage(language), acting)
  }
  const url = nextUrl(company, answer.charge, language)
  if (url === null)
    return sendPage(company, reply, 200, resultPage(answer.charge, language), acting)
  const page = {
    status: 303,
    content_type: 'text/html; charset=utf-8',
    body: resultPage(answer.charge, language),
    headers: { ...PAGE_HEADERS, location: url },
  }
  return send(reply, page, acting, company.wait)
}

function nextUrl(company: Company, charge: Charge, language: Language): string | null {
  if (charge.status !== 'action_required') return payerGoesTo(charge)
  const page = `${company.pages()}/pay/${charge.pay_token}`
  return `${page}${charge.authenticating ? '/3ds' : ''}?lang=${language}`
}

async function dashboard(
  company: Company,
  board: Switchboard,
  request: StaffRequest,
  reply: FastifyReply,
  refund_refused: boolean,
): Promise<unknown> {
  const language = languageOfStaff(request)
  const charge = await findChargeByRef(company.books, request.params.ref)
  if (charge === null) return sendPage(company, reply, 404, noPage(language))
  const { refunds } = await relatedTo(company.books, charge)
  const events = await board.listEvents(charge.account_ref, { charge_ref: charge.ref })
  const page = dashboardPage({ charge, refunds, events, refund_refused }, language)
  return sendPage(company, reply, refund_refused ? 422 : 200, page)
}
