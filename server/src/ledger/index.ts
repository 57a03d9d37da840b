export type {
  AccountKind,
  AccountRef,
  Balance,
  CurrencyAccountRef,
  Side,
} from './accounts.ts'
export { CHART } from './accounts.ts'
export { auditLedger } from './actions/audit-ledger.ts'
export type { LedgerCheck, LedgerFinding, LedgerProgress } from './findings.ts'
export { advanceCheckpoints, closeAccount, halt, isHalted, release } from './store/keep.ts'
export { post, settle } from './store/post.ts'
export { balances, entriesOf, transfersOf } from './store/read.ts'
export type {
  EntryRow,
  PostAnswer,
  SettleAnswer,
  SettleInput,
  TransferInput,
  TransferRow,
} from './transfers.ts'
