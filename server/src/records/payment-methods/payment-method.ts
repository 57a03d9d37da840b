import type { PaymentMethodRow } from './store.ts'

/** The methods a payer may pick for a currency, in the merchant's order. */
export const usable = (rows: readonly PaymentMethodRow[], currency: string): PaymentMethodRow[] =>
  rows.filter(
    (row) =>
      row.is_active &&
      row.account_active &&
      (row.currencies === null || row.currencies.includes(currency)),
  )
