import { auditLedger } from '#server/ledger/index.ts'
import type { Queryable } from '#server/platform/postgres/index.ts'
import { verifyChain } from '#server/records/audit/index.ts'
import type { Finding, Progress } from '../finding.ts'
import { judgePayment } from '../payment-facts.ts'
import { lostTransfersAfter, merchantIds, type Position, paymentsAfter, START } from '../store.ts'

const PAYMENTS_PER_PAGE = 500
const TRANSFERS_PER_PAGE = 10_000
/** Books that are wrong everywhere need no longer list. */
const FINDINGS_MAX = 1000

type Report = (progress: Progress) => void

/**
 * Checks everything that should agree, over all merchants, and changes nothing. The ledger comes
 * first, so that the first finding names the first account that differs. Each page is read in one
 * snapshot, so money may move meanwhile.
 */
export async function auditAll(
  q: Queryable,
  options: { readonly onProgress?: Report } = {},
): Promise<Finding[]> {
  const report = options.onProgress ?? (() => undefined)
  const findings: Finding[] = await auditLedger(q, report)
  await auditPayments(q, findings, report)
  await auditLostTransfers(q, findings)
  await auditChains(q, findings, report)
  return findings
}

async function auditPayments(q: Queryable, findings: Finding[], report: Report): Promise<void> {
  let after: Position = START
  for (let done = 0; findings.length < FINDINGS_MAX; ) {
    const page = await paymentsAfter(q, after, PAYMENTS_PER_PAGE)
    for (const facts of page) findings.push(...judgePayment(facts))
    done += page.length
    report({ check: 'A5', done })
    const last = page.at(-1)
    if (last === undefined || page.length < PAYMENTS_PER_PAGE) return
    after = last
  }
}

async function auditLostTransfers(q: Queryable, findings: Finding[]): Promise<void> {
  let after: Position = START
  while (findings.length < FINDINGS_MAX) {
    const page = await lostTransfersAfter(q, after, TRANSFERS_PER_PAGE)
    for (const { merchant_id, mode, id, source_kind, source_id, lost } of page) {
      if (!lost) continue
      const found = `${source_kind} ${source_id}`
      const sentence = `The transfer ${id} is for ${found}, and its payment does not exist.`
      const expected = 'a payment of its merchant and mode'
      findings.push({ check: 'A4', merchant_id, mode, object_id: id, sentence, expected, found })
    }
    const last = page.at(-1)
    if (last === undefined || last.looked_at < TRANSFERS_PER_PAGE) return
    after = last
  }
}

async function auditChains(q: Queryable, findings: Finding[], report: Report): Promise<void> {
  let before = 0
  for (const merchant_id of await merchantIds(q)) {
    const progress = (done: number) => report({ check: 'A11', done: before + done })
    const chain = await verifyChain(q, merchant_id, progress)
    before += chain.entries
    const place = { check: 'A11', merchant_id, mode: '' } as const
    for (const { seq, entry_id, why } of chain.bad) {
      const at = seq === null ? '' : `, at link ${seq}`
      const object_id = entry_id ?? merchant_id
      const sentence = `The audit chain does not verify${at} (${entry_id ?? 'its end'}): ${why}.`
      findings.push({ ...place, object_id, sentence, expected: 'a whole chain', found: why })
    }
    if (chain.stalled > 0) {
      const found = `${chain.stalled} waiting`
      const sentence = `${chain.stalled} entries wait to be sealed for too long: is Florin running?`
      findings.push({ ...place, object_id: merchant_id, sentence, expected: 'none waiting', found })
    }
  }
}
