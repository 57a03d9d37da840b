import type { Actor } from '#server/kernel/scope.ts'
import { type LinkRow, presentLink } from '#server/outside/links/index.ts'
import type { Wish } from './begin.ts'
import { DAY_MS, MINUTE_MS } from './calendar.ts'
import { type Dice, type IdAt, idsFrom } from './dice.ts'
import type { AuditLine, EventLine, Leaves } from './leaves.ts'
import { personOf } from './people.ts'
import { amountOf, describe, referenceOf } from './prices.ts'
import type { Stage, Story } from './story.ts'

const CODE_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const CODE_LENGTH = 22

type Ask = Pick<Wish, 'person' | 'customer_id' | 'shop_id' | 'currency' | 'reference'> &
  Pick<Wish, 'description'> & { readonly amount: bigint; readonly at_ms: number }

/** A link that somebody in the office sent before its payer came. */
export function makeLink(stage: Stage, leaves: Leaves, dice: Dice, idAt: IdAt, wish: Ask): LinkRow {
  const sent_ms = wish.at_ms - dice.between(3 * MINUTE_MS, 4 * DAY_MS)
  return leave(stage, leaves, dice, idAt, wish, sent_ms)
}

export const tieLink = (link: LinkRow, story: Story): void => {
  link.payment_id = story.row.id
}

/** A link that nobody has opened: still waiting, too old, or taken back. */
export function idleLink(stage: Stage, leaves: Leaves, dice: Dice, at_ms: number): void {
  const person = personOf(dice)
  const { currency, locale } = person
  const idAt = idsFrom(dice)
  const number = dice.roll(9999)
  const ask = {
    person,
    currency,
    at_ms,
    customer_id: null,
    shop_id: dice.pick(stage.shops),
    amount: amountOf('invoice', currency, dice),
    reference: referenceOf('invoice', locale, new Date(at_ms).getUTCFullYear(), 80_000 + number),
    description: describe('invoice', locale, dice),
  }
  const link = leave(stage, leaves, dice, idAt, ask, at_ms)
  const canceled_ms = at_ms + dice.between(MINUTE_MS, 2 * DAY_MS)
  if (!dice.chance(25) || canceled_ms > stage.until_ms) return
  link.canceled_at = new Date(canceled_ms)
  tellOf(stage, leaves, idAt, link, 'cancel', canceled_ms)
}

function leave(
  stage: Stage,
  leaves: Leaves,
  dice: Dice,
  idAt: IdAt,
  ask: Ask,
  sent_ms: number,
): LinkRow {
  const days = dice.pick([14, 30, 60])
  const row: LinkRow = {
    merchant_id: stage.scope.merchantId,
    mode: stage.scope.mode,
    id: idAt('paymentLink', sent_ms),
    code: dice.text(CODE_LETTERS, CODE_LENGTH),
    amount: ask.amount,
    currency: ask.currency,
    reference: ask.reference,
    description: ask.description,
    payer_name: ask.person.name,
    payer_email: ask.person.email,
    customer_id: ask.customer_id,
    shop_id: ask.shop_id,
    metadata: {},
    payment_id: null,
    locale: ask.person.locale,
    due_on: new Date(sent_ms + days * DAY_MS).toISOString().slice(0, 10),
    expires_at: new Date(sent_ms + (days + 30) * DAY_MS),
    canceled_at: null,
    created_by_kind: stage.owner.kind,
    created_at: new Date(sent_ms),
    payment_status: null,
  }
  leaves.links.push({ row, actor: stage.owner })
  tellOf(stage, leaves, idAt, row, 'create', sent_ms)
  return row
}

/** The event and the audit entry of what staff did with a link. */
function tellOf(
  stage: Stage,
  leaves: Leaves,
  idAt: IdAt,
  row: LinkRow,
  deed: 'create' | 'cancel',
  at_ms: number,
): void {
  const made = deed === 'create'
  const data = presentLink(row, stage.publicUrl, at_ms)
  const actor: Actor = stage.owner
  leaves.events.push({
    id: idAt('event', at_ms),
    type: made ? 'link.created' : 'link.canceled',
    objectId: row.id,
    objectVersion: made ? 1 : 2,
    paymentId: null,
    data,
    actor,
    at_ms,
  } satisfies EventLine)
  leaves.audits.push({
    id: idAt('auditEntry', at_ms),
    actor,
    action: `link.${deed}`,
    objectId: row.id,
    changes: made ? { amount: data.amount } : {},
    at_ms,
  } satisfies AuditLine)
}
