import type { Permission } from '#contract/permissions.ts'
import { type Path, paths } from '../paths.ts'

/** The words of `frame.nav`. */
export type PageName =
  | 'home'
  | 'payments'
  | 'transactions'
  | 'refunds'
  | 'links'
  | 'customers'
  | 'gateways'
  | 'exports'
  | 'apiKeys'
  | 'gatewayEvents'
  | 'events'
  | 'testTools'
  | 'settings'
  | 'auditLog'

export type NavPage = {
  readonly name: PageName
  readonly path: Path
  readonly permission: Permission | null
  /** The keys that go there: `g`, then this. */
  readonly key: string
}

export type NavGroup = {
  readonly name: 'top' | 'payments' | 'business' | 'developers' | 'settings'
  readonly pages: readonly NavPage[]
}

const page = (name: PageName, path: Path, key: string, permission: Permission | null): NavPage => ({
  name,
  path,
  key,
  permission,
})

/** The pages that exist, in the order of the menu; a page is drawn if the reader may see it. */
export const NAVIGATION: readonly NavGroup[] = [
  { name: 'top', pages: [page('home', paths.home, 'h', 'access_dashboard')] },
  {
    name: 'payments',
    pages: [
      page('payments', paths.payments, 'p', 'access_payments'),
      page('transactions', paths.transactions, 't', 'access_payments'),
      page('refunds', paths.refunds, 'r', 'access_refunds'),
      page('links', paths.links, 'l', 'access_payments'),
    ],
  },
  {
    name: 'business',
    pages: [
      page('customers', paths.customers, 'c', 'access_customers'),
      page('gateways', paths.gateways, 'g', 'access_gateways'),
      page('exports', paths.exports, 'e', 'export_payments'),
    ],
  },
  {
    name: 'developers',
    pages: [
      page('apiKeys', paths.apiKeys, 'k', 'access_api_keys'),
      page('gatewayEvents', paths.gatewayEvents, 'w', 'access_webhook_inbox'),
      page('events', paths.events, 'v', 'access_events'),
      page('testTools', paths.testTools, 'd', 'use_test_tools'),
    ],
  },
  {
    name: 'settings',
    pages: [
      page('settings', paths.settings, ',', null),
      page('auditLog', paths.auditLog, 'a', 'access_audit_log'),
    ],
  },
]

const ALL = NAVIGATION.flatMap((group) => group.pages)

/** The page of the menu that an address belongs to: the longest one that begins it. */
export function navPageOf(pathname: string): NavPage | null {
  const found = ALL.filter(
    ({ path }) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)),
  )
  return found.sort((a, b) => b.path.length - a.path.length)[0] ?? null
}
