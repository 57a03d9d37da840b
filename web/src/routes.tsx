import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouteComponent,
  redirect,
} from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ApiFault } from './api/fault.ts'
import { currentMode, enterMode } from './api/mode.ts'
import { Frame } from './frame/Frame.tsx'
import { parseSearch, stringifySearch } from './ui/address.tsx'
import { ErrorState } from './ui/faults.tsx'
import { Page } from './ui/Page.tsx'
import { NotFound } from './ui/refusals.tsx'
import { SkeletonRows } from './ui/Skeleton.tsx'
import { meQuery } from './ui/session.tsx'

type Context = { readonly client: QueryClient }
type SearchValues = Record<string, string>

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  validateSearch: (search): SearchValues => search as SearchValues,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./features/sign-in/SignInPage.tsx'), 'SignInPage'),
})

/** Pages for people who are signed in. The mode is part of every address in here. */
const office = createRoute({
  getParentRoute: () => root,
  id: 'office',
  search: { middlewares: [({ search, next }) => ({ mode: currentMode(), ...next(search) })] },
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(meQuery)
    } catch (fault) {
      if (!(fault instanceof ApiFault) || fault.status !== 401) throw fault
      throw redirect({ to: '/sign-in', search: { next: location.href } })
    }
  },
  component: Office,
})

/** The mode changes with the page that is drawn, never under the page that is being left. */
function Office() {
  enterMode(office.useSearch().mode)
  return <Frame />
}

const page = (path: string, component: RouteComponent) =>
  createRoute({ getParentRoute: () => office, path, component })

const lazy = lazyRouteComponent

const pages = [
  page(
    '/',
    lazy(() => import('./features/home/HomePage.tsx'), 'HomePage'),
  ),
  page(
    '/payments',
    lazy(() => import('./features/payments-list/PaymentsPage.tsx'), 'PaymentsPage'),
  ),
  page(
    '/payments/$id',
    lazy(() => import('./features/payment/PaymentPage.tsx'), 'PaymentPage'),
  ),
  page(
    '/transactions',
    lazy(() => import('./features/transactions/TransactionsPage.tsx'), 'TransactionsPage'),
  ),
  page(
    '/transactions/$id',
    lazy(() => import('./features/transactions/TransactionPage.tsx'), 'TransactionPage'),
  ),
  page(
    '/refunds',
    lazy(() => import('./features/refunds/RefundsPage.tsx'), 'RefundsPage'),
  ),
  page(
    '/refunds/$id',
    lazy(() => import('./features/refunds/RefundPage.tsx'), 'RefundPage'),
  ),
  page(
    '/links',
    lazy(() => import('./features/links/LinksPage.tsx'), 'LinksPage'),
  ),
  page(
    '/links/$id',
    lazy(() => import('./features/links/LinkPage.tsx'), 'LinkPage'),
  ),
  page(
    '/customers',
    lazy(() => import('./features/customers/CustomersPage.tsx'), 'CustomersPage'),
  ),
  page(
    '/customers/$id',
    lazy(() => import('./features/customers/CustomerPage.tsx'), 'CustomerPage'),
  ),
  page(
    '/gateways',
    lazy(() => import('./features/gateways/GatewaysPage.tsx'), 'GatewaysPage'),
  ),
  page(
    '/gateways/$id',
    lazy(() => import('./features/gateways/GatewayPage.tsx'), 'GatewayPage'),
  ),
  page(
    '/exports',
    lazy(() => import('./features/exports/ExportsPage.tsx'), 'ExportsPage'),
  ),
  page(
    '/developers/api-keys',
    lazy(() => import('./features/developers/ApiKeysPage.tsx'), 'ApiKeysPage'),
  ),
  page(
    '/developers/gateway-events',
    lazy(() => import('./features/gateway-events/GatewayEventsPage.tsx'), 'GatewayEventsPage'),
  ),
  page(
    '/developers/gateway-events/$id',
    lazy(() => import('./features/gateway-events/GatewayEventPage.tsx'), 'GatewayEventPage'),
  ),
  page(
    '/developers/events',
    lazy(() => import('./features/events/EventsPage.tsx'), 'EventsPage'),
  ),
  page(
    '/developers/events/$id',
    lazy(() => import('./features/events/EventPage.tsx'), 'EventPage'),
  ),
  page(
    '/developers/test-tools',
    lazy(() => import('./features/test-tools/TestToolsPage.tsx'), 'TestToolsPage'),
  ),
  page(
    '/settings',
    lazy(() => import('./features/settings/SettingsPage.tsx'), 'SettingsPage'),
  ),
  page(
    '/settings/audit-log',
    lazy(() => import('./features/settings/AuditLogPage.tsx'), 'AuditLogPage'),
  ),
]

/** What has no address of ours: inside the frame, so that the menu is there to go on with. */
const nowhere = createRoute({ getParentRoute: () => office, path: '$', component: Nowhere })

function Nowhere() {
  const { t } = useTranslation('faults')
  return (
    <Page title={t('notFound.heading')}>
      <NotFound />
    </Page>
  )
}

/** A page that failed while it was drawn or fetched; a new version may have replaced its files. */
function Broken({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  const { t } = useTranslation('faults')
  const retry = () => (error instanceof ApiFault ? reset() : location.reload())
  return (
    <Page title={t('broken')}>
      <ErrorState fault={error} onRetry={retry} />
    </Page>
  )
}

function Pending() {
  const { t } = useTranslation()
  return (
    <Page title={t('loading')}>
      <SkeletonRows />
    </Page>
  )
}

export const newRouter = (client: QueryClient) =>
  createRouter({
    routeTree: root.addChildren([signIn, office.addChildren([...pages, nowhere])]),
    context: { client },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 300,
    defaultPendingComponent: Pending,
    defaultErrorComponent: Broken,
    scrollRestoration: true,
  })
