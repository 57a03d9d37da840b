import type { Words } from '../words.ts'
import type { links as en } from './en.ts'

export const links: Words<typeof en> = {
  title: 'Liens de paiement',
}
