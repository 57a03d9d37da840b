import type { MerchantId } from '#server/kernel/ids.ts'
import { halt } from '#server/ledger/index.ts'
import type { Log } from '#server/platform/log.ts'
import type { Database } from '#server/platform/postgres/index.ts'
import { auditAll } from './actions/audit-all.ts'
import { type Finding, halts } from './finding.ts'

/**
 * Runs the audit. If the money of a merchant and mode does not add up, money stops leaving there
 * until a person has looked and released it; payments go on coming in.
 */
export async function integrityJob(deps: {
  readonly db: Database
  readonly log: Log
}): Promise<Finding[]> {
  const findings = await auditAll(deps.db)
  for (const { check, sentence, merchant_id, mode, object_id } of findings) {
    deps.log.error('audit: the books differ', { check, sentence, merchant_id, mode, object_id })
  }
  for (const { check, sentence, merchant_id, mode } of findings.filter(halts)) {
    if (mode === '') continue
    const scope = { merchantId: merchant_id as MerchantId, mode }
    await halt(deps.db, scope, `${check}: ${sentence}`)
  }
  return findings
}
