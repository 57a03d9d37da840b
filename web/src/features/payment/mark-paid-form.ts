import { useState } from 'react'
import type { Writes } from '../../api/endpoints.ts'
import { useIntent } from '../../api/intent.ts'
import { write } from '../../api/request.ts'
import type { Payment } from '../../api/wire.ts'
import { useAmount } from './AmountField.tsx'
import { missingOf } from './facts.ts'
import { isReason, PREVIEW_REASON } from './reason.ts'
import { shownFault } from './Unsettled.tsx'
import { usePreview } from './use-preview.ts'

const ENDPOINT = 'POST /v1/payments/{id}/mark_paid'

export type Confirmed = Writes[typeof ENDPOINT]['body']['confirmed_by']

export const WAYS: readonly Confirmed[] = ['gateway_dashboard', 'bank_statement', 'cash', 'other']

/** What is typed, what it would do, and the one request; locked while an answer is lost. */
export function useMarkPaidForm(payment: Payment) {
  const { id } = payment
  const missing = missingOf(payment)
  const intent = useIntent(ENDPOINT, `mark_paid.${id}`)
  const locked = intent.unsettled
  const amount = useAmount(locked?.body.amount ?? missing, missing)
  const [way, setWay] = useState<Confirmed | null>(locked?.body.confirmed_by ?? null)
  const [reason, setReason] = useState(locked?.body.reason ?? '')
  const wish =
    amount.money === null || way === null ? null : { amount: amount.money, confirmed_by: way }
  const preview = usePreview(`mark_paid.${id}`, locked ? null : wish, (body, key) =>
    write(ENDPOINT, { id, key, body: { ...body, reason: PREVIEW_REASON, dry_run: true } }),
  )
  const body = locked?.body ?? (wish === null ? null : { ...wish, reason: reason.trim() })
  return {
    sending: intent.sending,
    fault: shownFault(intent.fault),
    isLocked: locked !== null,
    missing,
    amount,
    way,
    setWay: (text: string) => setWay(WAYS.find((one) => one === text) ?? null),
    reason,
    setReason,
    preview,
    isReady: body !== null && isReason(body.reason),
    shown: body?.amount ?? amount.money ?? missing,
    send: async () => body !== null && (await intent.run({ id, body })) !== null,
  }
}
