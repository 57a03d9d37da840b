import type { Check, Finding, Progress } from '#server/oversight/integrity/index.ts'

type Line = {
  /** What is true when there is no finding. */
  readonly truth: string
  /** Whose progress says how much was looked at, and what that counts. */
  readonly counted: Check
  readonly unit: string
}

const LINES: Readonly<Record<Check, Line>> = {
  A1: { truth: 'transfers are whole', counted: 'A1', unit: 'transfers' },
  A2: { truth: 'balances are the sums of their transfers', counted: 'A2', unit: 'accounts' },
  A3: { truth: 'nothing guarded is overdrawn', counted: 'A2', unit: 'accounts' },
  A4: { truth: 'each charge and refund has its transfers', counted: 'A5', unit: 'payments' },
  A5: { truth: 'payments agree with what moved', counted: 'A5', unit: 'payments' },
  A6: { truth: 'what is held is on its way out', counted: 'A5', unit: 'payments' },
  A8: { truth: 'each version of a payment has its event', counted: 'A5', unit: 'payments' },
  A11: { truth: 'the audit chain verifies', counted: 'A11', unit: 'entries' },
}
const CHECKS = Object.keys(LINES) as Check[]

export type AuditReport = {
  readonly object: 'audit_report'
  readonly clean: boolean
  readonly checks: readonly {
    readonly check: Check
    readonly truth: string
    readonly looked_at: number
    readonly findings: number
  }[]
  readonly findings: readonly Finding[]
}

/** What an audit came to; `done` is the last progress of each check. */
export function reportOf(
  findings: readonly Finding[],
  done: ReadonlyMap<Progress['check'], number>,
): AuditReport {
  const checks = CHECKS.map((check) => ({
    check,
    truth: LINES[check].truth,
    looked_at: done.get(LINES[check].counted) ?? 0,
    findings: findings.filter((one) => one.check === check).length,
  }))
  return { object: 'audit_report', clean: findings.length === 0, checks, findings }
}

/** More would scroll the first ones away; `--json` has them all. */
const SHOWN = 40

const number = (count: number): string => count.toLocaleString('en')

/** The report as a person reads it: one line for each check, then what differs. */
export function tableOf(report: AuditReport): string {
  const widest = Math.max(...report.checks.map((one) => one.truth.length))
  const lines = report.checks.map(({ check, truth, looked_at, findings }) => {
    const looked = `${number(looked_at).padStart(11)} ${LINES[check].unit.padEnd(9)}`
    const verdict = findings === 0 ? 'ok' : `${number(findings)} differ`
    return `  ${check.padEnd(4)} ${truth.padEnd(widest)} ${looked}  ${verdict}`
  })
  const { findings } = report
  if (findings.length === 0) return [...lines, '', 'Nothing differs.'].join('\n')
  const shown = findings.slice(0, SHOWN).map(({ check, merchant_id, mode, sentence }) => {
    const where = mode === '' ? merchant_id : `${merchant_id} ${mode}`
    return `  ${check.padEnd(4)} ${sentence}\n       ${where}`
  })
  const rest = findings.length - shown.length
  const more = rest > 0 ? [`  … and ${number(rest)} more (--json shows all).`] : []
  return [...lines, '', 'What differs, the first first:', '', ...shown, ...more].join('\n')
}
