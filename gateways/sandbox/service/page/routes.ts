import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { payOnPage, type PayerAct } from '../actions/pay.ts'
import { send } from '../answer.ts'
import type { Charge } from '../charge.ts'
import type { Company } from '../company.ts'
import { findChargeByRef, findChargeOfPage, relatedTo } from '../store/charges.ts'
import type { Switchboard } from '../switchboard.ts'
import type { Acting } from '../switches.ts'
import { dashboardPage } from './dashboard.ts'
import { languageOf } from './frame.ts'
import { PAGE_HEADERS } from './style.ts'
import { authenticatePage, noticePage, payerGoesTo, payPage, resultPage } from './templates.ts'

type PayerRequest = FastifyRequest<{ Params: { token: string }; Querystring: Query }>
type Query = { readonly lang?: unknown }

/** The pages that the payer sees, and the dashboard page that the vendor's customer sees. */
export function pageRoutes(app: FastifyInstance, company: Company, board: Switchboard): void {
  app.get('/pay/:token', (request: PayerRequest, reply) =>
    show(company, request, reply, (charge) => charge.status === 'action_required' ? payPage : resultPage),
  )
  app.post('/pay/:token', (request: PayerRequest, reply) => {
    const fields = fieldsOf(request)
    const act: PayerAct =
      fields.get('act') === 'cancel'
        ? { act: 'cancel' }
        : { act: 'pay', card_number: fields.get('card_number') ?? '' }
    return submit(company, request, reply, act)
  })
  app.get('/pay/:token/3ds', (request: PayerRequest, reply) =>
    show(company, request, reply, (charge) => charge.authenticating ? authenticatePage : resultPage),
  )
  app.post('/pay/:token/3ds', (request: PayerRequest, reply) => {
    const approved = fieldsOf(request).get('act') === 'approve'
    return submit(company, request, reply, { act: 'authenticate', approved })
  })
  dashboardRoutes(app, company, board)
}
