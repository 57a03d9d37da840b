import type { Words } from '../words.ts'
import type { refunds as en } from './en.ts'

export const refunds: Words<typeof en> = {
  title: 'Remboursements',
}
