import { useState } from 'react'
import { useIntent } from '../../api/intent.ts'
import { write } from '../../api/request.ts'
import type { Money, Payment } from '../../api/wire.ts'
import { compare } from '../../ui/amount.ts'
import { useAmount } from './AmountField.tsx'
import { excessOf } from './facts.ts'
import { isReason, PREVIEW_REASON } from './reason.ts'
import { shownFault } from './Unsettled.tsx'
import { usePreview } from './use-preview.ts'

const ENDPOINT = 'POST /v1/payments/{id}/refunds'

/** What is typed, what it would do, and the one request; locked while an answer is lost. */
export function useRefundForm(payment: Payment) {
  const { id, refundable_amount: max } = payment
  const intent = useIntent(ENDPOINT, `refund.${id}`)
  const locked = intent.unsettled
  const amount = useAmount(locked?.body.amount ?? suggested(payment), max)
  const [reason, setReason] = useState(locked?.body.reason ?? '')
  const wish = amount.money === null ? null : { amount: amount.money }
  const preview = usePreview(`refund.${id}`, locked ? null : wish, (body, key) =>
    write(ENDPOINT, { id, key, body: { ...body, reason: PREVIEW_REASON, dry_run: true } }),
  )
  const body = locked?.body ?? (wish === null ? null : { ...wish, reason: reason.trim() })
  const send = async () => {
    const refund = body === null ? null : await intent.run({ id, body })
    return refund !== null && refund.object === 'refund' ? refund : null
  }
  return {
    sending: intent.sending,
    fault: shownFault(intent.fault),
    isLocked: locked !== null,
    amount,
    reason,
    setReason,
    preview,
    isReady: body !== null && isReason(body.reason),
    shown: body?.amount ?? max,
    send,
  }
}

/** The excess, when that is what there is to give back; else all that can be. */
function suggested(payment: Payment): Money {
  const excess = excessOf(payment)
  const isOver = payment.flags.includes('overpaid')
  return isOver && compare(excess, payment.refundable_amount) <= 0
    ? excess
    : payment.refundable_amount
}
