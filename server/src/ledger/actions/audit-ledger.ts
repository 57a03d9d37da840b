import type { Queryable } from '../../platform/postgres/index.ts'
import type { Counters } from '../accounts.ts'
import {
  type BrokenTransfer,
  judgeAccount,
  judgeTransfer,
  type LedgerFinding,
  type LedgerProgress,
} from '../findings.ts'
import {
  brokenTransfersAfter,
  checkpoints,
  liveAccountsAfter,
  type Position,
  START,
  sumsBetween,
} from '../store/recompute.ts'

const ACCOUNTS_PER_PAGE = 1000
const TRANSFERS_PER_PAGE = 10_000
const TRANSFERS_PER_WINDOW = 100_000
/** A ledger that is wrong everywhere needs no longer list. */
const FINDINGS_MAX = 1000

type Report = (progress: LedgerProgress) => void

/**
 * Recomputes every balance of every merchant from the transfers. The first finding names the first
 * account that differs. Reads in pages, each in one snapshot, so it may run while money moves.
 */
export async function auditLedger(
  q: Queryable,
  onProgress: Report = () => undefined,
): Promise<LedgerFinding[]> {
  const findings = await auditAccounts(q, onProgress)
  findings.push(...(await auditCheckpoints(q)))
  findings.push(...(await auditTransfers(q, onProgress)))
  return findings
}

async function auditAccounts(q: Queryable, report: Report): Promise<LedgerFinding[]> {
  const findings: LedgerFinding[] = []
  let after: Position = START
  for (let done = 0; findings.length < FINDINGS_MAX; ) {
    const page = await liveAccountsAfter(q, after, ACCOUNTS_PER_PAGE)
    for (const account of page) {
      const sums: Counters = {
        debits_posted: account.sum_debits_posted,
        credits_posted: account.sum_credits_posted,
        debits_pending: account.sum_debits_pending,
        credits_pending: account.sum_credits_pending,
      }
      findings.push(...judgeAccount(account, sums, 'counter'))
    }
    done += page.length
    report({ check: 'A2', done })
    const last = page.at(-1)
    if (last === undefined || page.length < ACCOUNTS_PER_PAGE) break
    after = last
  }
  return findings
}

/** Transfers up to a checkpoint no longer change, so its sums may be read in several statements. */
async function auditCheckpoints(q: Queryable): Promise<LedgerFinding[]> {
  const findings: LedgerFinding[] = []
  for (const account of await checkpoints(q)) {
    let sums: Counters = {
      debits_posted: 0n,
      credits_posted: 0n,
      debits_pending: 0n,
      credits_pending: 0n,
    }
    for (let after = -1n; after < account.seq; ) {
      const window = await sumsBetween(q, account, after, account.seq, TRANSFERS_PER_WINDOW)
      sums = {
        debits_posted: sums.debits_posted + window.debits_posted,
        credits_posted: sums.credits_posted + window.credits_posted,
        debits_pending: sums.debits_pending + window.debits_pending,
        credits_pending: sums.credits_pending + window.credits_pending,
      }
      after = window.end
    }
    findings.push(...judgeAccount(account, sums, 'checkpoint'))
  }
  return findings
}

async function auditTransfers(q: Queryable, report: Report): Promise<LedgerFinding[]> {
  const findings: LedgerFinding[] = []
  let after: Position = START
  for (let done = 0; findings.length < FINDINGS_MAX; ) {
    const page = await brokenTransfersAfter(q, after, TRANSFERS_PER_PAGE)
    const last = page.at(-1)
    if (last === undefined) break
    for (const row of page) {
      if (row.broken !== null) findings.push(judgeTransfer(row as BrokenTransfer))
    }
    done += last.looked_at
    report({ check: 'A1', done })
    after = last
  }
  return findings
}
