import { readFile } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  checkoutAssets,
  checkoutStatus,
  contentSecurityPolicy,
  type MessageKind,
  pickLocale,
  renderCheckout,
  renderMessagePage,
  renderReceipt,
} from '#checkout/index.ts'
import { present } from '#server/kernel/assert.ts'
import { scopeOf } from '#server/kernel/scope.ts'
import { type CallDeps, syncTransaction } from '#server/money/gateway-calls/index.ts'
import { paymentById } from '#server/money/payments/index.ts'
import { refundsOf } from '#server/money/refunds/index.ts'
import { isOpen, transactionsOf } from '#server/money/transactions/index.ts'
import { sha256 } from '#server/platform/secrets.ts'
import { merchantById } from '#server/records/merchants/index.ts'
import { methodsOf, usable } from '#server/records/payment-methods/index.ts'
import { pay } from '../actions/pay.ts'
import type { SessionRow } from '../session.ts'
import { sessionByToken } from '../store.ts'
import { checkoutProps, type PageFacts, receiptProps } from './page-props.ts'

type Page = { Params: { token: string }; Querystring: { lang?: string } }
type Locale = 'en' | 'fr'
const TOKEN = /^[A-Za-z0-9_-]{22}$/

/** The payer's pages: no cookie, no account; the address itself is the proof. */
export function checkoutPages(app: FastifyInstance, deps: CallDeps): void {
  formBodies(app)
  assets(app)
  app.get<Page>('/c/:token', hidden, async (request, reply) => {
    const found = await find(deps, request)
    if (!found) return message(request, reply, 'not_found')
    return html(reply, deps, renderCheckout(propsOf(found, request)))
  })
  app.get<Page>('/c/:token/status', hidden, async (request, reply) => {
    const found = await find(deps, request)
    if (!found) return reply.code(404).send()
    const shown = JSON.stringify(checkoutStatus(propsOf(found, request)))
    return reply.type('application/json; charset=utf-8').send(shown)
  })
  app.get<Page>('/c/:token/return', hidden, async (request, reply) => {
    const found = await find(deps, request)
    if (!found) return message(request, reply, 'not_found')
    await lookNow(deps, found)
    return reply.redirect(pathOf(request), 303)
  })
  app.post<Page>('/c/:token/pay', hidden, (request, reply) => payPage(deps, request, reply))
  app.get<Page>('/c/:token/pay', hidden, (request, reply) => reply.redirect(pathOf(request), 303))
  app.get<Page>('/r/:token', hidden, async (request, reply) => {
    const found = await find(deps, request)
    if (!found || found.payment.captured === 0n) return message(request, reply, 'not_found')
    const refunds = await refundsOf(deps.db, scopeOf(found.session), found.payment.id)
    const locale = localeOf(request, found.session.locale, found.merchant.locale)
    const { token } = request.params
    return html(reply, deps, renderReceipt(receiptProps(found, refunds, token, locale)))
  })
}

const hidden = { schema: { hide: true } }

async function payPage(
  deps: CallDeps,
  request: FastifyRequest<Page>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const session = await sessionOf(deps, request)
  if (!session) return message(request, reply, 'not_found')
  const form = request.body as { method?: string } | undefined
  const merchant = await merchantById(deps.db, session.merchant_id)
  const answer = await pay(deps, session, {
    method: form?.method ?? '',
    locale: localeOf(request, session.locale, merchant?.locale ?? 'en'),
    pageUrl: `${deps.publicUrl()}/c/${request.params.token}`,
  })
  return reply.redirect((answer.ok && answer.value.next) || pathOf(request), 303)
}

/** The payer is back: ask the gateway now, whatever the address claims. */
async function lookNow(deps: CallDeps, facts: PageFacts): Promise<void> {
  for (const charge of facts.charges) {
    if (isOpen(charge.state)) await syncTransaction(deps, scopeOf(facts.session), charge.id)
  }
}

const pathOf = (request: FastifyRequest<Page>): string => {
  const { lang } = request.query
  const path = `/c/${request.params.token}`
  return lang === 'en' || lang === 'fr' ? `${path}?lang=${lang}` : path
}

const propsOf = (facts: PageFacts, request: FastifyRequest<Page>) =>
  checkoutProps(
    facts,
    `/c/${request.params.token}`,
    localeOf(request, facts.session.locale, facts.merchant.locale),
  )

const localeOf = (
  request: FastifyRequest<{ Querystring: { lang?: string } }>,
  session: string | null,
  org: string,
): Locale =>
  pickLocale({
    query: request.query.lang ?? null,
    link: session,
    customer: null,
    acceptLanguage: request.headers['accept-language'] ?? null,
    org,
  })

async function sessionOf(
  deps: CallDeps,
  request: FastifyRequest<Page>,
): Promise<SessionRow | undefined> {
  const { token } = request.params
  return TOKEN.test(token) ? sessionByToken(deps.db, sha256(token)) : undefined
}

async function find(deps: CallDeps, request: FastifyRequest<Page>): Promise<PageFacts | undefined> {
  const session = await sessionOf(deps, request)
  if (!session) return undefined
  const scope = scopeOf(session)
  const payment = present(await paymentById(deps.db, scope, session.payment_id), 'its payment')
  const all = await transactionsOf(deps.db, scope, [payment.id])
  const merchant = present(await merchantById(deps.db, scope.merchantId), 'its merchant')
  return {
    session,
    payment,
    charges: all.filter((one) => one.type === 'charge'),
    methods: usable(await methodsOf(deps.db, scope), payment.currency),
    merchant,
    now_ms: deps.clock.now(),
  }
}

/** Where the browser may be sent on from our forms: the gateways' own pages. */
function formOrigins(deps: CallDeps): string[] {
  return [new URL(deps.publicUrl()).origin]
}

function html(reply: FastifyReply, deps: CallDeps, page: string): FastifyReply {
  return reply
    .header('content-security-policy', contentSecurityPolicy(formOrigins(deps)))
    .header('x-frame-options', 'DENY')
    .type('text/html; charset=utf-8')
    .send(page)
}

export function message(
  request: FastifyRequest,
  reply: FastifyReply,
  kind: MessageKind,
): FastifyReply {
  const acceptLanguage = request.headers['accept-language'] ?? null
  const page = renderMessagePage({
    locale: pickLocale({ query: null, link: null, customer: null, acceptLanguage, org: 'en' }),
    kind,
    merchant: null,
    mode: null,
    lang_urls: null,
    request_id: request.id,
    retry_url: null,
    back_url: null,
  })
  return reply
    .code(kind === 'not_found' ? 404 : 410)
    .header('content-security-policy', contentSecurityPolicy([]))
    .type('text/html; charset=utf-8')
    .send(page)
}

export function formBodies(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
}

function assets(app: FastifyInstance): void {
  for (const file of [checkoutAssets.style, checkoutAssets.script]) {
    if (!file) continue
    app.get(new URL(file.url, 'http://local').pathname, hidden, async (_request, reply) => {
      return reply
        .header('cache-control', file.cache_control)
        .type(file.content_type)
        .send(await readFile(file.path))
    })
  }
}
