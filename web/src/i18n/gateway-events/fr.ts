import type { Words } from '../words.ts'
import type { gatewayEvents as en } from './en.ts'

export const gatewayEvents: Words<typeof en> = {
  title: 'Événements des passerelles',
}
