import { customers } from './customers/en.ts'
import { developers } from './developers/en.ts'
import { events } from './events/en.ts'
import { exports } from './exports/en.ts'
import { faults } from './faults/en.ts'
import { frame } from './frame/en.ts'
import { gatewayEvents } from './gateway-events/en.ts'
import { gateways } from './gateways/en.ts'
import { home } from './home/en.ts'
import { links } from './links/en.ts'
import { list } from './list/en.ts'
import { payment } from './payment/en.ts'
import { paymentsList } from './payments-list/en.ts'
import { refunds } from './refunds/en.ts'
import { settings } from './settings/en.ts'
import { signIn } from './sign-in/en.ts'
import { testTools } from './test-tools/en.ts'
import { transactions } from './transactions/en.ts'
import { words } from './words/en.ts'

export const en = {
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
