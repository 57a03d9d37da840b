import type { Id } from '../../../kernel/ids.ts'
import type { Clock, NewId } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/postgres/index.ts'
import type { AuditScope, NewAuditEntry } from '../entries.ts'
import { insertEntry } from '../store.ts'

/** Writes down what a person or key did, in the transaction that does it. */
export async function recordAudit(
  tx: Tx,
  newId: NewId,
  clock: Clock,
  scope: AuditScope,
  entry: NewAuditEntry,
): Promise<Id<'auditEntry'>> {
  const id = newId('auditEntry')
  await insertEntry(tx, scope, id, BigInt(Math.round(clock.now() * 1000)), entry)
  return id
}
