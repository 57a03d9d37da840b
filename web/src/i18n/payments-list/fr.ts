import type { Words } from '../words.ts'
import type { paymentsList as en } from './en.ts'

export const paymentsList: Words<typeof en> = {
  title: 'Paiements',
}
