import type { Words } from '../words.ts'
import type { events as en } from './en.ts'

export const events: Words<typeof en> = {
  title: 'Événements',
}
