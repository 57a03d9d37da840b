/** A place value can be, by what it is for. */
export type AccountKind =
  | 'gateway_clearing'
  | 'bank'
  | 'customer_wallet'
  | 'unmatched_deposits'
  | 'withdrawals_pending'
  | 'gateway_fees'
  | 'voucher_cost'
  | 'sales'
  | 'fee_income'
  | 'dispute_holds'
  | 'receivable'
  | 'suspense'
  | 'fx_clearing'

export type Side = 'debit' | 'credit'

export type ChartLine = {
  /** The side it grows on. */
  readonly normal: Side
  /** Whether it may go below zero; one that may not is live and grows on the credit side. */
  readonly mayOverdraw: boolean
  /** Whether its counters are kept; one that every payment touches is a checkpoint and a tail. */
  readonly live: boolean
}

/** The chart of accounts; the table `ledger_chart` holds the same lines (a test compares them). */
export const CHART: Readonly<Record<AccountKind, ChartLine>> = {
  gateway_clearing: { normal: 'debit', mayOverdraw: true, live: false },
  bank: { normal: 'debit', mayOverdraw: true, live: false },
  customer_wallet: { normal: 'credit', mayOverdraw: false, live: true },
  unmatched_deposits: { normal: 'credit', mayOverdraw: false, live: true },
  withdrawals_pending: { normal: 'credit', mayOverdraw: false, live: true },
  gateway_fees: { normal: 'debit', mayOverdraw: true, live: false },
  voucher_cost: { normal: 'debit', mayOverdraw: true, live: false },
  sales: { normal: 'credit', mayOverdraw: true, live: false },
  fee_income: { normal: 'credit', mayOverdraw: true, live: false },
  dispute_holds: { normal: 'debit', mayOverdraw: true, live: false },
  receivable: { normal: 'debit', mayOverdraw: true, live: true },
  suspense: { normal: 'debit', mayOverdraw: true, live: false },
  fx_clearing: { normal: 'debit', mayOverdraw: true, live: false },
}

/** `owner` is '' for one of the whole merchant, else the id of whose it is (`gwa_…`, `cus_…`). */
export type AccountRef = { readonly kind: AccountKind; readonly owner: string }
export type CurrencyAccountRef = AccountRef & { readonly currency: string }

export const sameAccount = (a: AccountRef, b: AccountRef): boolean =>
  a.kind === b.kind && a.owner === b.owner

/** Four sums of an account's transfers, in minor units. */
export type Counters = {
  readonly debits_posted: bigint
  readonly credits_posted: bigint
  readonly debits_pending: bigint
  readonly credits_pending: bigint
}

export type Balance = {
  /** On the side the account grows on; negative when it is overdrawn. */
  readonly posted: bigint
  /** What pending transfers would take out. */
  readonly held: bigint
  readonly available: bigint
}

export const NO_BALANCE: Balance = { posted: 0n, held: 0n, available: 0n }

export function balanceOf(normal: Side, counters: Counters): Balance {
  const net = counters.credits_posted - counters.debits_posted
  const posted = normal === 'credit' ? net : -net
  const held = normal === 'credit' ? counters.debits_pending : counters.credits_pending
  return { posted, held, available: posted - held }
}
