import type { Words } from '../words.ts'
import type { customers as en } from './en.ts'

export const customers: Words<typeof en> = {
  title: 'Clients',
}
