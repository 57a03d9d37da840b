import type { PastCharge } from '#gateways/sandbox/index.ts'
import { formatAmount } from '#server/kernel/money.ts'
import { isOpen, type TransactionRow } from '#server/money/transactions/index.ts'
import { sandboxStatus } from './gateways.ts'
import type { Story } from './story.ts'

/** The sweeper is in no hurry: the sandbox has nothing new to say of these. */
const FIRST_LOOK_MS = 60_000

/** The end of a story: its payment, what the sandbox remembers of it, and who keeps looking. */
export function keep(story: Story): void {
  const { leaves, row } = story
  leaves.payments.push(row)
  const atSandbox = story.charges.filter((one) => one.gateway === 'sandbox')
  for (const charge of atSandbox) {
    if (charge.gateway_ref !== null) leaves.past.push(pastOf(story, charge, charge.gateway_ref))
    if (isOpen(charge.state)) {
      leaves.jobs.push({ kind: 'transaction.sync', key: charge.id, in_ms: FIRST_LOOK_MS })
    }
  }
}

function pastOf(story: Story, charge: TransactionRow, ref: string): PastCharge {
  const { currency } = charge
  const { row, stage } = story
  const money = (amount: bigint) => formatAmount(amount, currency)
  const described = row.gateway_ref === ref && row.card_last4 !== null
  return {
    ref,
    transaction_id: charge.id,
    reference: row.reference ?? row.id,
    description: row.description ?? '',
    currency,
    amount: money(charge.amount),
    captured: money(charge.approved),
    fee: money(charge.fee),
    status: sandboxStatus(charge.state, charge.approved < charge.amount, charge.reason),
    failure_code: charge.reason,
    failure_message: charge.reason === null ? null : charge.message,
    card_brand: described ? row.card_brand : null,
    card_last4: described ? row.card_last4 : null,
    country: row.country,
    event_url: stage.sandboxEventUrl,
    created_ms: charge.created_at.getTime(),
    refunds: story.refunds
      .filter((one) => one.status === 'succeeded' && chargeOf(story, one.transaction_id) === charge)
      .map((one) => ({
        ref: one.gateway_ref ?? '',
        transaction_id: one.transaction_id ?? '',
        amount: money(one.amount),
        created_ms: one.created_at.getTime(),
      })),
  }
}

/** The charge that a refund's transaction gives back from. */
function chargeOf(story: Story, transactionId: string | null): TransactionRow | undefined {
  const refund = story.leaves.transactions.findLast((one) => one.id === transactionId)
  return story.charges.find((one) => one.id === refund?.charge_id)
}
