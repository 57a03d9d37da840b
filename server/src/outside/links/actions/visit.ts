import { formatAmount, type Money } from '#server/kernel/money.ts'
import { ok, type Result, refuse } from '#server/kernel/result.ts'
import { PAYER, type Scope, scopeOf } from '#server/kernel/scope.ts'
import {
  createPayments,
  lockPayments,
  type OpenSession,
  type PaymentRow,
  type Purposes,
} from '#server/money/payments/index.ts'
import type { Deps } from '#server/platform/deps.ts'
import type { Tx } from '#server/platform/postgres/index.ts'
import { type LinkRow, linkStatus } from '../payment-link.ts'
import { lockLink, tieLink } from '../store.ts'

export type VisitDeps = Deps & {
  readonly purposes: Purposes
  readonly openSession: OpenSession
}

/** Opens a checkout for a link's payment; two visitors of one link share one payment. */
export async function visitLink(
  deps: VisitDeps,
  found: LinkRow,
  amount: Money | null,
  locale: 'en' | 'fr',
): Promise<Result<{ url: string }, string>> {
  const scope = scopeOf(found)
  return deps.db.txResult(async (tx) => {
    const link = await lockLink(tx, scope, found.id)
    if (!link) return refuse('link_over')
    const status = linkStatus(link, deps.clock.now())
    if (status !== 'open' && status !== 'partially_paid') return refuse('link_over')
    const payment = await paymentOf(deps, tx, scope, link, amount)
    if (!payment.ok) return payment
    const opened = await deps.openSession(tx, scope, payment.value, {
      locale: link.locale ?? locale,
    })
    return opened.ok ? ok({ url: opened.value.url }) : opened
  })
}

async function paymentOf(
  deps: VisitDeps,
  tx: Tx,
  scope: Scope,
  link: LinkRow,
  chosen: Money | null,
): Promise<Result<PaymentRow, string>> {
  const kept = link.payment_id
    ? (await lockPayments(tx, scope, [link.payment_id])).get(link.payment_id)
    : undefined
  const alive = kept && kept.status !== 'expired' && kept.status !== 'canceled'
  const samePrice =
    kept && (link.amount !== null || kept.captured > 0n || kept.amount === chosen?.amount)
  if (alive && samePrice) return ok(kept)
  const money = link.amount === null ? chosen : { amount: link.amount, currency: link.currency }
  if (!money) return refuse('amount_missing')
  const actionDeps = { ...deps, now_ms: deps.clock.now() }
  const [made] = await createPayments(actionDeps, tx, scope, PAYER, [
    {
      amount: { value: formatAmount(money.amount, money.currency), currency: money.currency },
      ...optional(link),
      metadata: link.metadata,
      source: 'link',
      purpose_name: 'link',
      link_id: link.id,
    },
  ])
  if (!made?.ok) return made ?? refuse('link_over')
  await tieLink(tx, scope, link.id, made.value.id)
  return made
}

function optional(link: LinkRow) {
  const { reference, description, payer_name, payer_email, customer_id, shop_id } = link
  const fields = { reference, description, payer_name, payer_email, customer_id, shop_id }
  const given = Object.entries(fields).filter(([, value]) => value !== null)
  return Object.fromEntries(given) as Record<string, string>
}
