import type { Words } from '../words.ts'
import type { transactions as en } from './en.ts'

export const transactions: Words<typeof en> = {
  title: 'Transactions',
}
