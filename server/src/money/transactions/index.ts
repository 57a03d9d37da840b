export { presentTransaction } from './present.ts'
export {
  changeTransaction,
  chargeOf,
  insertTransactions,
  markDispatched,
  type NewTransaction,
  noteNotFound,
  type TransactionChange,
  transactionById,
  transactionsOf,
} from './store.ts'
export {
  type Dispatch,
  isOpen,
  nextLook_ms,
  outsideStatus,
  type TransactionEvent,
  type TransactionRow,
  type TransactionState,
  transactionFlow,
} from './transaction.ts'
