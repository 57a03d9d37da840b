import { type Actor, SYSTEM } from '#server/kernel/scope.ts'
import { creditLegs, eventFor, remaining, stepped } from '#server/money/payments/index.ts'
import {
  addTransaction,
  audit,
  commit,
  newId,
  nowOf,
  post,
  purposeOf,
  type Story,
} from './story.ts'

/** As `markPaid` leaves it: believed, and owed by suspense until the gateway says so too. */
export function markPaid(
  story: Story,
  actor: Actor,
  confirmed_by: 'gateway_dashboard' | 'bank_statement',
  reason: string,
): void {
  const { row } = story
  const amount = remaining(row)
  const charge = addTransaction(story, {
    type: 'charge',
    state: 'approved',
    amount,
    approved: amount,
    method: confirmed_by,
    manual: true,
    message: reason,
  })
  const purpose = purposeOf(story)
  const suspense = { kind: 'suspense', owner: '' } as const
  const legs = creditLegs(purpose, row, amount).map((leg) => ({
    debit: suspense,
    credit: leg.account,
    amount: leg.amount,
    source_id: charge.id,
  }))
  post(story, 'mark_paid', legs)
  const received = {
    ...row,
    captured: row.captured + amount,
    credited: purpose.takesExcess ? (row.credited ?? 0n) + amount : row.credited,
    manual: true,
    manual_open: row.manual_open + amount,
  }
  const after = stepped(received, eventFor(received, null), nowOf(story))
  const data = { confirmed_by, reason, transaction: charge.id }
  commit(story, actor, after, [{ type: 'payment.marked_paid', data }])
  const changes = { amount: null, confirmed_by }
  audit(story, { actor, action: 'payment.mark_paid', reason, changes })
}

/** As `cancelPayment`. */
export function cancel(story: Story, actor: Actor, reason: string | null): void {
  const { row } = story
  commit(story, actor, stepped({ ...row, message: reason ?? row.message }, 'cancel', nowOf(story)))
  audit(story, { actor, action: 'payment.cancel', reason, changes: {} })
}

/** As `expirePayments` does a moment after the payment's time is over. */
export function expire(story: Story): void {
  const { row } = story
  const reason = row.reason ?? 'session_expired'
  commit(story, SYSTEM, stepped({ ...row, reason }, 'expire', nowOf(story)))
}

export function note(story: Story, text: string): void {
  const id = newId(story, 'note')
  story.leaves.notes.push({ id, payment_id: story.row.id, text, at_ms: story.now_ms })
}
