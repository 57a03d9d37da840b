import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  type AmountError,
  contentSecurityPolicy,
  pickLocale,
  readAmount,
  renderLinkPage,
} from '#checkout/index.ts'
import { exponentOf, type Money, parseMoney, toWire } from '#server/kernel/money.ts'
import { scopeOf } from '#server/kernel/scope.ts'
import { paymentById, remaining } from '#server/money/payments/index.ts'
import { type MerchantRow, merchantById } from '#server/records/merchants/index.ts'
import { formBodies, message } from '../../checkout/index.ts'
import { type VisitDeps, visitLink } from '../actions/visit.ts'
import { type LinkRow, linkStatus } from '../payment-link.ts'
import { linkByCode } from '../store.ts'

type Page = { Params: { code: string }; Querystring: { lang?: string } }
type PageDeps = VisitDeps & { readonly publicUrl: () => string }
type Typed = { entered: string; error: AmountError }

const CODE = /^[A-Za-z0-9_-]{22,64}$/
const hidden = { schema: { hide: true } }

export function linkPages(app: FastifyInstance, deps: PageDeps): void {
  formBodies(app)
  app.get<Page>('/l/:code', hidden, async (request, reply) => show(deps, request, reply, null))
  app.get<Page>('/l/:code/pay', hidden, (request, reply) =>
    reply.redirect(`/l/${request.params.code}`, 303),
  )
  app.post<Page>('/l/:code/pay', hidden, async (request, reply) => {
    const link = await find(deps, request)
    if (!link) return message(request, reply, 'not_found')
    const locale = localeOf(request, link)
    const form = request.body as { amount?: string } | undefined
    const typed =
      link.amount === null ? typedAmount(form?.amount ?? '', link.currency, locale) : null
    if (typed && 'error' in typed) return show(deps, request, reply, typed)
    const opened = await visitLink(deps, link, typed, locale)
    if (opened.ok) return reply.redirect(opened.value.url, 303)
    return reply.redirect(`/l/${link.code}?lang=${locale}`, 303)
  })
}

/** What a payer typed, in the way their language writes numbers. */
function typedAmount(text: string, currency: string, locale: 'en' | 'fr'): Money | Typed {
  const entered = text.slice(0, 40)
  const read = readAmount(text, locale, exponentOf(currency))
  if (!read.ok) return { entered, error: read.error }
  const money = parseMoney({ value: read.value, currency })
  if (money.ok) return money.value
  const large = money.refusal.code === 'amount_too_large'
  return { entered, error: large ? 'too_large' : 'too_small' }
}

async function find(deps: PageDeps, request: FastifyRequest<Page>): Promise<LinkRow | undefined> {
  const { code } = request.params
  return CODE.test(code) ? linkByCode(deps.db, code) : undefined
}

const localeOf = (request: FastifyRequest<Page>, link: LinkRow): 'en' | 'fr' =>
  pickLocale({
    query: request.query.lang ?? null,
    link: link.locale,
    customer: null,
    acceptLanguage: request.headers['accept-language'] ?? null,
    org: 'en',
  })

async function show(
  deps: PageDeps,
  request: FastifyRequest<Page>,
  reply: FastifyReply,
  typed: Typed | null,
): Promise<FastifyReply> {
  const link = await find(deps, request)
  const merchant = link ? await merchantById(deps.db, link.merchant_id) : undefined
  if (!link || !merchant) return message(request, reply, 'not_found')
  const page = renderLinkPage(await propsOf(deps, link, merchant, localeOf(request, link), typed))
  return reply
    .code(typed ? 422 : 200)
    .header('content-security-policy', contentSecurityPolicy([new URL(deps.publicUrl()).origin]))
    .header('x-frame-options', 'DENY')
    .type('text/html; charset=utf-8')
    .send(page)
}

async function propsOf(
  deps: PageDeps,
  link: LinkRow,
  merchant: MerchantRow,
  locale: 'en' | 'fr',
  typed: Typed | null,
) {
  const payment = link.payment_id
    ? await paymentById(deps.db, scopeOf(link), link.payment_id)
    : undefined
  const money = (amount: bigint) => toWire({ amount, currency: link.currency })
  const total = link.amount ?? (payment && payment.captured > 0n ? payment.amount : null)
  const open = total === null
  return {
    locale,
    mode: link.mode,
    merchant: { name: merchant.name, support_email: null, time_zone: merchant.time_zone },
    lang_urls: { en: `/l/${link.code}?lang=en`, fr: `/l/${link.code}?lang=fr` },
    status: linkStatus(link, deps.clock.now()),
    amount: open ? null : money(payment?.captured ? remaining(payment) : total),
    total: open ? null : money(total),
    received: payment && payment.captured > 0n ? money(payment.captured) : null,
    open_amount: open
      ? {
          currency: link.currency,
          digits: exponentOf(link.currency),
          entered: typed?.entered ?? null,
          error: typed?.error ?? null,
          min: null,
          max: null,
        }
      : null,
    reference: link.reference,
    description: link.description,
    due_on: link.due_on,
    expires_at: link.expires_at?.toISOString() ?? null,
    now: new Date(deps.clock.now()).toISOString(),
    pay_url: `/l/${link.code}/pay?lang=${locale}`,
    receipt_url: null,
  }
}
