import { SYSTEM, scopeOf } from '#server/kernel/scope.ts'
import { isOpen, transactionsOf } from '#server/money/transactions/index.ts'
import type { Deps } from '#server/platform/deps.ts'
import { stepped } from '../payment.ts'
import type { Purposes } from '../purpose.ts'
import { lockDuePayments } from '../store.ts'
import { commitPayment } from './commit-payment.ts'

const BATCH_ROWS = 100

/**
 * Ends open payments whose time is over. One whose payer is still at the gateway waits for the
 * gateway's word (`gateway-calls` asks it): a gateway's silence is no evidence.
 */
export async function expirePayments(deps: Deps & { purposes: Purposes }): Promise<number> {
  return deps.db.tx(async (tx) => {
    let expired = 0
    for (const row of await lockDuePayments(tx, BATCH_ROWS)) {
      const scope = scopeOf(row)
      // Read again under the lock: the payer may have gone to the gateway a moment ago.
      const charges = await transactionsOf(tx, scope, [row.id])
      if (charges.some((charge) => isOpen(charge.state))) continue
      const reason = row.reason ?? 'session_expired'
      const after = stepped({ ...row, reason }, 'expire', new Date(deps.clock.now()))
      await commitPayment(deps, tx, scope, SYSTEM, row, after)
      expired += 1
    }
    return expired
  })
}
