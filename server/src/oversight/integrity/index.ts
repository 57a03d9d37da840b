export { auditAll } from './actions/audit-all.ts'
export type { Check, Finding, Progress } from './finding.ts'
export { integrityJob } from './jobs.ts'
