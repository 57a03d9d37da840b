import type { Words } from '../words.ts'
import type { exports as en } from './en.ts'

export const exports: Words<typeof en> = {
  title: 'Exports',
}
