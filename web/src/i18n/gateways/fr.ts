import type { Words } from '../words.ts'
import type { gateways as en } from './en.ts'

export const gateways: Words<typeof en> = {
  title: 'Passerelles et moyens de paiement',
}
