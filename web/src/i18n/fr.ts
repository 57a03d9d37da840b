import { customers } from './customers/fr.ts'
import { developers } from './developers/fr.ts'
import type { en } from './en.ts'
import { events } from './events/fr.ts'
import { exports } from './exports/fr.ts'
import { faults } from './faults/fr.ts'
import { frame } from './frame/fr.ts'
import { gatewayEvents } from './gateway-events/fr.ts'
import { gateways } from './gateways/fr.ts'
import { home } from './home/fr.ts'
import { links } from './links/fr.ts'
import { list } from './list/fr.ts'
import { payment } from './payment/fr.ts'
import { paymentsList } from './payments-list/fr.ts'
import { refunds } from './refunds/fr.ts'
import { settings } from './settings/fr.ts'
import { signIn } from './sign-in/fr.ts'
import { testTools } from './test-tools/fr.ts'
import { transactions } from './transactions/fr.ts'
import { words } from './words/fr.ts'
import type { Words } from './words.ts'

export const fr: Words<typeof en> = {
  frame,
  words,
  faults,
  signIn,
  home,
  payment,
  testTools,
  developers,
  settings,
  list,
  paymentsList,
  transactions,
  refunds,
  links,
  customers,
  gateways,
  gatewayEvents,
  events,
  exports,
}
