import type { Words } from '../words.ts'
import type { list as en } from './en.ts'

export const list: Words<typeof en> = {
  title: 'Liste',
}
