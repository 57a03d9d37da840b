import { ok, refuse } from '#server/kernel/result.ts'
import type { Purpose } from '#server/money/payments/index.ts'
import type { NewId } from '#server/platform/clock.ts'
import { ensureWallet } from '../store.ts'

/** Money paid in by a customer for later: all of it, also what is too much, is the customer's. */
export const topUpPurpose = (newId: NewId): Purpose => ({
  name: 'top_up',
  destination: (payment) => ({ kind: 'customer_wallet', owner: payment.customer_id ?? '' }),
  takesExcess: true,
  check: async (tx, scope, payment) => {
    if (payment.customer_id === null) {
      const detail = 'Say whose balance it is for: send customer_id.'
      return refuse('customer_required', { pointer: '/customer_id', detail })
    }
    await ensureWallet(tx, scope, {
      id: newId('wallet'),
      customer_id: payment.customer_id,
      currency: payment.currency,
    })
    return ok(null)
  },
})
